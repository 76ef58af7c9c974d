// The grid itself: names stay at the left, draws at the top, and a value shows its flag, its correction and the range of that report.
import { Dropdown } from 'antd'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { datedText, moment, readDated } from '../../ui/shanghai.ts'
import { useChart } from './chart-context.ts'
import { flagClass } from './flag.ts'
import { FlagSign } from './flag-sign.tsx'
import type { Cell, Draw, Grid, GridRow, Panel } from './grid.ts'

/** `label` names the table; results outside of any report stand under `unfiled`. */
export function ResultsTable({ grid, label, unfiled }: { readonly grid: Grid; readonly label: string; readonly unfiled: string }) {
  const { t } = useTranslation()
  const { showTrend } = useChart()
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const toggle = (name: string) =>
    setFolded(before => new Set(before.has(name) ? [...before].filter(each => each !== name) : [...before, name]))
  return (
    <div className="grid-box">
      <table className="grid" aria-label={label}>
        <thead>
          <tr>
            <th scope="col" className="grid-name">
              {t('chart.grid.item')}
            </th>
            <th scope="col" className="grid-range">
              {t('chart.grid.range')}
            </th>
            {grid.draws.map(draw => (
              <DrawHead key={draw.at} draw={draw} />
            ))}
            <td className="grid-rest" />
          </tr>
        </thead>
        {grid.panels.map(panel => (
          <PanelRows
            key={panel.name}
            panel={panel}
            name={panel.name || unfiled}
            draws={grid.draws.length}
            folded={folded.has(panel.name)}
            onToggle={() => toggle(panel.name)}
            onTrend={showTrend}
          />
        ))}
      </table>
    </div>
  )
}

/** A draw: its day and hour; a click opens its report, or the list of them. */
function DrawHead({ draw }: { readonly draw: Draw }) {
  const { showReport } = useChart()
  const { t } = useTranslation()
  const read = readDated(draw.at)
  const [first, ...others] = draw.reports
  const text = read?.precision === 'time' ? moment(read.ms) : undefined
  const thisYear = moment(Date.now()).date.slice(0, 4)
  const label = (
    <>
      <span>{text ? (text.date.startsWith(thisYear) ? text.date.slice(5) : text.date) : draw.at}</span>
      <small>{text?.time ?? ''}</small>
    </>
  )
  const title = draw.reports.map(report => `${report.name} · ${t(`resultStatus.${report.status as 'final'}`)}`).join('\n')
  if (!first) return <th scope="col">{label}</th>
  const button = (
    <button type="button" className="link" title={title} onClick={others.length === 0 ? () => showReport(first.id) : undefined}>
      {label}
    </button>
  )
  if (others.length === 0) return <th scope="col">{button}</th>
  const items = draw.reports.map(report => ({ key: report.id, label: report.name }))
  return (
    <th scope="col">
      <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => showReport(key) }}>
        {button}
      </Dropdown>
    </th>
  )
}

type PanelRowsProps = {
  readonly panel: Panel
  readonly name: string
  readonly draws: number
  readonly folded: boolean
  readonly onToggle: () => void
  readonly onTrend: (item: string) => void
}

const PanelRows = memo(function PanelRows({ panel, name, draws, folded, onToggle, onTrend }: PanelRowsProps) {
  const { t } = useTranslation()
  return (
    <tbody>
      <tr className="grid-panel">
        <th scope="rowgroup" colSpan={2} className="grid-name">
          <button type="button" onClick={onToggle} aria-expanded={!folded} title={t(folded ? 'chart.grid.unfold' : 'chart.grid.fold')}>
            <i aria-hidden="true">{folded ? '▸' : '▾'}</i> {name} <span className="faint">{panel.rows.length}</span>
          </button>
        </th>
        <td colSpan={draws + 1} />
      </tr>
      {!folded && panel.rows.map(row => <ItemRow key={row.item.key} row={row} draws={draws} onTrend={onTrend} />)}
    </tbody>
  )
})

function ItemRow({ row, draws, onTrend }: { readonly row: GridRow; readonly draws: number; readonly onTrend: (item: string) => void }) {
  const { t } = useTranslation()
  const { item, cells, newest } = row
  return (
    <tr>
      <th scope="row" className="grid-name">
        <button
          type="button"
          className="link cut"
          title={`${t('chart.grid.trendOf', { name: item.name })} (${item.code})`}
          onClick={() => onTrend(item.key)}
        >
          {item.name}
        </button>
      </th>
      <td className="grid-range">
        <span className="cut" title={`${newest.range} ${item.unit}`}>
          {newest.range} <span className="faint">{item.unit}</span>
        </span>
      </td>
      {Array.from({ length: draws }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
        <td key={i} className="grid-cell">
          {cells.get(i)?.map(cell => (
            <Value key={cell.id} cell={cell} name={item.name} onOpen={() => onTrend(item.key)} />
          ))}
        </td>
      ))}
      <td />
    </tr>
  )
}

const marks: Readonly<Record<string, 'corrected' | 'preliminary' | 'void'>> = {
  corrected: 'corrected',
  amended: 'corrected',
  preliminary: 'preliminary',
  registered: 'preliminary',
  'entered-in-error': 'void',
  cancelled: 'void',
}

function Value({ cell, name, onOpen }: { readonly cell: Cell; readonly name: string; readonly onOpen: () => void }) {
  const { t } = useTranslation()
  const mark = marks[cell.status]
  const title = [
    `${name} ${cell.text} ${cell.unit}`,
    t(`flags.${cell.flag}`),
    cell.range && t('chart.grid.range2', { range: cell.range }),
    `${datedText(cell.at, true)} · ${t(`resultStatus.${cell.status as 'final'}`)}`,
  ]
  return (
    <button
      type="button"
      className={`value ${flagClass(cell.flag)} ${mark === 'void' ? 'void' : ''}`}
      title={title.filter(Boolean).join('\n')}
      onClick={onOpen}
    >
      {cell.text || '—'} <FlagSign flag={cell.flag} />
      {mark && <sup className={`mark-${mark}`}>{t(`chart.grid.${mark}`)}</sup>}
    </button>
  )
}
