// Arrays of numbers (NA) as SampledData (FHIR R4 datatypes.html#SampledData): the numbers behind one another, their time base unknown to HL7 v2.
import type { JsonObject } from '#kernel/json.ts'

const numberForm = /^[+-]?(\d+\.?\d*|\.\d+)$/

/**
 * Dimensions are the repetitions of the field, data the numbers of each point. A period that the message does not give is 0, which R4 demands
 * to be stated; undefined when a part is no number.
 */
export function sampledData(raw: string, unit: string): JsonObject | undefined {
  const points = raw.split('~').map(point => point.split('^').map(number => number.trim()))
  if (points.length === 0 || !points.flat().every(number => numberForm.test(number))) return undefined
  const length = points[0]!.length
  if (!points.every(point => point.length === length)) return undefined
  const samples = Array.from({ length }, (_, at) => points.map(point => point[at]!))
  return {
    origin: { value: 0, ...(unit === '' ? {} : { unit }) },
    period: 0,
    dimensions: points.length,
    data: samples.flat().join(' '),
  }
}
