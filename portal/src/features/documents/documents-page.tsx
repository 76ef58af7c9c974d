// All shared documents one may see: by type, state and patient; a row opens the document.
import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { useRights } from '../../api/session.ts'
import { useGet } from '../../api/use-get.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Page } from '../../ui/page.tsx'
import { Answered, Frame } from '../../ui/panel.tsx'
import { useRowKeys } from '../../ui/row-keys.ts'
import { Dated } from '../../ui/time.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { CheckTag, StatusTag } from './document-tags.tsx'
import { type DocumentRow, documentStatuses, useDocuments } from './use-documents.ts'
import './documents.css'

export default function DocumentsPage() {
  const { t } = useTranslation()
  const [{ type, status, patient }, change] = useUrlState(['type', 'status', 'patient'])
  const asked = documentStatuses.find(each => each === status)
  const pages = useDocuments({ type, patient, status: asked })
  const rows = pages.data?.pages.flatMap(page => page.documents) ?? []
  const navigate = useNavigate()
  const open = (row: DocumentRow) => navigate(`/documents/${row.tenant}/${row.id}`)
  const { marked } = useRowKeys(rows, open)
  const columns = useColumns()
  return (
    <Page fill title={t('documents.title')} sub={t('documents.sub')}>
      <div className="document-filters">
        <TypeSelect value={type} onChange={next => change({ type: next })} />
        <Select
          allowClear
          style={{ width: 130 }}
          aria-label={t('documents.status')}
          placeholder={t('documents.anyStatus')}
          value={asked ?? null}
          options={documentStatuses.map(each => ({ value: each, label: t(`documents.statuses.${each}`) }))}
          onChange={next => change({ status: next ?? undefined })}
        />
        {patient && <Button onClick={() => change({ patient: undefined })}>{t('documents.allPatients')}</Button>}
        <span className="grow" />
        {rows.length > 0 && (
          <span className="faint">{t(pages.hasNextPage ? 'documents.shownMore' : 'documents.shown', { count: rows.length })}</span>
        )}
      </div>
      <Frame className="flush fill" label={t('documents.title')}>
        <Answered query={pages} rows={12} isEmpty={() => rows.length === 0} empty={t('documents.none')}>
          {() => (
            <DataTable
              fill
              label={t('documents.title')}
              columns={columns}
              rows={rows}
              rowKey={row => `${row.tenant}/${row.id}`}
              marked={marked}
              onOpen={open}
              onEnd={() => pages.hasNextPage && !pages.isFetchingNextPage && void pages.fetchNextPage()}
            />
          )}
        </Answered>
      </Frame>
    </Page>
  )
}

/** Types that have been produced; the list is short, so it is asked for whole. */
function TypeSelect({ value, onChange }: { readonly value: string | undefined; readonly onChange: (type: string | undefined) => void }) {
  const { t } = useTranslation()
  const production = useGet('/api/documents/production', { query: {} })
  const kinds = new Map(production.data?.types.map(kind => [kind.code, kind.title]))
  return (
    <Select
      allowClear
      style={{ width: 220 }}
      aria-label={t('documents.type')}
      placeholder={t('documents.anyType')}
      value={value ?? null}
      options={[...kinds].map(([code, title]) => ({ value: code, label: `${code} ${title}` }))}
      onChange={next => onChange(next ?? undefined)}
    />
  )
}

function useColumns(): readonly Column<DocumentRow>[] {
  const { t } = useTranslation()
  const may = useRights()
  return [
    {
      key: 'name',
      title: t('documents.name'),
      width: 190,
      cell: row => (
        <Link to={`/documents/${row.tenant}/${row.id}`}>
          <b>{row.title}</b> <span className="mono faint">{row.code}</span>
        </Link>
      ),
    },
    {
      key: 'patient',
      title: t('documents.patient'),
      width: 130,
      cell: row =>
        row.patient && may('patients.read') ? (
          <Link to={`/patients/${row.tenant}/${row.patient}`}>{row.patientName}</Link>
        ) : (
          row.patientName
        ),
    },
    { key: 'time', title: t('documents.time'), width: 120, cell: row => <Dated text={row.clinicalTime} /> },
    { key: 'check', title: t('documents.check'), width: 150, cell: row => <CheckTag checked={row.checked} /> },
    { key: 'status', title: t('documents.status'), width: 90, cell: row => <StatusTag status={row.status} /> },
    { key: 'author', title: t('documents.author'), width: 100, cell: row => row.author },
    { key: 'made', title: t('documents.made'), width: 120, cell: row => <Dated text={row.date} /> },
    { key: 'tenant', title: t('patients.hospital'), width: 80, cell: row => row.tenant },
    { key: 'number', title: t('documents.number'), cell: row => <span className="mono faint">{row.number}</span> },
  ]
}
