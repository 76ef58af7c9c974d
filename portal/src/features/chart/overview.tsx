// The overview: what a clinician looks for first, each topic a card of its own that leads to its page.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/use-get.ts'
import { type Asked, Panel } from '../../ui/panel.tsx'
import { Dated } from '../../ui/time.tsx'
import { useChart } from './chart-context.ts'
import type { Tab } from './chart-page.tsx'
import { ReportLine, type ReportRow } from './examinations.tsx'
import { flagClass, isFlagged } from './flag.ts'
import { FlagSign } from './flag-sign.tsx'
import { type Cell, type Item, mergePages } from './grid.ts'
import { kindOf } from './kind-of.ts'
import { OrderSteps } from './order-steps.tsx'
import { usePages } from './use-pages.ts'
import { VisitName } from './visit-name.tsx'

type GoTo = { readonly onTopic: (tab: Tab) => void }
const rowsMax = 9

export function Overview({ onTopic }: GoTo) {
  return (
    <div className="overview">
      <div>
        <AbnormalCard onTopic={onTopic} />
        <DiagnosesCard onTopic={onTopic} />
      </div>
      <div>
        <ReportsCard onTopic={onTopic} />
        <OrdersCard onTopic={onTopic} />
      </div>
    </div>
  )
}

function Card<T>({
  topic,
  title,
  query,
  isEmpty,
  empty,
  children,
  onTopic,
}: GoTo & {
  readonly topic: Tab
  readonly title: string
  readonly query: Asked<T>
  readonly isEmpty: (answer: T) => boolean
  readonly empty: string
  readonly children: (answer: T) => ReactNode
}) {
  const { t } = useTranslation()
  return (
    <Panel
      className="flush"
      title={title}
      query={query}
      rows={5}
      isEmpty={isEmpty}
      empty={empty}
      extra={
        <button type="button" className="link" onClick={() => onTopic(topic)}>
          {t('chart.all')} ›
        </button>
      }
    >
      {children}
    </Panel>
  )
}

type Abnormal = { readonly item: Item; readonly cell: Cell; readonly before: Cell | undefined }

/** The newest value of every item, where it is flagged; beside it the one before. */
function AbnormalCard({ onTopic }: GoTo) {
  const { t } = useTranslation()
  const { showTrend } = useChart()
  const pages = usePages('/api/patients/{tenant}/{id}/results', { category: 'laboratory' })
  const rows: Abnormal[] = mergePages(pages.data?.pages.slice(0, 1) ?? [])
    .panels.flatMap(panel => panel.rows)
    .filter(row => isFlagged(row.newest.flag) && row.newest.status !== 'entered-in-error')
    .map(row => ({ item: row.item, cell: row.newest, before: [...row.cells.values()].flat()[1] }))
    .sort((a, b) => severity(b.cell) - severity(a.cell) || Date.parse(b.cell.at) - Date.parse(a.cell.at))
  const hasNone = pages.data?.pages[0]?.cells.length === 0
  return (
    <Card
      topic="laboratory"
      title={t('chart.abnormalResults')}
      query={pages}
      isEmpty={() => rows.length === 0}
      empty={t(hasNone ? 'chart.noResults' : 'chart.noAbnormal')}
      onTopic={onTopic}
    >
      {() => (
        <ul className="card-list">
          {rows.slice(0, rowsMax).map(({ item, cell, before }) => (
            <li key={`${item.panel} ${item.key}`}>
              <button type="button" className="card-row abnormal" onClick={() => showTrend(item.key)}>
                <span className="cut">{item.name}</span>
                <b className={flagClass(cell.flag)}>
                  {cell.text} <FlagSign flag={cell.flag} />
                </b>
                <span className="faint cut">{cell.unit}</span>
                <span className="faint cut">{cell.range}</span>
                <span className="faint number cut">{before ? `← ${before.text}` : ''}</span>
                <Dated text={cell.at} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function severity({ flag }: Cell): number {
  return flag.startsWith('critical') ? 1 : 0
}

function ReportsCard({ onTopic }: GoTo) {
  const { t } = useTranslation()
  const { showReport } = useChart()
  const pages = usePages('/api/patients/{tenant}/{id}/reports', {})
  const rows: readonly ReportRow[] = pages.data?.pages[0]?.reports ?? []
  return (
    <Card
      topic="examinations"
      title={t('chart.latestReports')}
      query={pages}
      isEmpty={() => rows.length === 0}
      empty={t('chart.noReports')}
      onTopic={onTopic}
    >
      {() => (
        <ul className="card-list">
          {rows.slice(0, 5).map(report => (
            <li key={report.id}>
              <button type="button" className="card-row" onClick={() => showReport(report.id)}>
                <ReportLine report={report} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

type Diagnosis = Answer<'/api/patients/{tenant}/{id}/diagnoses'>['diagnoses'][number]

/** One row per diagnosis, however often it was made. */
function DiagnosesCard({ onTopic }: GoTo) {
  const { t } = useTranslation()
  const { showRaw } = useChart()
  const pages = usePages('/api/patients/{tenant}/{id}/diagnoses', {})
  const groups = new Map<string, Diagnosis[]>()
  for (const row of pages.data?.pages.flatMap(page => page.diagnoses) ?? [])
    if (row.verification !== 'entered-in-error') groups.set(row.name, [...(groups.get(row.name) ?? []), row])
  return (
    <Card
      topic="diagnoses"
      title={t('chart.tabs.diagnoses')}
      query={pages}
      isEmpty={() => groups.size === 0}
      empty={t('chart.noDiagnoses')}
      onTopic={onTopic}
    >
      {() => (
        <ul className="card-list">
          {[...groups].slice(0, rowsMax).map(([name, [newest, ...earlier]]) => (
            <li key={name}>
              <button type="button" className="card-row diagnosis" onClick={() => showRaw('Condition', newest!.id)}>
                <span className="cut">
                  {name} {earlier.length > 0 && <span className="faint">{t('chart.times', { count: earlier.length + 1 })}</span>}
                </span>
                <span className="mono faint">{newest!.code}</span>
                <VisitName id={newest!.visit} />
                <Dated text={newest!.at} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function OrdersCard({ onTopic }: GoTo) {
  const { t } = useTranslation()
  const pages = usePages('/api/patients/{tenant}/{id}/orders', {})
  const rows = pages.data?.pages[0]?.orders ?? []
  return (
    <Card
      topic="orders"
      title={t('chart.tabs.orders')}
      query={pages}
      isEmpty={() => rows.length === 0}
      empty={t('chart.noOrders')}
      onTopic={onTopic}
    >
      {() => (
        <ul className="card-list">
          {rows.slice(0, rowsMax).map(order => (
            <li key={order.id} className="card-row order">
              <span className="cut">{order.name || kindOf(order.categories)}</span>
              <OrderSteps order={order} />
              <Dated text={order.at} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
