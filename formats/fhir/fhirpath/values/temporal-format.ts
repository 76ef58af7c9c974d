// Dates and times in other spellings: the format codes of toDate(format) and toDateTime(format) (FHIRPath, trial use).
import { parseTemporal, type Temporal } from './temporal.ts'

type Field = 'year' | 'month' | 'day' | 'hour' | 'hour12' | 'minute' | 'second' | 'fraction' | 'half' | 'offset'

/** Code → the field it reads and the text it takes; longer codes first. */
const codes: readonly [string, Field, string][] = [
  ['yyyy', 'year', '\\d{4}'],
  ['yy', 'year', '\\d{2}'],
  ['MMMM', 'month', 'January|February|March|April|May|June|July|August|September|October|November|December'],
  ['MMM', 'month', 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec'],
  ['MM', 'month', '\\d{2}'],
  ['M', 'month', '\\d{1,2}'],
  ['dd', 'day', '\\d{2}'],
  ['d', 'day', '\\d{1,2}'],
  ['HH', 'hour', '\\d{2}'],
  ['H', 'hour', '\\d{1,2}'],
  ['hh', 'hour12', '\\d{2}'],
  ['h', 'hour12', '\\d{1,2}'],
  ['mm', 'minute', '\\d{2}'],
  ['m', 'minute', '\\d{1,2}'],
  ['ss', 'second', '\\d{2}'],
  ['s', 'second', '\\d{1,2}'],
  ['a', 'half', 'AM|PM|am|pm|A|P|上午|下午'],
  ['Z', 'offset', 'Z|[+-]\\d{2}:?\\d{2}'],
]

const monthNames = 'JanFebMarAprMayJunJulAugSepOctNovDec'
const formatLengthMax = 100

/** Undefined when the text does not have the format, or is no date. */
export function parseFormatted(type: 'Date' | 'DateTime', text: string, format: string): Temporal | undefined {
  if (format.length > formatLengthMax) return undefined
  const fields: Field[] = []
  let pattern = ''
  for (let at = 0; at < format.length; ) {
    const fraction = /^S+/.exec(format.slice(at))?.[0]
    const code = fraction === undefined ? codes.find(([name]) => format.startsWith(name, at)) : undefined
    if (fraction !== undefined) fields.push('fraction')
    if (code) fields.push(code[1])
    pattern += fraction ? `(\\d{${fraction.length}})` : code ? `(${code[2]})` : RegExp.escape(format[at]!)
    at += fraction?.length ?? code?.[0].length ?? 1
  }
  const match = new RegExp(`^${pattern}$`).exec(text)
  return match ? assembled(type, new Map(fields.map((field, i) => [field, match[i + 1]!]))) : undefined
}

function assembled(type: 'Date' | 'DateTime', found: ReadonlyMap<Field, string>): Temporal | undefined {
  const year = found.get('year')
  if (year === undefined) return undefined
  const parts = [
    year.length === 2 ? (Number(year) < 50 ? '20' : '19') + year : year,
    monthOf(found.get('month')),
    found.get('day')?.padStart(2, '0'),
  ]
  const date = parts.slice(0, parts.includes(undefined) ? parts.indexOf(undefined) : 3).join('-')
  const time = type === 'DateTime' ? timeOf(found) : undefined
  return parseTemporal(type, time === undefined ? date : `${date}T${time}`)
}

function monthOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const number = /^\d/.test(text) ? text : String(monthNames.indexOf(text.slice(0, 3)) / 3 + 1)
  return number.padStart(2, '0')
}

function timeOf(found: ReadonlyMap<Field, string>): string | undefined {
  const hour = hourOf(found)
  if (hour === undefined) return undefined
  const parts = [hour, found.get('minute')?.padStart(2, '0'), found.get('second')?.padStart(2, '0')]
  const time = parts.slice(0, parts.includes(undefined) ? parts.indexOf(undefined) : 3).join(':')
  const fraction = found.get('fraction')
  const offset = found.get('offset')?.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2') ?? ''
  return time + (fraction === undefined ? '' : `.${fraction}`) + offset
}

function hourOf(found: ReadonlyMap<Field, string>): string | undefined {
  const plain = found.get('hour')
  const half = found.get('hour12')
  if (half === undefined) return plain?.padStart(2, '0')
  const afternoon = /^[Pp下]/.test(found.get('half') ?? '')
  return String((Number(half) % 12) + (afternoon ? 12 : 0)).padStart(2, '0')
}
