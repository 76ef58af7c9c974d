// One Observation as a cell: its value as written, its unit, flag and the range of that report.
import type { JsonObject } from '#kernel/json.ts'
import { integer, number as numberSchema, oneOf, object as shape, string } from '#platform/http/schema.ts'
import { codesOf, conceptText, firstText, number, object, objects, text } from './element.ts'
import { flagOf, flags, rangeOf } from './flags.ts'

export const measuredSchema = {
  id: string,
  version: integer,
  at: string,
  text: string,
  'value?': numberSchema,
  unit: string,
  flag: oneOf(...flags),
  range: string,
  'low?': numberSchema,
  'high?': numberSchema,
  status: string,
}

export const componentSchema = shape({ name: string, text: string, unit: string })

export function measured(observation: JsonObject, version: number) {
  const quantity = object(observation['valueQuantity'])
  const range = rangeOf(observation)
  return {
    id: text(observation['id']),
    version,
    at: whenOf(observation),
    text: valueText(observation),
    value: number(quantity['value']),
    unit: text(quantity['unit']) || text(quantity['code']),
    flag: flagOf(observation),
    range: range?.text ?? '',
    low: range?.low,
    high: range?.high,
    status: text(observation['status']),
  }
}

/** As written: `5.10` stays `5.10`, `<0.01` keeps its comparator. Components of a panel (blood pressure) stand side by side. */
export function valueText(observation: JsonObject): string {
  const single = singleText(observation)
  if (single !== '') return single
  const parts = objects(observation['component']).map(singleText).filter(Boolean)
  if (parts.length > 0) return parts.join('/')
  return conceptText(observation['dataAbsentReason'])
}

function singleText(holder: JsonObject): string {
  const quantity = object(holder['valueQuantity'])
  if (text(quantity['value']) !== '') return `${text(quantity['comparator'])}${text(quantity['value'])}`
  const range = object(holder['valueRange'])
  const ratio = object(holder['valueRatio'])
  const bounds = [range['low'], range['high']].map(bound => text(object(bound)['value']))
  const terms = [ratio['numerator'], ratio['denominator']].map(term => text(object(term)['value']))
  if (bounds.some(Boolean)) return bounds.join('–')
  if (terms.some(Boolean)) return terms.join(':')
  if (typeof holder['valueBoolean'] === 'boolean') return holder['valueBoolean'] ? '是' : '否'
  return conceptText(holder['valueCodeableConcept']) || firstText(holder, 'valueString', 'valueInteger', 'valueDateTime', 'valueTime')
}

export function whenOf(observation: JsonObject): string {
  return (
    firstText(observation, 'effectiveDateTime', 'effectiveInstant') ||
    text(object(observation['effectivePeriod'])['start']) ||
    text(observation['issued'])
  )
}

/** Items are the same when the sender's own code is; an uncoded item is known by its text. */
export function itemOf(observation: JsonObject): { readonly key: string; readonly code: string; readonly name: string } {
  const [first] = codesOf(observation['code'])
  const name = conceptText(observation['code'])
  return { key: first ? `${first.system}|${first.code}` : name, code: first?.code ?? '', name }
}
