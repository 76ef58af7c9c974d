// One channel: its settings in words, then the whole definition.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useRights } from '../../api/session.ts'
import { TextView } from '../../code/lazy.tsx'
import { Frame } from '../../ui/panel.tsx'
import type { Channel } from './channels-page.tsx'

export function ChannelView({ channel }: { readonly channel: Channel }) {
  const { t, i18n } = useTranslation()
  const may = useRights()
  return (
    <Frame
      className="channel-view"
      title={channel.name[i18n.language === 'en' ? 'en' : 'zh']}
      extra={may('messages.read') && <Link to={`/messages?channel=${encodeURIComponent(channel.id)}`}>{t('channels.messages')}</Link>}
    >
      <dl className="channel-facts">
        {useFacts(channel).map(([name, value]) => (
          <div key={name}>
            <dt className="faint">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h3 className="channel-definition">{t('channels.definition')}</h3>
      <div className="channel-text">
        <TextView label={t('channels.definition')} syntax="json" text={JSON.stringify(channel, undefined, 2)} />
      </div>
    </Frame>
  )
}

function useFacts(channel: Channel): readonly (readonly [string, ReactNode])[] {
  const { t } = useTranslation()
  const { senders, types, destinations, silentAfterMinutes, systems, reach, limits } = channel
  const plain = (text: string) => <span className="mono">{text}</span>
  return [
    [t('channels.source'), plain(channel.source)],
    [t('channels.facility'), plain(`${channel.facility} → ${channel.tenant}`)],
    [t('channels.connector'), plain(`${channel.connector.kind} · ${channel.format}`)],
    [
      t('channels.senders'),
      senders.length === 0
        ? t('channels.anySender')
        : plain(senders.map(({ application, facility }) => [application, facility].filter(Boolean).join('@')).join('  ')),
    ],
    [t('channels.types'), types.length === 0 ? t('channels.everyType') : plain(types.join('  '))],
    [t('channels.plan'), channel.overlay ? plain(channel.overlay) : t('channels.basePlan')],
    [t('channels.order'), plain(channel.orderKey.join('  ') || '—')],
    [t('channels.onFailure'), t(`channels.onFailures.${channel.onFailure}`)],
    [t('channels.acknowledge'), t(`channels.acknowledges.${channel.acknowledge}`)],
    [
      t('channels.destinations'),
      destinations.length === 0
        ? t('message.step.noDelivery')
        : plain(
            destinations
              .map(({ id, connector, types: sent }) => `${id} (${connector.kind} ${connector.endpoint ?? ''}: ${sent.join(' ') || '*'})`)
              .join('  '),
          ),
    ],
    [t('channels.silent'), silentAfterMinutes > 0 ? t('channels.silentAfter', { count: silentAfterMinutes }) : t('channels.never')],
    [t('channels.counts'), systems.length === 0 ? '—' : `${t(`channels.reach.${reach}`)} · ${systems.join('  ')}`],
    [t('channels.zone'), plain(channel.zone)],
    [t('channels.limits'), `${Math.round(limits.frameBytesMax / 1024 / 1024)} MB`],
  ]
}
