// One document to read: as a page, as its data elements, as the XML that was kept, with the findings of the check.
import { useQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { answerOf, api, type Problem } from '../../api/client.ts'
import { useGet } from '../../api/use-get.ts'
import { TextView } from '../../code/lazy.tsx'
import { Note } from '../../ui/note.tsx'
import { Answered } from '../../ui/panel.tsx'
import { ProblemView } from '../../ui/state.tsx'
import { useReference } from './document-reference.ts'
import { CheckTag } from './document-tags.tsx'
import { Findings, useFindings } from './findings.tsx'
import type { DocumentPage } from './page-model.ts'
import { Paper } from './paper.tsx'
import './documents.css'

type DocumentName = { readonly tenant: string; readonly id: string }
const views = ['page', 'elements', 'xml', 'findings'] as const
type View = (typeof views)[number]

export function DocumentReader({ tenant, id, inChart = false }: DocumentName & { readonly inChart?: boolean }) {
  const { t } = useTranslation()
  const [view, setView] = useState<View>('page')
  const name = { tenant, id }
  const findings = useFindings(name)
  const reference = useReference(name)
  if (findings.error) return <ProblemView problem={findings.error} onRetry={() => void findings.refetch()} />
  return (
    <div className="reader">
      <div className="reader-head">
        <Segmented<View> value={view} options={views.map(each => ({ value: each, label: t(`documents.${each}`) }))} onChange={setView} />
        {findings.data && <CheckTag checked={findings.data} />}
        <span className="grow" />
        {!inChart && reference.patient && (
          <Link to={`/patients/${tenant}/${reference.patient}?tab=documents&document=${id}`}>{t('documents.chart')}</Link>
        )}
        {inChart && <Link to={`/documents/${tenant}/${id}`}>{t('documents.openAlone')}</Link>}
        <Link to={`/resources/${tenant}/DocumentReference/${id}`}>{t('resource.open')}</Link>
        {view !== 'xml' && view !== 'findings' && <Button onClick={() => window.print()}>{t('documents.print')}</Button>}
        <Button href={`/api/documents/${tenant}/${id}/xml`} download>
          {t('documents.download')}
        </Button>
      </div>
      {reference.status === 'superseded' && <Note tone="warn">{t('documents.superseded')}</Note>}
      {reference.status === 'entered-in-error' && <Note tone="bad">{t('documents.voided')}</Note>}
      <div className={`reader-body reader-${view}`}>
        {(view === 'page' || view === 'elements') && <PageView name={name} view={view} />}
        {view === 'xml' && <Original name={name} />}
        {view === 'findings' && <Findings name={name} />}
      </div>
    </div>
  )
}

function PageView({ name, view }: { readonly name: DocumentName; readonly view: 'page' | 'elements' }) {
  const page = useGet('/api/documents/{tenant}/{id}/page', { path: name })
  return (
    <Answered query={page} rows={12}>
      {found => <Paper page={found as DocumentPage} view={view} />}
    </Answered>
  )
}

function Original({ name }: { readonly name: DocumentName }) {
  const { t } = useTranslation()
  const original = useQuery<string, Problem>({
    queryKey: ['/api/documents/{tenant}/{id}/xml', name],
    queryFn: ({ signal }) => answerOf(api.GET('/api/documents/{tenant}/{id}/xml', { params: { path: name }, parseAs: 'text', signal })),
  })
  return (
    <Answered query={original} rows={12}>
      {text => <TextView label={t('documents.xml')} syntax="xml" text={text} />}
    </Answered>
  )
}
