// Pages of results as one grid: rows and draws once each, whatever page they came on; filters leave no empty draw behind.
import { expect } from 'chai'
import fc from 'fast-check'
import { type Cell, filterGrid, type GridPage, mergePages } from './grid.ts'

const item = (panel: string, code: string) => ({ key: `lab|${code}`, code, name: `项目${code}`, unit: 'mmol/L', panel })
const cell = (row: number, column: number, more: Partial<Cell> = {}): Cell => ({
  item: row,
  column,
  id: `${row}-${column}`,
  version: 1,
  at: '2026-01-01',
  text: '5.10',
  unit: '',
  flag: 'normal',
  range: '',
  status: 'final',
  ...more,
})
const draw = (at: string, ...reports: string[]) => ({ at, reports: reports.map(id => ({ id, name: id, status: 'final' })) })

describe('the grid of results', () => {
  const newer: GridPage = {
    items: [item('肾功能', 'UREA'), item('肾功能', 'CREA')],
    columns: [draw('2026-03-02T08:00:00+08:00', 'r2'), draw('2026-03-01T08:00:00+08:00', 'r1')],
    cells: [cell(0, 0), cell(1, 0, { flag: 'high', text: '281' }), cell(0, 1)],
  }
  const older: GridPage = {
    items: [item('肾功能', 'CREA'), item('电解质', 'K')],
    columns: [draw('2026-03-01T08:00:00+08:00', 'r1', 'r0'), draw('2025-03-01T08:00:00+08:00')],
    cells: [cell(0, 0, { id: 'split' }), cell(1, 1, { status: 'corrected' })],
  }

  it('joins a draw that two pages share, and keeps the order of the report', () => {
    const grid = mergePages([newer, older])
    expect(grid.draws.map(({ at, reports }) => [at.slice(0, 10), reports.map(report => report.id)])).to.deep.equal([
      ['2026-03-02', ['r2']],
      ['2026-03-01', ['r1', 'r0']],
      ['2025-03-01', []],
    ])
    expect(grid.panels.map(panel => [panel.name, panel.rows.map(row => row.item.code)])).to.deep.equal([
      ['肾功能', ['UREA', 'CREA']],
      ['电解质', ['K']],
    ])
    const creatinine = grid.panels[0]!.rows[1]!
    expect([...creatinine.cells.keys()]).to.deep.equal([0, 1])
    expect(creatinine.newest.text).to.equal('281')
    expect(creatinine.flagged).to.equal(true)
  })

  it('narrows to words and to what was ever flagged, without empty draws', () => {
    const grid = mergePages([newer, older])
    expect(filterGrid(grid, 'crea', false)).to.deep.include({ items: 1 })
    expect(filterGrid(grid, '电解质', false).draws.map(({ at }) => at.slice(0, 4))).to.deep.equal(['2025'])
    const flagged = filterGrid(grid, '', true)
    expect(flagged.panels.flatMap(panel => panel.rows.map(row => row.item.code))).to.deep.equal(['CREA'])
    expect(filterGrid(grid, '没有', false)).to.deep.equal({ draws: [], panels: [], items: 0 })
  })

  it('loses no result, however the pages are cut', () => {
    const place = fc.record({ row: fc.nat(4), column: fc.nat(5), page: fc.nat(2) })
    fc.assert(
      fc.property(fc.uniqueArray(place, { selector: ({ row, column }) => `${row} ${column}` }), places => {
        const pages = [0, 1, 2].map((page): GridPage => {
          const own = places.filter(each => each.page === page)
          return {
            items: own.map(({ row }) => item('p', String(row))),
            columns: own.map(({ column }) => draw(`2026-01-0${column + 1}T00:00:00+08:00`)),
            cells: own.map((each, i) => cell(i, i, { id: `${each.row} ${each.column}` })),
          }
        })
        const grid = mergePages(pages)
        const shown = grid.panels.flatMap(panel =>
          panel.rows.flatMap(row =>
            [...row.cells].flatMap(([at, cells]) => cells.map(each => `${each.id} ${grid.draws[at]!.at.slice(9, 10)}`)),
          ),
        )
        expect(shown.sort()).to.deep.equal(places.map(({ row, column }) => `${row} ${column} ${column + 1}`).sort())
      }),
      { numRuns: 200 },
    )
  })
})
