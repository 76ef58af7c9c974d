// One report whole: what it is, who stands for it, its words, its items with flags and ranges, and the way to images, document and raw data.
import { useTranslation } from 'react-i18next'
import { type Answer, useGet } from '../../api/use-get.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Note } from '../../ui/note.tsx'
import { Answered } from '../../ui/panel.tsx'
import { Empty } from '../../ui/state.tsx'
import { Tag } from '../../ui/tags.tsx'
import { Dated } from '../../ui/time.tsx'
import { useChart } from './chart-context.ts'
import { flagClass } from './flag.ts'
import { FlagSign } from './flag-sign.tsx'
import { kindOf } from './kind-of.ts'
import { Corrected, ResultStatus } from './trend-view.tsx'

export type Report = Answer<'/api/patients/{tenant}/{id}/reports/{report}'>
type Item = Report['items'][number]

export function ReportView({ id }: { readonly id: string }) {
  const { name } = useChart()
  const report = useGet('/api/patients/{tenant}/{id}/reports/{report}', { path: { ...name, report: id } })
  return (
    <Answered query={report} rows={10}>
      {found => <Whole report={found} />}
    </Answered>
  )
}

function Whole({ report }: { readonly report: Report }) {
  const { t } = useTranslation()
  const { showRaw } = useChart()
  return (
    <article className="report" aria-label={report.name}>
      <header className="report-head">
        <h2>{report.name}</h2>
        <Counts report={report} />
        <ResultStatus status={report.status} />
        <span className="grow" />
        {report.links.map(link => (
          <a key={link.url} className="images" href={link.url} target="_blank" rel="noreferrer">
            {link.title || t('chart.report.images')} ↗
          </a>
        ))}
        <button type="button" className="link" onClick={() => showRaw('DiagnosticReport', report.id)}>
          {t('resource.open')}
        </button>
      </header>
      <dl className="report-facts">
        <Fact name={t('chart.report.number')} value={<span className="mono">{report.number || '—'}</span>} />
        <Fact name={t('chart.columns.category')} value={kindOf(report.categories) || '—'} />
        <Fact name={t('chart.report.at')} value={<Dated text={report.at} long />} />
        <Fact name={t('chart.report.issued')} value={<Dated text={report.issued} long />} />
        <Fact name={t('chart.report.author')} value={report.author || '—'} />
      </dl>
      {report.status === 'corrected' && <Note tone="info">{t('chart.report.correctedNote')}</Note>}
      {report.status === 'preliminary' && <Note tone="warn">{t('chart.report.preliminaryNote')}</Note>}
      <Words report={report} />
      {report.kind === 'laboratory' && <Items items={report.items} label={report.name} />}
    </article>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

export function Counts({ report }: { readonly report: Pick<Report, 'abnormal' | 'critical'> }) {
  const { t } = useTranslation()
  return (
    <>
      {report.critical > 0 && (
        <Tag tone="critical" sign="⚠">
          {t('chart.report.critical', { count: report.critical })}
        </Tag>
      )}
      {report.abnormal > report.critical && (
        <Tag tone="bad">{t('chart.report.abnormal', { count: report.abnormal - report.critical })}</Tag>
      )}
    </>
  )
}

/** Findings and impression as written; line breaks are the writer's. */
export function Words({ report }: { readonly report: Pick<Report, 'kind' | 'words' | 'conclusion'> }) {
  const { t } = useTranslation()
  const isSaid = report.words.some(({ text }) => text.trim() === report.conclusion.trim())
  if (report.kind === 'examination' && report.words.length === 0 && !report.conclusion) return <Empty words={t('chart.report.noWords')} />
  return (
    <>
      {report.words.map(({ label, text }) => (
        <section key={label} className="report-words">
          <h3>{label}</h3>
          <p>{text}</p>
        </section>
      ))}
      {report.conclusion && !isSaid && (
        <section className="report-words">
          <h3>{t('chart.report.conclusion')}</h3>
          <p>{report.conclusion}</p>
        </section>
      )}
    </>
  )
}

function Items({ items, label }: { readonly items: readonly Item[]; readonly label: string }) {
  const { t } = useTranslation()
  const { showTrend, showRaw } = useChart()
  const columns: readonly Column<Item>[] = [
    {
      key: 'name',
      title: t('chart.grid.item'),
      width: '28%',
      cell: item => (
        <button type="button" className="link" onClick={() => showTrend(item.key)}>
          {item.name}
        </button>
      ),
    },
    {
      key: 'value',
      title: t('chart.trend.value'),
      width: 120,
      align: 'right',
      cell: item => (
        <span className={`${flagClass(item.flag)} ${item.status === 'entered-in-error' ? 'void' : ''}`}>
          {item.text || '—'} <FlagSign flag={item.flag} />
        </span>
      ),
    },
    { key: 'unit', title: t('chart.grid.unit'), width: 140, cell: item => item.unit },
    { key: 'range', title: t('chart.grid.range'), width: 130, cell: item => item.range },
    { key: 'status', title: t('chart.trend.status'), width: 150, cell: item => <Corrected status={item.status} was={item.was} /> },
    {
      key: 'raw',
      title: '',
      cell: item => (
        <button type="button" className="link" onClick={() => showRaw('Observation', item.id)}>
          {t('resource.open')}
        </button>
      ),
    },
  ]
  return <DataTable label={label} columns={columns} rows={items} rowKey={item => item.id} />
}
