// Columns of the dashboard, in the words interface analysts know: received, filtered, queued, sent, errored.
import { Tooltip } from 'antd'
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
  const counts = useCountColumns()
  return [
    {
      key: 'name',
      title: t('dashboard.channel'),
      width: '17%',
      cell: channel => (
        <span className="channel-name" title={`${channel.id} · ${channel.connector} · ${channel.source}`}>
          <Link to={`/messages?channel=${channel.id}`}>{channel.name[language]}</Link>
          <small className="mono faint">{channel.id}</small>
        </span>
      ),
    },
    { key: 'tenant', title: t('dashboard.tenant'), width: 74, cell: channel => channel.tenant },
    {
      key: 'state',
      title: t('dashboard.state'),
      width: 80,
      cell: channel => (
        <Tag tone={stateTone[channel.state]} sign={stateSign[channel.state]}>
          {t(`dashboard.states.${channel.state}`)}
        </Tag>
      ),
    },
    ...counts,
    { key: 'rate', title: t('dashboard.rate'), cell: channel => <Sparkline values={channel.perMinute} /> },
    { key: 'perMinute', title: t('dashboard.lastMinute'), width: 58, align: 'right', cell: channel => lastMinute(channel) },
    { key: 'oldest', title: t('dashboard.oldest'), width: 70, cell: channel => <Ago ms={channel.oldestQueuedAtMs} nowMs={nowMs} /> },
    {
      key: 'last',
      title: t('dashboard.last'),
      width: 112,
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
      width: 64,
      align: 'right',
      cell: ({ lagMs }) => (lagMs === undefined ? '—' : durationText(lagMs)),
    },
  ]
}

function useCountColumns(): readonly Column<Channel>[] {
  const { t } = useTranslation()
  const figure = (name: 'received' | 'processed' | 'filtered' | 'duplicate', title: string, width = 66): Column<Channel> => ({
    key: name,
    title,
    width,
    align: 'right',
    cell: channel => <Count value={channel.figures[name]} />,
  })
  return [
    figure('received', t('dashboard.received')),
    figure('processed', t('dashboard.processed'), 72),
    figure('filtered', t('dashboard.filtered'), 60),
    figure('duplicate', t('dashboard.duplicate'), 48),
    {
      key: 'queued',
      title: t('dashboard.queued'),
      width: 60,
      align: 'right',
      cell: channel => <Count value={channel.queued} tone={channel.queued > 0 ? 'warn' : ''} />,
    },
    { key: 'sent', title: t('dashboard.sent'), width: 62, align: 'right', cell: channel => <Sent channel={channel} /> },
    { key: 'errored', title: t('dashboard.errored'), width: 60, align: 'right', cell: channel => <Errored channel={channel} /> },
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
  const { failed, rejected, quarantined } = channel.figures
  return (
    <Tooltip title={t('dashboard.erroredAs', { failed, rejected, quarantined })}>
      <Link to={to} className="bad errored" aria-label={t('dashboard.erroredOf', { count, channel: channel.id })}>
        {count.toLocaleString('en-US')}
      </Link>
    </Tooltip>
  )
}

/** What went on to other systems; what they refused stands beside it. */
function Sent({ channel: { figures } }: { readonly channel: Channel }) {
  const { t } = useTranslation()
  return (
    <>
      <Count value={figures.sent} />
      {figures.sendFailed > 0 && (
        <Tooltip title={t('dashboard.sendFailed', { count: figures.sendFailed })}>
          <span className="bad"> ✕{figures.sendFailed.toLocaleString('en-US')}</span>
        </Tooltip>
      )}
    </>
  )
}
