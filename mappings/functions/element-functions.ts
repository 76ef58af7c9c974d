// The escape hatch: functions that make a whole FHIR element where rules would not be readable. Named, typed, tested; a plan says `call: name(…)`.
import type { JsonValue } from '#kernel/json.ts'
import { referenceRange } from './reference-range.ts'
import { sampledData } from './sampled-data.ts'
import type { Setting } from './setting.ts'
import type { TextFunction, Value } from './text-functions.ts'

export type ElementFunction = Pick<TextFunction, 'takes' | 'more' | 'optional' | 'says'> & {
  /** FHIR type of the result. */
  readonly gives: string
  readonly apply: (texts: readonly string[], values: readonly (Value | undefined)[], setting: Setting) => JsonValue | undefined
}

export const elementFunctions: Readonly<Record<string, ElementFunction>> = {
  referenceRange: {
    takes: ['text', 'text', 'text', 'text'],
    optional: 3,
    gives: 'Observation.referenceRange',
    says: {
      zh: '参考范围文本（3.5-9.5、<5、≥60）与单位；能解析时给出上下限，原文始终保留',
      en: 'a reference range from its text (3.5-9.5, <5, ≥60), unit, unit code and system of the code; limits where they can be read, the text always',
    },
    apply: ([text, unit = '', code = '', system = '']) => referenceRange(text!, { unit, code, system }),
  },
  sampledData: {
    takes: ['text', 'text'],
    optional: 1,
    gives: 'SampledData',
    says: { zh: '数值数组（NA）', en: 'an array of numbers (NA)' },
    apply: ([text, unit = '']) => sampledData(text!, unit),
  },
}
