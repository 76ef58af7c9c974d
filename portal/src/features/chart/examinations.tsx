// Examinations: the list at the left, the report to read at the right, as one reads a folder of films.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/use-get.ts'
import { Answered, Frame } from '../../ui/panel.tsx'
import { useRowKeys } from '../../ui/row-keys.ts'
import { Tag } from '../../ui/tags.tsx'
import { Dated } from '../../ui/time.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { kindOf } from './kind-of.ts'
import { Counts, ReportView } from './report-view.tsx'
import { ResultStatus } from './trend-view.tsx'
import { usePages } from './use-pages.ts'

export type ReportRow = Answer<'/api/patients/{tenant}/{id}/reports'>['reports'][number]

export function ExaminationsPanel() {
  const { t } = useTranslation()
  const pages = usePages('/api/patients/{tenant}/{id}/reports', { kind: 'examination' })
  const [{ report }, change] = useUrlState(['report'])
  const rows = pages.data?.pages.flatMap(page => page.reports) ?? []
  const chosen = rows.find(row => row.id === report) ?? rows[0]
  const { marked } = useRowKeys(rows, row => change({ report: row.id }))
  return (
    <Frame className="flush" label={t('chart.tabs.examinations')}>
      <Answered query={pages} rows={8} isEmpty={() => rows.length === 0} empty={t('chart.noExaminations')}>
        {() => (
          <div className="folder">
            <ul className="folder-list">
              {rows.map((row, i) => (
                <li key={row.id}>
                  <button
                    type="button"
                    aria-current={row.id === chosen?.id}
                    className={`${row.id === chosen?.id ? 'chosen' : ''} ${i === marked ? 'row-marked' : ''}`}
                    onClick={() => change({ report: row.id })}
                  >
                    <ReportLine report={row} />
                  </button>
                </li>
              ))}
              {pages.hasNextPage && (
                <li className="list-more">
                  <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                    {t('chart.loadEarlier')}
                  </Button>
                </li>
              )}
            </ul>
            <div className="folder-page">{chosen && <ReportView key={chosen.id} id={chosen.id} />}</div>
          </div>
        )}
      </Answered>
    </Frame>
  )
}

export function ReportLine({ report }: { readonly report: ReportRow }) {
  return (
    <span className="report-line">
      <span className="row">
        <b className="cut">{report.name}</b>
        <span className="grow" />
        <Dated text={report.at} />
      </span>
      <span className="row">
        <Tag tone="quiet">{kindOf(report.categories)}</Tag>
        <Counts report={report} />
        {report.status !== 'final' && <ResultStatus status={report.status} />}
        <span className="cut faint grow">{impressionOf(report)}</span>
      </span>
    </span>
  )
}

/** What a reader wants of a report in one line: its conclusion, else its last words. */
export function impressionOf({ conclusion, words }: Pick<ReportRow, 'conclusion' | 'words'>): string {
  return conclusion || (words.find(({ label }) => /结论|诊断|印象/.test(label)) ?? words.at(-1))?.text || ''
}
