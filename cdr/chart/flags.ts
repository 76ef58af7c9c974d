// What an Observation says about its value: high, low, critical (v3-ObservationInterpretation), or what its own reference range tells when it says nothing.
import type { JsonObject } from '#kernel/json.ts'
import { codesOf, number, object, objects, text } from './element.ts'

export const flags = ['critical-high', 'critical-low', 'critical', 'high', 'low', 'abnormal', 'normal', 'none'] as const
export type Flag = (typeof flags)[number]

const byCode: Readonly<Record<string, Flag>> = {
  HH: 'critical-high',
  LL: 'critical-low',
  AA: 'critical',
  H: 'high',
  HU: 'critical-high',
  L: 'low',
  LU: 'critical-low',
  A: 'abnormal',
  POS: 'abnormal',
  R: 'abnormal',
  N: 'normal',
  NEG: 'normal',
  S: 'normal',
}

export function isCritical(flag: Flag): boolean {
  return flag.startsWith('critical')
}

export type Range = { readonly low?: number; readonly high?: number; readonly text: string }

/** The range of that report: of the Observation itself, never of the item in general. */
export function rangeOf(observation: JsonObject): Range | undefined {
  const range = objects(observation['referenceRange'])[0]
  if (!range) return undefined
  const low = object(range['low'])['value']
  const high = object(range['high'])['value']
  return { low: number(low), high: number(high), text: text(range['text']) || written(text(low), text(high)) }
}

function written(low: string, high: string): string {
  if (low === '' && high === '') return ''
  if (high === '') return `≥ ${low}`
  return low === '' ? `≤ ${high}` : `${low}–${high}`
}

export function flagOf(observation: JsonObject): Flag {
  const stated = codesOf(observation['interpretation']).flatMap(({ code }) => byCode[code] ?? [])
  if (stated.length > 0) return stated.find(isCritical) ?? stated[0]!
  const value = number(object(observation['valueQuantity'])['value'])
  const range = rangeOf(observation)
  if (value === undefined || !range) return 'none'
  if (range.high !== undefined && value > range.high) return 'high'
  if (range.low !== undefined && value < range.low) return 'low'
  return range.low === undefined && range.high === undefined ? 'none' : 'normal'
}
