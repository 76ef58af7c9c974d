// Conversion functions: toX() and convertsToX() for each system type (FHIRPath section Conversion).
import { ExactDecimal } from '../../../decimal.ts'
import { parseUnit } from '../../../ucum/unit.ts'
import type { Item } from '../../values/collection.ts'
import { isNumber, toDecimal } from '../../values/numbers.ts'
import { calendarUnitOf, Quantity } from '../../values/quantity.ts'
import { convertQuantity } from '../../values/quantity-arithmetic.ts'
import { parseTemporal, Temporal } from '../../values/temporal.ts'
import { parseFormatted } from '../../values/temporal-format.ts'
import type { FunctionTable } from '../call.ts'
import { type Kind, type ScalarFunction, scalar } from '../scalar.ts'

/** The value as another type; undefined when it has none there. */
type Conversion = (value: Item, argument: string | undefined) => Item | undefined

export const conversion: FunctionTable = {
  ...pair('Boolean', [], toBoolean),
  ...pair('Integer', [], toInteger),
  ...pair('Long', [], toLong),
  ...pair('Decimal', [], toDecimalValue),
  ...pair('String', [], toText),
  ...pair('Date', ['String'], toDate),
  ...pair('DateTime', ['String'], toDateTime),
  ...pair('Time', [], toTime),
  ...pair('Quantity', ['String'], toQuantity),
}

function pair(type: ScalarFunction['result'], args: readonly Kind[], convert: Conversion): FunctionTable {
  const base = { input: 'Any', args, optional: args.length } as const
  return {
    [`to${type}`]: scalar({ ...base, result: type, run: (input, [argument]) => convert(input, argument as string | undefined) }),
    [`convertsTo${type}`]: scalar({
      ...base,
      result: 'Boolean',
      run: (input, [argument]) => convert(input, argument as string | undefined) !== undefined,
    }),
  }
}

const truths = new Set(['true', 't', 'yes', 'y', '1', '1.0'])
const falsehoods = new Set(['false', 'f', 'no', 'n', '0', '0.0'])

function toBoolean(value: Item): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (typeof value === 'string') return truths.has(value.toLowerCase()) ? true : falsehoods.has(value.toLowerCase()) ? false : undefined
  if (!isNumber(value)) return undefined
  const number = toDecimal(value).toNumber()
  return number === 1 ? true : number === 0 ? false : undefined
}

const integerText = /^[+-]?\d{1,20}$/

function toInteger(value: Item): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  const number =
    typeof value === 'bigint' ? Number(value) : typeof value === 'string' && integerText.test(value) ? Number(value) : Number.NaN
  return number >= -2147483648 && number <= 2147483647 ? number + 0 : undefined
}

function toLong(value: Item): bigint | undefined {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return BigInt(value)
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (typeof value !== 'string' || !integerText.test(value)) return undefined
  const long = BigInt(value.replace('+', ''))
  return long >= -(2n ** 63n) && long < 2n ** 63n ? long : undefined
}

function toDecimalValue(value: Item): ExactDecimal | undefined {
  if (isNumber(value)) return toDecimal(value)
  if (typeof value === 'boolean') return ExactDecimal.of(value ? 10n : 0n, 1)
  return typeof value === 'string' ? decimalOf(value) : undefined
}

function decimalOf(text: string): ExactDecimal | undefined {
  const match = /^([+-]?)0*(\d{1,500}(?:\.\d{1,500})?)$/.exec(text)
  return match ? ExactDecimal.parse((match[1] === '-' ? '-' : '') + match[2]) : undefined
}

/** Complex elements have no text. */
function toText(value: Item): string | undefined {
  if (typeof value === 'string') return value
  if (value instanceof ExactDecimal) return value.toPlainString()
  return typeof value !== 'object' || value instanceof Temporal || value instanceof Quantity ? String(value) : undefined
}

function toDate(value: Item, format: string | undefined): Temporal | undefined {
  if (value instanceof Temporal) return value.type === 'Time' ? undefined : dateOf(value)
  if (typeof value !== 'string') return undefined
  if (format !== undefined) return parseFormatted('Date', value, format)
  return parseTemporal('Date', value)
}

/** The day of a DateTime as it was written, its zone left aside. */
export function dateOf(value: Temporal): Temporal {
  if (value.type === 'Date') return value
  const precision = Math.min(value.precision, 3) as 1 | 2 | 3
  return value.with({ type: 'Date', precision, hour: 0, minute: 0, second: 0, nanosecond: 0, fractionDigits: 0, offsetMinutes: undefined })
}

function toDateTime(value: Item, format: string | undefined): Temporal | undefined {
  if (value instanceof Temporal)
    return value.type === 'Time' ? undefined : value.type === 'DateTime' ? value : value.with({ type: 'DateTime' })
  if (typeof value !== 'string') return undefined
  return format === undefined ? parseTemporal('DateTime', value) : parseFormatted('DateTime', value, format)
}

function toTime(value: Item): Temporal | undefined {
  if (value instanceof Temporal) return value.type === 'Time' ? value : undefined
  return typeof value === 'string' ? parseTemporal('Time', value) : undefined
}

const quantityText = /^([+-]?\d{1,500}(?:\.\d{1,500})?)\s*(?:'([^']+)'|([a-zA-Z]+))?$/

function toQuantity(value: Item, unit: string | undefined): Quantity | undefined {
  const quantity = quantityOf(value)
  return unit === undefined || quantity === undefined ? quantity : convertQuantity(quantity, unit)
}

function quantityOf(value: Item): Quantity | undefined {
  if (value instanceof Quantity) return value
  if (isNumber(value)) return new Quantity(toDecimal(value), '1')
  if (typeof value === 'boolean') return new Quantity(ExactDecimal.of(value ? 10n : 0n, 1), '1')
  if (typeof value !== 'string') return undefined
  const [, number, unit, word] = quantityText.exec(value) ?? []
  if (number === undefined) return undefined
  if (word !== undefined && calendarUnitOf(word) === undefined) return undefined
  if (unit !== undefined && calendarUnitOf(unit) === undefined && parseUnit(unit) === undefined) return undefined
  return new Quantity(decimalOf(number)!, unit ?? word ?? '1')
}
