// From and until as the browser's own fields, read as Shanghai time.
import { useTranslation } from 'react-i18next'
import { moment } from '../../ui/shanghai.ts'
import type { Filters } from './filters.ts'

export function TimeRange({
  since,
  until,
  onChange,
}: {
  readonly since: string | undefined
  readonly until: string | undefined
  readonly onChange: (change: Filters) => void
}) {
  const { t } = useTranslation()
  return (
    <span className="row">
      <TimeField label={t('messages.since')} value={since} onChange={value => onChange({ since: value })} />
      <span className="faint">–</span>
      <TimeField label={t('messages.until')} value={until} onChange={value => onChange({ until: value })} />
    </span>
  )
}

function TimeField({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: string | undefined
  readonly onChange: (ms: string | undefined) => void
}) {
  const shown = value ? moment(Number(value)) : undefined
  return (
    <input
      type="datetime-local"
      className="field"
      aria-label={label}
      defaultValue={shown ? `${shown.date}T${shown.time}` : ''}
      onChange={event => onChange(event.target.value ? String(Date.parse(`${event.target.value}:00+08:00`)) : undefined)}
    />
  )
}
