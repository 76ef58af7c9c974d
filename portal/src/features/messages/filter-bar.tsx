// The filters of the message list: words take effect on Enter, choices at once.
import { Button, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRights } from '../../api/session.ts'
import { useGet } from '../../api/use-get.ts'
import { messageStatuses } from '../../ui/tags.tsx'
import { WordField } from '../../ui/word-field.tsx'
import { type Filters, type Range, rangeOf, ranges } from './filters.ts'
import { TimeRange } from './time-range.tsx'

export function FilterBar({ filters, onChange }: { readonly filters: Filters; readonly onChange: (change: Filters) => void }) {
  const { t } = useTranslation()
  const any = Object.keys(filters).length > 0
  const clear = () => onChange(Object.fromEntries(Object.keys(filters).map(name => [name, undefined])))
  return (
    <search className="filters" aria-label={t('messages.searchLabel')}>
      <WordField search width={330} label={t('messages.search')} value={filters.q} onChange={q => onChange({ q })} />
      <WordField width={140} label={t('messages.patient')} value={filters.patient} onChange={patient => onChange({ patient })} />
      <ChannelSelect value={filters.channel} onChange={channel => onChange({ channel })} />
      <Select
        mode="multiple"
        maxTagCount="responsive"
        style={{ width: 150 }}
        placeholder={t('messages.anyStatus')}
        aria-label={t('messages.status')}
        value={filters.status?.split(',') ?? []}
        options={messageStatuses.map(status => ({ value: status, label: t(`messageStatus.${status}`) }))}
        onChange={(statuses: string[]) => onChange({ status: statuses.join(',') })}
      />
      <WordField width={128} label={t('messages.type')} value={filters.type} onChange={type => onChange({ type })} />
      <WordField width={120} label={t('messages.fault')} value={filters.fault} onChange={fault => onChange({ fault })} />
      <Select<Range>
        style={{ width: 104 }}
        aria-label={t('messages.since')}
        value={rangeOf(filters)}
        options={[...ranges, 'custom' as const].map(range => ({ value: range, label: t(`messages.ranges.${range}`) }))}
        onChange={range =>
          onChange(
            range === 'custom'
              ? { range: undefined, since: String(Date.now() - 3_600_000) }
              : { range: range === 'all' ? undefined : range, since: undefined, until: undefined },
          )
        }
      />
      {rangeOf(filters) === 'custom' && <TimeRange since={filters.since} until={filters.until} onChange={onChange} />}
      {any && (
        <Button type="link" onClick={clear}>
          {t('messages.clear')}
        </Button>
      )}
    </search>
  )
}

function ChannelSelect({
  value,
  onChange,
}: {
  readonly value: string | undefined
  readonly onChange: (channel: string | undefined) => void
}) {
  const { t, i18n } = useTranslation()
  const may = useRights()
  const dashboard = useGet('/api/dashboard', {}, { enabled: may('dashboard.read') })
  if (!may('dashboard.read'))
    return (
      <Input style={{ width: 150 }} placeholder={t('messages.channel')} value={value} onChange={event => onChange(event.target.value)} />
    )
  const options = (dashboard.data?.channels ?? []).map(({ id, name }) => ({ value: id, label: name[i18n.language === 'en' ? 'en' : 'zh'] }))
  return (
    <Select
      allowClear
      style={{ width: 150 }}
      placeholder={t('messages.anyChannel')}
      aria-label={t('messages.channel')}
      value={value}
      options={options}
      onChange={(channel?: string) => onChange(channel)}
    />
  )
}
