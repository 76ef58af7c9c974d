// The dashboard: a row per channel, every number a way to the messages behind it; asks again every few seconds.
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useRights } from '../../api/session.ts'
import { type Answer, useGet } from '../../api/use-get.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Page } from '../../ui/page.tsx'
import { Answered, Frame } from '../../ui/panel.tsx'
import { useRowKeys } from '../../ui/row-keys.ts'
import { Instant } from '../../ui/time.tsx'
import { useColumns } from './columns.tsx'
import { FaultGroups } from './fault-groups.tsx'
import { Totals } from './totals.tsx'
import './dashboard.css'

export type Channel = Answer<'/api/dashboard'>['channels'][number]

const refreshMs = 5_000

export default function DashboardPage() {
  const { t } = useTranslation()
  const dashboard = useGet('/api/dashboard', {}, { everyMs: refreshMs })
  const may = useRights()
  return (
    <Page
      title={t('navigation.dashboard')}
      sub={t('dashboard.window')}
      extra={
        dashboard.data && (
          <span className="faint">
            {t('dashboard.asOf')} <Instant ms={dashboard.data.atMs} long />
          </span>
        )
      }
    >
      <Answered query={dashboard} rows={10}>
        {({ channels, backlog, atMs }) => (
          <>
            <Totals channels={channels} backlog={backlog} />
            <Frame className="flush" label={t('dashboard.channels')}>
              <Channels channels={channels} nowMs={atMs} />
            </Frame>
          </>
        )}
      </Answered>
      {may('messages.read') && <FaultGroups />}
    </Page>
  )
}

function Channels({ channels, nowMs }: { readonly channels: readonly Channel[]; readonly nowMs: number }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const open = (channel: Channel) => navigate(`/messages?channel=${encodeURIComponent(channel.id)}`)
  const { marked } = useRowKeys(channels, open)
  const columns = useColumns(nowMs)
  const rowClass = (channel: Channel) => (channel.silent || channel.state === 'failed' ? 'channel-worry' : '')
  return (
    <DataTable
      label={t('dashboard.channels')}
      columns={columns}
      rows={channels}
      rowKey={channel => channel.id}
      marked={marked}
      onOpen={open}
      rowClass={rowClass}
    />
  )
}
