// What is known of a message beside its text, and what happened to it when.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Frame } from '../../ui/panel.tsx'
import { Tag } from '../../ui/tags.tsx'
import { durationText, Instant } from '../../ui/time.tsx'
import type { Life } from './message-page.tsx'

export function Facts({ life }: { readonly life: Life }) {
  const { t } = useTranslation()
  const { message, orderKeys, plan, eventTimeMs } = life
  const tags = message.tags.filter(({ value }) => !/^[0-9a-f]{32,}$/.test(value))
  return (
    <Frame title={t('message.stage.received')} className="scroll">
      <div className="facts">
        <Fact name={t('message.fact.channel')}>
          <Link to={`/messages?channel=${encodeURIComponent(message.channel)}`}>{message.channel}</Link>
        </Fact>
        <Fact name={t('message.fact.tenant')}>{message.tenant}</Fact>
        <Fact name={t('message.fact.source')}>{message.source}</Fact>
        <Fact name={t('message.fact.facility')}>{message.facility}</Fact>
        <Fact name={t('message.fact.remote')}>{message.remote}</Fact>
        <Fact name={t('message.fact.format')}>
          {message.format} · {message.charset}
        </Fact>
        <Fact name={t('message.fact.eventTime')}>
          <Instant ms={eventTimeMs} long />
        </Fact>
        <Fact name={t('message.fact.attempt')}>{message.attempt}</Fact>
        <Fact name={t('message.fact.plan')}>
          <span className="mono">{plan ? `${plan.slice(0, 12)}…` : '—'}</span>
        </Fact>
        <Fact name={t('message.fact.tags')}>
          <span className="row wrap">
            {tags.map(({ kind, value }) => (
              <Link key={`${kind} ${value}`} to={`/messages?q=${encodeURIComponent(value)}`} className="chip mono" title={kind}>
                {value}
              </Link>
            ))}
          </span>
        </Fact>
        <Fact name={t('message.fact.lanes')}>
          <span className="mono">{orderKeys.filter(key => !/^[0-9a-f]{32,}$/.test(key)).join('  ') || '—'}</span>
        </Fact>
      </div>
      <h3 className="section-title">{t('message.timeline')}</h3>
      <Timeline life={life} />
    </Frame>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="fact">
      <span className="faint">{name}</span>
      <span>{children}</span>
    </div>
  )
}

type Happening = { readonly key: string; readonly atMs: number; readonly words: ReactNode; readonly tone: string }

function Timeline({ life }: { readonly life: Life }) {
  const { message } = life
  const happenings = useHappenings(life)
  return (
    <ol className="timeline">
      {happenings.map(({ key, atMs, words, tone }) => (
        <li key={key} data-tone={tone}>
          <Instant ms={atMs} long />
          <span className="faint number">{atMs >= message.receivedAtMs ? `+${durationText(atMs - message.receivedAtMs)}` : ''}</span>
          <span>{words}</span>
        </li>
      ))}
    </ol>
  )
}

function useHappenings({ message, eventTimeMs, effects, deliveries }: Life): Happening[] {
  const { t } = useTranslation()
  const found: Happening[] = [
    {
      key: 'received',
      atMs: message.receivedAtMs,
      tone: message.status === 'rejected' || message.status === 'quarantined' ? 'bad' : 'good',
      words: t('message.happened.received', { ack: message.ack || '—' }),
    },
  ]
  if (eventTimeMs !== undefined) found.push({ key: 'event', atMs: eventTimeMs, tone: 'quiet', words: t('message.happened.event') })
  if (message.settledAtMs !== undefined) {
    const isGood = message.status === 'processed' || message.status === 'filtered'
    const words = (
      <>
        {t(`messageStatus.${message.status}`)} · {t('message.happened.effects', { count: effects.length })}
      </>
    )
    found.push({ key: 'settled', atMs: message.settledAtMs, tone: isGood ? 'good' : 'bad', words })
  }
  if (message.retryAtMs !== undefined)
    found.push({ key: 'retry', atMs: message.retryAtMs, tone: 'warn', words: t('message.happened.retry') })
  for (const { destination, status, settledAtMs, dueAtMs, answer } of deliveries) {
    const words = (
      <>
        {t('message.happened.delivery', { destination })}{' '}
        <Tag tone={status === 'sent' ? 'good' : 'warn'}>{`${status} ${answer ?? ''}`}</Tag>
      </>
    )
    found.push({ key: destination, atMs: settledAtMs ?? dueAtMs, tone: status === 'sent' ? 'good' : 'warn', words })
  }
  return found.sort((a, b) => a.atMs - b.atMs)
}
