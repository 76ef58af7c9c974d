// Who is here now: an inpatient until the end is said, an emergency patient for the 72 hours that observation may last (急诊留观不超过 72 小时).
import type { JsonObject } from '#kernel/json.ts'
import type { Filter } from '#kernel/search-plan.ts'
import { dateInterval } from '../index/date-interval.ts'
import { object, text } from './element.ts'

/** v3 ActEncounterCode of those who lie here. */
const inpatient: readonly string[] = ['IMP', 'ACUTE', 'NONAC', 'OBSENC']
const emergency = 'EMER'
const observationMsMax = 72 * 3_600_000

export function isStay(encounter: JsonObject, nowMs: number): boolean {
  if (encounter['status'] !== 'in-progress') return false
  const code = text(object(encounter['class'])['code'])
  if (inpatient.includes(code)) return true
  const startMs = dateInterval(text(object(encounter['period'])['start']))?.from
  return code === emergency && startMs !== undefined && startMs > nowMs - observationMsMax
}

/** The same as a search over Encounters. */
export function staysNow(nowMs: number): Filter {
  const fromMs = nowMs - observationMsMax
  const ofClass = (code: string): Filter => ({ op: 'token', param: 'class', code })
  const recent: Filter = { op: 'date', param: 'date', prefix: 'sa', from: fromMs, to: fromMs }
  return {
    op: 'and',
    of: [
      { op: 'token', param: 'status', code: 'in-progress' },
      { op: 'or', of: [...inpatient.map(ofClass), { op: 'and', of: [ofClass(emergency), recent] }] },
    ],
  }
}
