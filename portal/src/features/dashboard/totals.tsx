// The six numbers that matter, over all channels; the red one leads to its messages.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Channel } from './dashboard-page.tsx'
import { lastMinute, sumOf, troubled, troubledStatuses } from './figures.ts'

export function Totals({ channels, backlog }: { readonly channels: readonly Channel[]; readonly backlog: number }) {
  const { t } = useTranslation()
  const figure = (name: keyof Channel['figures']) => sumOf(channels, channel => channel.figures[name])
  const listening = channels.filter(channel => channel.state === 'listening').length
  const silent = channels.filter(channel => channel.silent).length
  const errors = sumOf(channels, troubled)
  return (
    <div className="totals">
      <Total
        name={t('dashboard.totals.channels')}
        value={`${listening} / ${channels.length}`}
        note={silent > 0 ? `⚠ ${t('dashboard.totals.silent', { count: silent })}` : undefined}
      />
      <Total name={t('dashboard.received')} value={shown(figure('received'))} />
      <Total name={t('dashboard.processed')} value={shown(figure('processed'))} />
      <Total name={t('dashboard.totals.perMinute')} value={shown(sumOf(channels, lastMinute))} />
      <Total name={t('dashboard.queued')} value={shown(backlog)} tone={backlog > 0 ? 'warn' : ''} />
      <Total
        name={t('dashboard.errored')}
        value={errors === 0 ? '0' : <Link to={`/messages?status=${troubledStatuses}`}>{shown(errors)}</Link>}
        tone={errors > 0 ? 'bad' : ''}
      />
    </div>
  )
}

function shown(value: number): string {
  return value.toLocaleString('en-US')
}

function Total({
  name,
  value,
  note,
  tone = '',
}: {
  readonly name: string
  readonly value: ReactNode
  readonly note?: string | undefined
  readonly tone?: string
}) {
  return (
    <div className={`total ${tone}`}>
      <span className="faint">{name}</span>
      <b className="number">{value}</b>
      {note && <small className="warn">{note}</small>}
    </div>
  )
}
