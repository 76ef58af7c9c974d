// Channels as they are defined: who may speak on them, what they take, in which order, and where it goes on.
import { useTranslation } from 'react-i18next'
import { type Answer, useGet } from '../../api/use-get.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Page } from '../../ui/page.tsx'
import { Answered, Frame } from '../../ui/panel.tsx'
import { useRowKeys } from '../../ui/row-keys.ts'
import { useUrlState } from '../../ui/url-state.ts'
import { ChannelView } from './channel-view.tsx'
import './channels.css'

/** As engine/channels/channel.ts defines it; the server leaves credentials out. */
export type Channel = {
  readonly id: string
  readonly name: { readonly zh: string; readonly en: string }
  readonly systems: readonly string[]
  readonly reach: 'internal' | 'external'
  readonly tenant: string
  readonly facility: string
  readonly source: string
  readonly format: string
  readonly connector: { readonly kind: string }
  readonly senders: readonly { readonly application?: string; readonly facility?: string }[]
  readonly zone: string
  readonly types: readonly string[]
  readonly overlay?: string
  readonly orderKey: readonly string[]
  readonly onFailure: 'go-on' | 'block'
  readonly acknowledge: 'when-stored' | 'when-processed'
  readonly destinations: readonly {
    readonly id: string
    readonly connector: { readonly kind: string; readonly endpoint?: string }
    readonly types: readonly string[]
  }[]
  readonly limits: { readonly frameBytesMax: number }
  readonly silentAfterMinutes: number
}

export default function ChannelsPage() {
  const { t } = useTranslation()
  const channels = useGet('/api/channels', {})
  const count = channels.data?.channels.length
  return (
    <Page fill title={t('navigation.channels')} sub={count !== undefined && t('channels.shown', { count })}>
      <Answered query={channels} isEmpty={answer => answer.channels.length === 0} empty={t('channels.none')} rows={10}>
        {answer => <ChannelList channels={channelsOf(answer)} />}
      </Answered>
    </Page>
  )
}

function channelsOf(answer: Answer<'/api/channels'>): readonly Channel[] {
  return answer.channels as unknown as readonly Channel[]
}

function ChannelList({ channels }: { readonly channels: readonly Channel[] }) {
  const { t, i18n } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'zh'
  const [url, change] = useUrlState(['channel'])
  const chosen = channels.find(({ id }) => id === url.channel) ?? channels[0]!
  const open = ({ id }: Channel) => change({ channel: id })
  const { marked } = useRowKeys(channels, open)
  return (
    <div className="columns channel-columns fill">
      <Frame className="flush" label={t('navigation.channels')}>
        <DataTable
          fill
          label={t('navigation.channels')}
          rows={channels}
          rowKey={({ id }) => id}
          marked={marked}
          onOpen={open}
          rowClass={channel => (channel === chosen ? 'row-marked' : '')}
          columns={[
            { key: 'name', title: t('channels.name'), cell: channel => channel.name[language] },
            { key: 'id', title: 'id', width: 110, cell: channel => <span className="mono">{channel.id}</span> },
            { key: 'tenant', title: t('dashboard.tenant'), width: 80, cell: channel => channel.tenant },
            {
              key: 'kind',
              title: t('channels.connector'),
              width: 130,
              cell: channel => <span className="mono">{`${channel.connector.kind} · ${channel.format}`}</span>,
            },
            {
              key: 'destinations',
              title: t('channels.destinations'),
              width: 56,
              align: 'right',
              cell: channel => channel.destinations.length || '—',
            },
          ]}
        />
      </Frame>
      <ChannelView channel={chosen} />
    </div>
  )
}
