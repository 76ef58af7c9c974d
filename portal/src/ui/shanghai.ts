// Times as people of the hospital read them: Asia/Shanghai, whatever the clock of the PC says.

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

export type Moment = { readonly date: string; readonly time: string; readonly seconds: string }

/** `2026-11-23`, `19:09`, `34`. */
export function moment(ms: number): Moment {
  const found = Object.fromEntries(parts.formatToParts(new Date(ms)).map(({ type, value }) => [type, value]))
  return {
    date: `${found['year']}-${found['month']}-${found['day']}`,
    time: `${found['hour']}:${found['minute']}`,
    seconds: found['second'] ?? '',
  }
}

/** `2026-11-23 19:09:34`. */
export function written(ms: number): string {
  const { date, time, seconds } = moment(ms)
  return `${date} ${time}:${seconds}`
}

/** Short where the year is this one: `11-23 19:09`. */
export function short(ms: number, nowMs: number = Date.now()): string {
  const { date, time } = moment(ms)
  return date.slice(0, 4) === moment(nowMs).date.slice(0, 4) ? `${date.slice(5)} ${time}` : `${date} ${time}`
}

export type Precision = 'year' | 'month' | 'day' | 'time'

/** A FHIR date, dateTime or instant: its beginning in ms and how exactly it was said; precision is never invented. */
export function readDated(text: string): { readonly ms: number; readonly precision: Precision } | undefined {
  const match = /^(\d{4})(-\d\d)?(-\d\d)?(T.+)?$/.exec(text)
  if (!match) return undefined
  const [, year, month, day, time] = match
  const ms = time ? Date.parse(text) : Date.parse(`${year}${month ?? '-01'}${day ?? '-01'}T00:00:00+08:00`)
  if (Number.isNaN(ms)) return undefined
  return { ms, precision: time ? 'time' : day ? 'day' : month ? 'month' : 'year' }
}

/** A FHIR time in Shanghai, as exact as it was said. */
export function datedText(text: string, long = false): string {
  const read = readDated(text)
  if (!read) return text
  if (read.precision === 'time') return long ? written(read.ms) : short(read.ms)
  return text
}

/** Start of a day (`2026-11-23`) in Shanghai, ms. */
export function dayStart(date: string): number {
  return Date.parse(`${date}T00:00:00+08:00`)
}
