// Diagnoses, orders and procedures as lists, newest first; earlier rows come when they are asked for.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/use-get.ts'
import { termOf } from '../../i18n/index.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Answered, Frame } from '../../ui/panel.tsx'
import { Tag } from '../../ui/tags.tsx'
import { Dated } from '../../ui/time.tsx'
import { useChart } from './chart-context.ts'
import { kindOf } from './kind-of.ts'
import { OrderSteps } from './order-steps.tsx'
import { type Pages, usePages } from './use-pages.ts'
import { VisitName } from './visit-name.tsx'

type Diagnosis = Answer<'/api/patients/{tenant}/{id}/diagnoses'>['diagnoses'][number]
export type Order = Answer<'/api/patients/{tenant}/{id}/orders'>['orders'][number]
type Procedure = Answer<'/api/patients/{tenant}/{id}/procedures'>['procedures'][number]

export function DiagnosesPanel() {
  const { t } = useTranslation()
  const pages = usePages('/api/patients/{tenant}/{id}/diagnoses', {})
  const raw = useRawColumn<Diagnosis>('Condition')
  const columns: readonly Column<Diagnosis>[] = [
    { key: 'name', title: t('chart.columns.diagnosis'), width: '26%', cell: row => <b>{row.name}</b> },
    { key: 'code', title: t('chart.columns.code'), width: 110, cell: row => <span className="mono">{row.code}</span> },
    { key: 'category', title: t('chart.columns.category'), width: 110, cell: row => termOf('chart.diagnosisCategories', row.category) },
    { key: 'status', title: t('chart.columns.status'), width: 120, cell: row => <DiagnosisStatus row={row} /> },
    { key: 'at', title: t('chart.columns.at'), width: 110, cell: row => <Dated text={row.at} /> },
    { key: 'recorder', title: t('chart.columns.doctor'), width: 100, cell: row => row.recorder || <span className="faint">—</span> },
    { key: 'visit', title: t('chart.columns.visit'), cell: row => <VisitName id={row.visit} /> },
    raw,
  ]
  const rows = pages.data?.pages.flatMap(page => page.diagnoses) ?? []
  return <Listed label={t('chart.tabs.diagnoses')} empty={t('chart.noDiagnoses')} pages={pages} rows={rows} columns={columns} />
}

function DiagnosisStatus({ row }: { readonly row: Diagnosis }) {
  const doubt = termOf('chart.verification', row.verification === 'confirmed' ? '' : row.verification)
  return (
    <span className="row">
      {termOf('chart.diagnosisStatus', row.status) || <span className="faint">—</span>}
      {doubt && <Tag tone="warn">{doubt}</Tag>}
    </span>
  )
}

export function OrdersPanel() {
  const { t } = useTranslation()
  const pages = usePages('/api/patients/{tenant}/{id}/orders', {})
  const raw = useRawColumn<Order>('ServiceRequest')
  const columns: readonly Column<Order>[] = [
    { key: 'name', title: t('chart.columns.order'), width: '20%', cell: row => <b>{row.name || '—'}</b> },
    { key: 'category', title: t('chart.columns.category'), width: 80, cell: row => kindOf(row.categories) },
    { key: 'steps', title: t('chart.columns.steps'), width: 250, cell: row => <OrderSteps order={row} /> },
    { key: 'priority', title: t('chart.columns.priority'), width: 70, cell: row => <Priority priority={row.priority} /> },
    { key: 'at', title: t('chart.columns.at'), width: 100, cell: row => <Dated text={row.at} /> },
    { key: 'requester', title: t('chart.columns.doctor'), width: 80, cell: row => row.requester || <span className="faint">—</span> },
    { key: 'reason', title: t('chart.columns.reason'), cell: row => <span className="cut">{row.reason}</span> },
    { key: 'number', title: t('chart.columns.number'), width: 150, cell: row => <span className="mono">{row.number}</span> },
    raw,
  ]
  const rows = pages.data?.pages.flatMap(page => page.orders) ?? []
  return <Listed label={t('chart.tabs.orders')} empty={t('chart.noOrders')} pages={pages} rows={rows} columns={columns} />
}

function Priority({ priority }: { readonly priority: string }) {
  const word = termOf('chart.priorities', priority)
  return priority === 'stat' || priority === 'urgent' || priority === 'asap' ? (
    <Tag tone="bad">{word}</Tag>
  ) : (
    <span className="faint">{word}</span>
  )
}

export function ProceduresPanel() {
  const { t } = useTranslation()
  const pages = usePages('/api/patients/{tenant}/{id}/procedures', {})
  const raw = useRawColumn<Procedure>('Procedure')
  const columns: readonly Column<Procedure>[] = [
    { key: 'name', title: t('chart.columns.procedure'), width: '28%', cell: row => <b>{row.name}</b> },
    { key: 'code', title: t('chart.columns.code'), width: 110, cell: row => <span className="mono">{row.code}</span> },
    { key: 'status', title: t('chart.columns.status'), width: 90, cell: row => termOf('chart.procedureStatus', row.status) },
    { key: 'at', title: t('chart.columns.at'), width: 110, cell: row => <Dated text={row.at} /> },
    { key: 'performer', title: t('chart.columns.performer'), width: 100, cell: row => row.performer || <span className="faint">—</span> },
    { key: 'note', title: t('chart.columns.note'), cell: row => row.note },
    { key: 'visit', title: t('chart.columns.visit'), width: 180, cell: row => <VisitName id={row.visit} /> },
    raw,
  ]
  const rows = pages.data?.pages.flatMap(page => page.procedures) ?? []
  return <Listed label={t('chart.tabs.procedures')} empty={t('chart.noProcedures')} pages={pages} rows={rows} columns={columns} />
}

function useRawColumn<T extends { readonly id: string }>(type: string): Column<T> {
  const { t } = useTranslation()
  const { showRaw } = useChart()
  return {
    key: 'raw',
    title: '',
    width: 96,
    align: 'right',
    cell: row => (
      <button type="button" className="link" onClick={() => showRaw(type, row.id)}>
        {t('resource.open')}
      </button>
    ),
  }
}

type ListPath = `/api/patients/{tenant}/{id}/${'diagnoses' | 'orders' | 'procedures'}`

function Listed<T extends { readonly id: string }>({
  label,
  empty,
  pages,
  rows,
  columns,
}: {
  readonly label: string
  readonly empty: string
  readonly pages: Pages<ListPath>
  readonly rows: readonly T[]
  readonly columns: readonly Column<T>[]
}) {
  const { t } = useTranslation()
  return (
    <Frame className="flush" label={label}>
      <Answered query={pages} rows={6} isEmpty={() => rows.length === 0} empty={empty}>
        {() => (
          <>
            <DataTable label={label} columns={columns} rows={rows} rowKey={row => row.id} />
            {pages.hasNextPage && (
              <div className="list-more">
                <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                  {t('chart.loadEarlier')}
                </Button>
              </div>
            )}
          </>
        )}
      </Answered>
    </Frame>
  )
}
