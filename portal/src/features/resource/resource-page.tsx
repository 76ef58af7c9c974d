// A resource by its address, for links from messages and tasks.
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { Page } from '../../ui/page.tsx'
import { Frame } from '../../ui/panel.tsx'
import { ResourceView } from './resource-view.tsx'

export default function ResourcePage() {
  const { t } = useTranslation()
  const { tenant = '', type = '', id = '' } = useParams()
  return (
    <Page fill title={type} sub={<span className="mono">{`${tenant} · ${id}`}</span>}>
      <Frame className="flush fill" label={t('resource.title')}>
        <ResourceView name={{ tenant, type, id }} />
      </Frame>
    </Page>
  )
}
