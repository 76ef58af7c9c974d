// What was sent on, to whom, and what they answered.
import { useTranslation } from 'react-i18next'
import { termOf } from '../../i18n/index.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Frame } from '../../ui/panel.tsx'
import { Empty } from '../../ui/state.tsx'
import { Tag } from '../../ui/tags.tsx'
import { Instant } from '../../ui/time.tsx'
import type { Life } from './message-page.tsx'

export function Deliveries({ life }: { readonly life: Life }) {
  const { t } = useTranslation()
  return (
    <Frame title={t('message.stage.delivered')} className="flush">
      {life.deliveries.length === 0 ? (
        <Empty words={t('message.noDeliveries')} />
      ) : (
        <DataTable
          label={t('message.stage.delivered')}
          rows={life.deliveries}
          rowKey={delivery => delivery.destination}
          columns={[
            { key: 'destination', title: t('message.delivery.destination'), cell: delivery => delivery.destination },
            {
              key: 'status',
              title: t('message.delivery.status'),
              width: 100,
              cell: ({ status }) => (
                <Tag tone={status === 'sent' ? 'good' : status === 'failed' ? 'bad' : 'warn'}>
                  {termOf('message.deliveryStatus', status)}
                </Tag>
              ),
            },
            { key: 'answer', title: t('message.delivery.answer'), width: 80, cell: delivery => delivery.answer ?? '—' },
            { key: 'attempt', title: t('message.delivery.attempt'), width: 70, align: 'right', cell: delivery => delivery.attempt },
            {
              key: 'at',
              title: t('message.delivery.at'),
              width: 170,
              cell: delivery => <Instant ms={delivery.settledAtMs ?? delivery.dueAtMs} long />,
            },
            { key: 'fault', title: t('message.delivery.fault'), cell: delivery => <span className="bad">{delivery.fault?.text}</span> },
          ]}
        />
      )}
    </Frame>
  )
}
