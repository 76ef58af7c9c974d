// State of a document and of its check: sign and word together.
import { useTranslation } from 'react-i18next'
import { Tag } from '../../ui/tags.tsx'
import type { DocumentRow } from './use-documents.ts'

export function CheckTag({ checked }: { readonly checked: DocumentRow['checked'] }) {
  const { t } = useTranslation()
  if (!checked) return <Tag tone="quiet">{t('documents.unchecked')}</Tag>
  if (!checked.valid) {
    return (
      <Tag tone="bad" sign="✕">
        {t('documents.invalid', { count: checked.errors })}
      </Tag>
    )
  }
  return (
    <>
      <Tag tone="good" sign="✓">
        {t('documents.valid')}
      </Tag>
      {checked.warnings > 0 && <Tag tone="warn">{t('documents.warnings', { count: checked.warnings })}</Tag>}
    </>
  )
}

const tones: Readonly<Record<DocumentRow['status'], string>> = { current: 'good', superseded: 'quiet', 'entered-in-error': 'bad' }

export function StatusTag({ status }: { readonly status: DocumentRow['status'] }) {
  const { t } = useTranslation()
  return <Tag tone={tones[status]}>{t(`documents.statuses.${status}`)}</Tag>
}
