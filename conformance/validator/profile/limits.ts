// minValue[x] and maxValue[x] (elementdefinition-definitions.html#minValue): numbers, dates and times, quantities of one unit, and spans from now.
import { compareDecimals, ExactDecimal } from '#formats/fhir/decimal.ts'
import { type Chosen, chosen, type Raw } from '../definitions/definition.ts'
import type { Located } from '../walk/item.ts'
import type { Run } from '../walk/run.ts'
import type { ProfileNode } from './tree.ts'

export function limitRule({ rules }: ProfileNode): ((item: Located, run: Run) => void) | undefined {
  const element = rules as Parameters<typeof chosen>[0]
  const min = chosen(element, 'minValue')
  const max = chosen(element, 'maxValue')
  if (!min && !max) return undefined
  return (item, run) => {
    if (min) checkLimit(item, min, 'min', run)
    if (max) checkLimit(item, max, 'max', run)
  }
}

function checkLimit({ value, type }: Located, limit: Chosen, side: 'min' | 'max', run: Run): void {
  if (value === undefined) return
  if (type.isQuantity) return checkQuantity(value as Raw, limit.value as Raw, side, run)
  const order = orderOf(value, limit, side, run)
  if (order !== undefined && (side === 'min' ? order < 0 : order > 0)) beyond(String(value), print(limit.value), side, run)
}

function checkQuantity(value: Raw, limit: Raw, side: 'min' | 'max', run: Run): void {
  const [own, expected] = [value['code'] ?? value['unit'], limit['code'] ?? limit['unit']]
  if (own !== expected) return run.error('validator.limit-unit', { found: String(own ?? ''), expected: String(expected ?? '') })
  const order = compareNumbers(value['value'], limit['value'])
  if (order !== undefined && (side === 'min' ? order < 0 : order > 0)) beyond(print(value), print(limit), side, run)
}

function beyond(found: string, limit: string, side: 'min' | 'max', run: Run): void {
  if (side === 'min') run.error('validator.min-value', { found, min: limit })
  else run.error('validator.max-value', { found, max: limit })
}

/** Undefined where the two cannot be compared. */
function orderOf(value: unknown, limit: Chosen, side: 'min' | 'max', run: Run): number | undefined {
  if (typeof value === 'string') {
    const bound = typeof limit.value === 'string' ? limit.value : fromNow(limit.value as Raw, side, run)
    return bound === undefined ? undefined : compareTexts(value, bound)
  }
  return compareNumbers(value, limit.value)
}

export function compareNumbers(left: unknown, right: unknown): number | undefined {
  const [a, b] = [decimalOf(left), decimalOf(right)]
  return a && b ? compareDecimals(a, b) : undefined
}

function decimalOf(value: unknown): ExactDecimal | undefined {
  return typeof value === 'number' ? ExactDecimal.fromNumber(value) : value instanceof ExactDecimal ? value : undefined
}

/** Dates and times by their shared precision; times with zones as moments. */
export function compareTexts(left: string, right: string): number {
  if (left.includes('T') && right.includes('T')) {
    const [a, b] = [Date.parse(left), Date.parse(right)]
    if (!Number.isNaN(a) && !Number.isNaN(b)) return a - b
  }
  const length = Math.min(left.length, right.length)
  const [a, b] = [left.slice(0, length), right.slice(0, length)]
  return a < b ? -1 : a > b ? 1 : 0
}

const spans: Readonly<Record<string, [years: number, months: number, days: number]>> = {
  a: [1, 0, 0],
  year: [1, 0, 0],
  years: [1, 0, 0],
  mo: [0, 1, 0],
  wk: [0, 0, 7],
  d: [0, 0, 1],
  day: [0, 0, 1],
  days: [0, 0, 1],
}

/** A span as a limit is taken from today for the least value and added to it for the greatest. */
function fromNow(span: Raw, side: 'min' | 'max', run: Run): string | undefined {
  const { clock } = run.settings
  const unit = spans[String(span['code'] ?? span['unit'])]
  const count = Number(span['value']) * (side === 'min' ? -1 : 1)
  if (!clock || !unit || !Number.isFinite(count)) return undefined
  const moment = new Date(clock.now())
  moment.setUTCFullYear(
    moment.getUTCFullYear() + unit[0] * count,
    moment.getUTCMonth() + unit[1] * count,
    moment.getUTCDate() + unit[2] * count,
  )
  return moment.toISOString().slice(0, 10)
}

function print(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? `${String((value as Raw)['value'])} ${String((value as Raw)['code'] ?? (value as Raw)['unit'] ?? '')}`
    : String(value)
}
