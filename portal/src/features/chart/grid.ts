// Pages of results become one grid: items by panel, draws from new to old. Pure.
import type { Answer } from '../../api/use-get.ts'
import { isFlagged } from './flag.ts'

export type GridPage = Answer<'/api/patients/{tenant}/{id}/results'>
export type Item = GridPage['items'][number]
export type Draw = GridPage['columns'][number]
export type Cell = GridPage['cells'][number]

export type GridRow = {
  readonly item: Item
  /** By place of the draw; results of one item in one draw stand together. */
  readonly cells: ReadonlyMap<number, readonly Cell[]>
  readonly newest: Cell
  readonly flagged: boolean
}
export type Panel = { readonly name: string; readonly rows: readonly GridRow[] }
export type Grid = { readonly draws: readonly Draw[]; readonly panels: readonly Panel[]; readonly items: number }

type Gathered = { readonly item: Item; readonly cells: Map<string, Cell[]> }

export function mergePages(pages: readonly GridPage[]): Grid {
  const draws = new Map<string, Draw>()
  const rows = new Map<string, Gathered>()
  for (const page of pages) {
    for (const draw of page.columns) draws.set(draw.at, joined(draws.get(draw.at), draw))
    for (const item of page.items) if (!rows.has(keyOf(item))) rows.set(keyOf(item), { item, cells: new Map() })
    for (const cell of page.cells) {
      const row = rows.get(keyOf(page.items[cell.item]!))!
      const { at } = page.columns[cell.column]!
      row.cells.set(at, [...(row.cells.get(at) ?? []), cell])
    }
  }
  const newestFirst = [...draws.values()].sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
  const places = new Map(newestFirst.map((draw, i) => [draw.at, i]))
  const panels = new Map<string, GridRow[]>()
  for (const { item, cells } of rows.values()) {
    const panel = panels.get(item.panel) ?? []
    panels.set(item.panel, panel)
    panel.push(rowOf(item, cells, places))
  }
  return { draws: newestFirst, panels: [...panels].map(([name, of]) => ({ name, rows: of })), items: rows.size }
}

/** The same item in two panels is two rows. */
function keyOf({ panel, key }: Item): string {
  return `${panel}\n${key}`
}

function joined(before: Draw | undefined, draw: Draw): Draw {
  if (!before) return draw
  const known = new Set(before.reports.map(report => report.id))
  return { ...draw, reports: [...before.reports, ...draw.reports.filter(report => !known.has(report.id))] }
}

function rowOf(item: Item, cells: ReadonlyMap<string, Cell[]>, places: ReadonlyMap<string, number>): GridRow {
  const placed = [...cells].map(([at, found]) => [places.get(at)!, found] as const).sort(([a], [b]) => a - b)
  return {
    item,
    cells: new Map(placed),
    newest: placed[0]![1][0]!,
    flagged: placed.some(([, found]) => found.some(cell => isFlagged(cell.flag))),
  }
}

/** Only items that match the words (name or code) and, when asked for, only those that were ever flagged. */
export function filterGrid(grid: Grid, words: string, onlyFlagged: boolean): Grid {
  const wanted = words.trim().toLowerCase()
  const fits = ({ item, flagged }: GridRow) =>
    (!onlyFlagged || flagged) && (wanted === '' || `${item.name} ${item.code} ${item.panel}`.toLowerCase().includes(wanted))
  const panels = grid.panels.map(panel => ({ ...panel, rows: panel.rows.filter(fits) })).filter(panel => panel.rows.length > 0)
  const used = new Set(panels.flatMap(panel => panel.rows.flatMap(row => [...row.cells.keys()])))
  const kept = grid.draws.map((draw, i) => ({ draw, i })).filter(({ i }) => used.has(i))
  const places = new Map(kept.map(({ i }, to) => [i, to]))
  const moved = (row: GridRow): GridRow => ({ ...row, cells: new Map([...row.cells].map(([i, cells]) => [places.get(i)!, cells])) })
  return {
    draws: kept.map(({ draw }) => draw),
    panels: panels.map(panel => ({ ...panel, rows: panel.rows.map(moved) })),
    items: panels.reduce((sum, panel) => sum + panel.rows.length, 0),
  }
}
