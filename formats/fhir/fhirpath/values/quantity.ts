// System.Quantity: a decimal with a UCUM unit or a calendar duration (FHIRPath time-valued quantities).
import type { ExactDecimal } from '../../decimal.ts'

const calendarUnits = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'] as const

export type CalendarUnit = (typeof calendarUnits)[number]

/** `day` for `day` and `days`; undefined for any other word. */
export function calendarUnitOf(word: string): CalendarUnit | undefined {
  const singular = word.endsWith('s') ? word.slice(0, -1) : word
  return calendarUnits.find(unit => unit === singular)
}

/** The UCUM unit of each calendar duration; of years and months only roughly, so these two are equivalent but never equal. */
export const definiteUnits: Readonly<Record<CalendarUnit, string>> = {
  year: 'a',
  month: 'mo',
  week: 'wk',
  day: 'd',
  hour: 'h',
  minute: 'min',
  second: 's',
  millisecond: 'ms',
}

export const ucumSystem = 'http://unitsofmeasure.org'
export const calendarSystem = 'http://hl7.org/fhirpath/CodeSystem/calendar-units'

export class Quantity {
  readonly value: ExactDecimal
  /** A UCUM code, a calendar unit in the singular, or whatever an unknown system calls its unit. */
  readonly unit: string
  readonly system: string | undefined

  /** A unit that spells a calendar duration is one, quoted or not: UCUM has no such codes. */
  constructor(value: ExactDecimal, unit: string, system?: string) {
    const calendar = system === undefined || system === calendarSystem ? calendarUnitOf(unit) : undefined
    this.value = value
    this.unit = calendar ?? unit
    this.system = calendar ? calendarSystem : (system ?? ucumSystem)
  }

  get isCalendar(): boolean {
    return this.system === calendarSystem
  }

  withValue(value: ExactDecimal): Quantity {
    return new Quantity(value, this.unit, this.system)
  }

  /** As a literal: `1.5 'mg'`, `4 days`. */
  toString(): string {
    const number = this.value.toPlainString()
    if (!this.isCalendar) return `${number} '${this.unit}'`
    return `${number} ${this.unit}${this.value.toNumber() === 1 ? '' : 's'}`
  }

  /** As a FHIR Quantity. */
  toJSON(): object {
    return { value: this.value, unit: this.unit, system: this.system, code: this.unit }
  }
}
