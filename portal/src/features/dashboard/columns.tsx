// Columns of the dashboard, in the words interface analysts know: received, filtered, queued, sent, errored.
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Column } from '../../ui/data-table.tsx'
import { Sparkline } from '../../ui/sparkline.tsx'
import { Tag } from '../../ui/tags.tsx'
import { Ago, durationText } from '../../ui/time.tsx'
import type { Channel } from './dashboard-page.tsx'
import { lastMinute, troubled, troubledStatuses } from './figures.ts'

const stateTone = { listening: 'good', stopped: 'quiet', failed: 'bad' } as const
const stateSign = { listening: '●', stopped: '○', failed: '✕' } as const

export function useColumns(nowMs: number): readonly Column<Channel>[] {
  const { t, i18n } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'zh'
  return [
    {
      key: 'name',
      title: t('dashboard.channel'),
      cell: channel => (
        <span className="channel-name">
          <Link to={`/messages?channel=${channel.id}`}>{channel.name[language]}</Link>
          <small className="mono faint">{`${channel.id} · ${channel.connector}`}</small>
        </span>
      ),
    },
    { key: 'tenant', title: t('dashboard.tenant'), width: 74, cell: channel => channel.tenant },
    {
      key: 'state',
      title: t('dashboard.state'),
      width: 88,
      cell: channel => (
        <Tag tone={stateTone[channel.state]} sign={stateSign[channel.state]}>
          {t(`dashboard.states.${channel.state}`)}
        </Tag>
      ),
    },
    ...countColumns(t),
    { key: 'rate', title: t('dashboard.rate'), width: 136, cell: channel => <Sparkline values={channel.perMinute} width={120} /> },
    { key: 'perMinute', title: t('dashboard.lastMinute'), width: 56, align: 'right', cell: channel => lastMinute(channel) },
    { key: 'oldest', title: t('dashboard.oldest'), width: 78, cell: channel => <Ago ms={channel.oldestQueuedAtMs} nowMs={nowMs} /> },
    {
      key: 'last',
      title: t('dashboard.last'),
      width: 122,
      cell: channel => (
        <span className="row">
          <Ago ms={channel.lastMessageAtMs} nowMs={nowMs} />
          {channel.silent && (
            <Tag tone="warn" sign="⚠">
              {t('dashboard.silent')}
            </Tag>
          )}
        </span>
      ),
    },
    {
      key: 'lag',
      title: t('dashboard.lag'),
      width: 72,
      align: 'right',
      cell: ({ lagMs }) => (lagMs === undefined ? '—' : durationText(lagMs)),
    },
  ]
}

type Words = ReturnType<typeof useTranslation>['t']

function countColumns(t: Words): readonly Column<Channel>[] {
  const figure = (name: 'received' | 'processed' | 'filtered' | 'sent'): Column<Channel> => ({
    key: name,
    title: t(`dashboard.${name}`),
    width: 68,
    align: 'right',
    cell: channel => <Count value={channel.figures[name]} />,
  })
  return [
    figure('received'),
    figure('processed'),
    figure('filtered'),
    {
      key: 'queued',
      title: t('dashboard.queued'),
      width: 58,
      align: 'right',
      cell: channel => <Count value={channel.queued} tone={channel.queued > 0 ? 'warn' : ''} />,
    },
    figure('sent'),
    { key: 'errored', title: t('dashboard.errored'), width: 76, align: 'right', cell: channel => <Errored channel={channel} /> },
  ]
}

export function Count({ value, tone = '' }: { readonly value: number; readonly tone?: string }) {
  return value === 0 ? <span className="faint">0</span> : <span className={tone}>{value.toLocaleString('en-US')}</span>
}

/** The red number leads to the messages it counts. */
function Errored({ channel }: { readonly channel: Channel }) {
  const { t } = useTranslation()
  const count = troubled(channel)
  if (count === 0) return <span className="faint">0</span>
  const to = `/messages?channel=${encodeURIComponent(channel.id)}&status=${troubledStatuses}`
  return (
    <Link to={to} className="bad errored" aria-label={t('dashboard.erroredOf', { count, channel: channel.id })}>
      {count.toLocaleString('en-US')}
    </Link>
  )
}
