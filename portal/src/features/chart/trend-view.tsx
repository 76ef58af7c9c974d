// One item over time: the curve with the range of each report behind it, and below it every result as it was reported.
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, useGet } from '../../api/use-get.ts'
import { termOf } from '../../i18n/index.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Answered } from '../../ui/panel.tsx'
import { Empty, Waiting } from '../../ui/state.tsx'
import { Tag } from '../../ui/tags.tsx'
import { Dated } from '../../ui/time.tsx'
import { useChart } from './chart-context.ts'
import { flagClass, isFlagged } from './flag.ts'
import { FlagSign } from './flag-sign.tsx'

const TrendChart = lazy(() => import('./trend-chart.tsx'))

export type Trend = Answer<'/api/patients/{tenant}/{id}/trend'>
export type Point = Trend['points'][number]

export function TrendView({ item }: { readonly item: string }) {
  const { name } = useChart()
  const { t } = useTranslation()
  const trend = useGet('/api/patients/{tenant}/{id}/trend', { path: name, query: { item } })
  return (
    <Answered query={trend} rows={10} isEmpty={answer => answer.points.length === 0} empty={t('chart.noResults')}>
      {answer => <Whole trend={answer} />}
    </Answered>
  )
}

function Whole({ trend }: { readonly trend: Trend }) {
  const { t } = useTranslation()
  const valid = trend.points.filter(point => point.status !== 'entered-in-error' && point.status !== 'cancelled')
  const numeric = valid.filter(point => point.value !== undefined)
  const newest = valid.at(-1)
  return (
    <div className="trend">
      <header className="trend-head">
        <h2>{trend.name}</h2>
        <span className="faint">{trend.unit}</span>
        {newest && (
          <span>
            <b className={flagClass(newest.flag)}>
              {newest.text} <FlagSign flag={newest.flag} />
            </b>{' '}
            <Dated text={newest.at} />
          </span>
        )}
        <span className="grow" />
        <span className="faint">
          {t('chart.trend.count', { count: trend.points.length })}
          {!trend.complete && ` · ${t('chart.trend.incomplete')}`}
        </span>
      </header>
      {numeric.length > 0 ? (
        <Suspense fallback={<Waiting rows={8} />}>
          <TrendChart name={trend.name} points={numeric} />
        </Suspense>
      ) : (
        <Empty words={t('chart.trend.noNumbers')} />
      )}
      <DataTable label={trend.name} columns={useColumns()} rows={[...trend.points].reverse()} rowKey={point => point.id} />
    </div>
  )
}

function useColumns(): readonly Column<Point>[] {
  const { t } = useTranslation()
  const { showRaw } = useChart()
  return [
    { key: 'at', title: t('chart.trend.time'), width: 150, cell: point => <Dated text={point.at} long /> },
    {
      key: 'value',
      title: t('chart.trend.value'),
      width: 150,
      align: 'right',
      cell: point => (
        <span className={`${flagClass(point.flag)} ${point.status === 'entered-in-error' ? 'void' : ''}`}>
          {point.text || '—'} {point.unit} <FlagSign flag={point.flag} />
        </span>
      ),
    },
    {
      key: 'flag',
      title: t('chart.trend.flag'),
      width: 110,
      cell: point => isFlagged(point.flag) && <span className={flagClass(point.flag)}>{t(`flags.${point.flag}`)}</span>,
    },
    { key: 'range', title: t('chart.trend.range'), width: 140, cell: point => point.range || <span className="faint">—</span> },
    { key: 'status', title: t('chart.trend.status'), width: 150, cell: point => <Corrected status={point.status} was={point.was} /> },
    {
      key: 'raw',
      title: '',
      cell: point => (
        <button type="button" className="link" onClick={() => showRaw('Observation', point.id)}>
          {t('resource.open')}
        </button>
      ),
    },
  ]
}

/** A corrected value shows what stood there before: somebody may have acted on it. */
export function Corrected({ status, was }: { readonly status: string; readonly was: string | undefined }) {
  const { t } = useTranslation()
  return (
    <span className="row">
      <ResultStatus status={status} />
      {was !== undefined && <span className="faint">{t('chart.trend.was', { value: was })}</span>}
    </span>
  )
}

const tones: Readonly<Record<string, string>> = { preliminary: 'warn', corrected: 'info', amended: 'info', 'entered-in-error': 'bad' }

/** Final is what everybody expects: it is said quietly; everything else stands out. */
export function ResultStatus({ status }: { readonly status: string }) {
  const word = termOf('resultStatus', status)
  return tones[status] ? <Tag tone={tones[status]}>{word}</Tag> : <span className="faint">{word}</span>
}
