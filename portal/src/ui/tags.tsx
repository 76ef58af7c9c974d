// States of a message: colour, sign and word together.
import { useTranslation } from 'react-i18next'

export const messageStatuses = ['received', 'retrying', 'processed', 'filtered', 'failed', 'rejected', 'quarantined', 'duplicate'] as const
export type MessageStatus = (typeof messageStatuses)[number]

const looks: Readonly<Record<MessageStatus, { readonly tone: string; readonly sign: string }>> = {
  received: { tone: 'info', sign: '…' },
  retrying: { tone: 'warn', sign: '↻' },
  processed: { tone: 'good', sign: '✓' },
  filtered: { tone: 'quiet', sign: '⊘' },
  failed: { tone: 'bad', sign: '✕' },
  rejected: { tone: 'bad', sign: '⊗' },
  quarantined: { tone: 'warn', sign: '⚠' },
  duplicate: { tone: 'quiet', sign: '=' },
}

export function MessageStatusTag({ status }: { readonly status: MessageStatus }) {
  const { t } = useTranslation()
  const { tone, sign } = looks[status]
  return (
    <Tag tone={tone} sign={sign}>
      {t(`messageStatus.${status}`)}
    </Tag>
  )
}

export function Tag({ tone, sign, children }: { readonly tone: string; readonly sign?: string; readonly children: React.ReactNode }) {
  return (
    <span className={`tag tag-${tone}`}>
      {sign && <i aria-hidden="true">{sign}</i>}
      {children}
    </span>
  )
}
