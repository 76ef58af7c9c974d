// The patient's shared documents: the list at the left, the document to read at the right.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Answered, Frame } from '../../ui/panel.tsx'
import { Dated } from '../../ui/time.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { DocumentReader } from '../documents/document-reader.tsx'
import { CheckTag, StatusTag } from '../documents/document-tags.tsx'
import { useDocuments } from '../documents/use-documents.ts'
import { useChart } from './chart-context.ts'

export function ChartDocuments() {
  const { t } = useTranslation()
  const { name } = useChart()
  const pages = useDocuments({ patient: name.id })
  const [{ document }, change] = useUrlState(['document'])
  const rows = pages.data?.pages.flatMap(page => page.documents) ?? []
  const chosen = rows.find(row => row.id === document) ?? rows[0]
  return (
    <Frame className="flush" label={t('chart.tabs.documents')}>
      <Answered query={pages} rows={8} isEmpty={() => rows.length === 0} empty={t('chart.noDocuments')}>
        {() => (
          <div className="folder">
            <ul className="folder-list">
              {rows.map(row => (
                <li key={row.id}>
                  <button
                    type="button"
                    aria-current={row.id === chosen?.id}
                    className={row.id === chosen?.id ? 'chosen' : ''}
                    onClick={() => change({ document: row.id })}
                  >
                    <span className="report-line">
                      <span className="row">
                        <b className="cut">{row.title}</b>
                        <span className="grow" />
                        <Dated text={row.clinicalTime ?? row.date} />
                      </span>
                      <span className="row">
                        <span className="mono faint">{row.code}</span>
                        <CheckTag checked={row.checked} />
                        {row.status !== 'current' && <StatusTag status={row.status} />}
                        <span className="cut faint grow">{row.author}</span>
                      </span>
                    </span>
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
            <div className="folder-page">{chosen && <DocumentReader key={chosen.id} tenant={chosen.tenant} id={chosen.id} inChart />}</div>
          </div>
        )}
      </Answered>
    </Frame>
  )
}
