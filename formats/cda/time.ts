// Times of CDA (TS: yyyyMMdd[HHmm[ss]], Beijing time where no offset stands) and of FHIR (ISO 8601 with offset).

const fhirForm = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/
const beijingMinutes = 480

/** A FHIR date, dateTime or instant in Beijing time, as precisely as it is known; undefined for anything else. */
export function cdaTime(fhir: string): string | undefined {
  const match = fhirForm.exec(fhir)
  if (!match) return undefined
  const [, year, month = '', day = '', hour, minute = '', second = '', offset] = match
  if (hour === undefined) return year + month + day
  if (offset === undefined || minutesOf(offset) === beijingMinutes) return year + month + day + hour + minute + second
  const at = Date.parse(fhir) + beijingMinutes * 60_000
  if (Number.isNaN(at)) return undefined
  return new Date(at)
    .toISOString()
    .slice(0, second === '' ? 16 : 19)
    .replace(/\D/g, '')
}

/** A moment in milliseconds as `yyyyMMddHHmmss` in Beijing time. */
export function cdaMoment(ms: number): string {
  return new Date(ms + beijingMinutes * 60_000).toISOString().slice(0, 19).replace(/\D/g, '')
}

function minutesOf(offset: string): number {
  if (offset === 'Z') return 0
  const [hours, minutes] = offset.slice(1).split(':')
  return (offset[0] === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

const cdaForm = /^(\d{4})(?:(\d\d)(?:(\d\d)(?:T?(\d\d)(?:(\d\d)(?:(\d\d)(?:\.\d+)?)?)?)?)?)?([+-]\d{4})?$/

/** Whether a TS is well formed and a day of the calendar, a time of the clock. Some write a `T` (DT15). */
export function isCdaTime(text: string): boolean {
  const match = cdaForm.exec(text)
  if (!match) return false
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00'] = match
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  if (Number.isNaN(date.getTime()) || date.getUTCDate() !== Number(day) || date.getUTCMonth() + 1 !== Number(month)) return false
  return Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60
}

/** A TS as people read it: `2026-03-03 16:07:07`; the text itself where it is no TS. */
export function shownTime(text: string): string {
  const match = cdaForm.exec(text)
  if (!match || !isCdaTime(text)) return text
  const [, year, month, day, hour, minute, second, offset] = match
  const date = [year, month, day].filter(part => part !== undefined).join('-')
  const clock = [hour, minute, second].filter(part => part !== undefined).join(':')
  return [date, clock, offset].filter(part => part !== undefined && part !== '').join(' ')
}

/** Whole years, or days below one year, from a birth date to a later time, both as TS; undefined where either is not known to the day. */
export function ageAt(birth: string, at: string): { value: string; unit: string } | undefined {
  if (!isCdaTime(birth) || !isCdaTime(at) || birth.length < 8 || at.length < 8) return undefined
  const born = birth.slice(0, 8)
  const then = at.slice(0, 8)
  if (then < born) return undefined
  const years = Number(then.slice(0, 4)) - Number(born.slice(0, 4)) - (then.slice(4) < born.slice(4) ? 1 : 0)
  if (years > 0) return { value: String(years), unit: '岁' }
  return { value: String(Math.round((dayOf(then) - dayOf(born)) / 86_400_000)), unit: '天' }
}

function dayOf(yyyymmdd: string): number {
  return Date.UTC(Number(yyyymmdd.slice(0, 4)), Number(yyyymmdd.slice(4, 6)) - 1, Number(yyyymmdd.slice(6, 8)))
}
