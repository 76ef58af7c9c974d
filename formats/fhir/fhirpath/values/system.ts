// FHIR values as FHIRPath's own types (fhirpath.html#types: FHIR primitives are converted when they are used in expressions).
import { ExactDecimal } from '../../decimal.ts'
import type { TypeDefinition } from '../../model/model.ts'
import type { Item } from './collection.ts'
import { Node, type Raw } from './node.ts'
import { calendarSystem, definiteUnits, Quantity, ucumSystem } from './quantity.ts'
import { parseTemporal, type TemporalType } from './temporal.ts'

/** Time-valued UCUM codes that stand for calendar durations in a FHIR Quantity (fhirpath.html#quantity). */
const calendarOfCode = new Map(Object.entries(definiteUnits).map(([calendar, code]) => [code, calendar]))

/**
 * The system value of a raw primitive or Quantity of a type. Undefined where there is none: a primitive without a value, a
 * complex type. A value that does not fit its type (a date that is none) stays the string or number it is.
 */
export function systemValue(value: unknown, def: TypeDefinition | undefined): Item | undefined {
  if (value instanceof Node) return systemValue(value.value, value.def)
  if (value === undefined || value === null) return undefined
  if (def === undefined) return untypedValue(value)
  switch (def.system) {
    case 'Decimal':
      return typeof value === 'number' ? ExactDecimal.fromNumber(value) : (value as Item)
    case 'Date':
    case 'DateTime':
    case 'Time':
      return typeof value === 'string' ? (parseTemporal(def.system as TemporalType, value) ?? value) : (value as Item)
    case undefined:
      return def.isQuantity ? quantityValue(value as Raw) : undefined
    default:
      return value as Item
  }
}

/** A self-describing item as a system value: system values are themselves. */
export function systemItem(item: Item): Item | undefined {
  if (typeof item !== 'object') return item
  if (item instanceof Node) return systemValue(item.value, item.def)
  return 'resourceType' in item ? undefined : item
}

/** JSON outside any model: a number with a fraction is a decimal. */
function untypedValue(value: unknown): Item | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : ExactDecimal.fromNumber(value)
  return typeof value === 'object' && !(value instanceof ExactDecimal) ? undefined : (value as Item)
}

/**
 * A FHIR Quantity as System.Quantity. A comparator (`<5`) names a range, which is no quantity. Where there is no UCUM code the
 * unit only serves to be the same as another or not.
 */
function quantityValue(raw: Raw): Quantity | undefined {
  const { value, code, unit, system, comparator } = raw
  if ((typeof value !== 'number' && !(value instanceof ExactDecimal)) || comparator !== undefined) return undefined
  const decimal = typeof value === 'number' ? ExactDecimal.fromNumber(value) : value
  const name = typeof code === 'string' ? code : typeof unit === 'string' ? unit : undefined
  if (name === undefined) return new Quantity(decimal, '1')
  const calendar = system === ucumSystem ? calendarOfCode.get(name) : undefined
  if (calendar !== undefined) return new Quantity(decimal, calendar, calendarSystem)
  return new Quantity(decimal, name, typeof system === 'string' ? system : 'unknown')
}
