// Who may come in, and from where: users, API clients, tenants, facilities with their source addresses.
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/page.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { Clients } from './clients.tsx'
import { Facilities } from './facilities.tsx'
import { Tenants } from './tenants.tsx'
import { Users } from './users.tsx'
import './accounts.css'

const tabs = { users: Users, clients: Clients, tenants: Tenants, facilities: Facilities } as const
type Tab = keyof typeof tabs
const names = Object.keys(tabs) as readonly Tab[]

export default function AccountsPage() {
  const { t } = useTranslation()
  const [url, change] = useUrlState(['tab'])
  const tab = names.find(name => name === url.tab) ?? 'users'
  const Tab = tabs[tab]
  return (
    <Page
      fill
      title={t('navigation.accounts')}
      sub={
        <Segmented
          value={tab}
          options={names.map(name => ({ value: name, label: t(`accounts.tabs.${name}`) }))}
          onChange={next => change({ tab: next })}
        />
      }
    >
      <Tab />
    </Page>
  )
}
