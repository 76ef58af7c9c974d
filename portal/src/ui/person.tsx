// A person in words: sex, age as hospitals say it.
import { useTranslation } from 'react-i18next'
import { termOf } from '../i18n/index.ts'
import { moment } from './shanghai.ts'

export type Age = { readonly unit: 'days' | 'months' | 'years'; readonly count: number }

/** Days in the first month, months up to three years, then years; undefined when the birth date is not known to the day or the year. */
export function ageAt(birthDate: string | undefined, nowMs: number): Age | undefined {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(birthDate ?? '')
  if (!match) return undefined
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)]
  const [nowYear, nowMonth, nowDay] = moment(nowMs).date.split('-').map(Number) as [number, number, number]
  const days = Math.floor((Date.UTC(nowYear, nowMonth - 1, nowDay) - Date.UTC(year, month - 1, day)) / 86_400_000)
  if (days < 0) return undefined
  const months = (nowYear - year) * 12 + (nowMonth - month) - (nowDay < day ? 1 : 0)
  if (match[3] && months < 1) return { unit: 'days', count: days }
  if (match[2] && months < 36) return { unit: 'months', count: months }
  return { unit: 'years', count: match[2] ? Math.floor(months / 12) : nowYear - year }
}

export function SexAge({
  sex,
  birthDate,
  nowMs,
}: {
  readonly sex: string
  readonly birthDate: string | undefined
  readonly nowMs: number
}) {
  const { t } = useTranslation()
  const age = ageAt(birthDate, nowMs)
  return (
    <span className="nowrap">
      {termOf('person.sex', sex) || t('person.sexUnknown')} {age && t(`person.${age.unit}`, { count: age.count })}
    </span>
  )
}
