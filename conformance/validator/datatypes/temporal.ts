// date, dateTime, instant and time (datatypes.html#dateTime): their grammar, and days that exist.
import type { FaultCode } from '#kernel/fault.ts'
import type { TextCheck } from '../program/primitive.ts'

const date = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?$/
const time = '(?:[01]\\d|2[0-3]):[0-5]\\d:(?:[0-5]\\d|60)(?:\\.\\d+)?'
const zone = '(?:Z|[+-](?:(?:0\\d|1[0-3]):[0-5]\\d|14:00))'
const dateTime = new RegExp(`^(\\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\\d|3[01])(?:T${time}(${zone})?)?)?)?$`)
const instant = new RegExp(`^(\\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T${time}(${zone})$`)
const timeOnly = new RegExp(`^${time}$`)

export const dateChecks: Readonly<Record<string, TextCheck>> = {
  date: dated(date, 'validator.date'),
  dateTime: dated(dateTime, 'validator.datetime', true),
  instant: dated(instant, 'validator.instant'),
  time: (text, run) => {
    if (!timeOnly.test(text)) run.error('validator.time', { found: text })
  },
}

function dated(grammar: RegExp, code: FaultCode, needsZone = false): TextCheck {
  return (text, run) => {
    const parts = grammar.exec(text)
    if (!parts || !exists(parts)) return run.error(code, { found: text })
    if (needsZone && parts[4] === undefined && text.includes('T')) run.error('validator.datetime-zone')
    const year = Number(parts[1])
    if (year < 1800 || year > 2100) run.warning('validator.year', { found: text })
  }
}

function exists([, year, month, day]: RegExpExecArray): boolean {
  if (year === '0000') return false
  if (day === undefined) return true
  return Number(day) <= daysOf(Number(year), Number(month))
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
