// A document by its address.
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { Page } from '../../ui/page.tsx'
import { Frame } from '../../ui/panel.tsx'
import { DocumentReader } from './document-reader.tsx'
import { useFindings } from './findings.tsx'

export default function DocumentPage() {
  const { t } = useTranslation()
  const { tenant = '', id = '' } = useParams()
  const { data } = useFindings({ tenant, id })
  return (
    <Page fill title={data?.title || t('documents.title')} sub={data && <span className="mono">{`${data.code} · ${data.number}`}</span>}>
      <Frame className="flush fill" label={t('documents.title')}>
        <DocumentReader key={`${tenant}/${id}`} tenant={tenant} id={id} />
      </Frame>
    </Page>
  )
}
