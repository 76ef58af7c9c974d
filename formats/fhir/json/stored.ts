// Reads JSON that this program wrote itself: no checks, and no cost beyond JSON.parse unless it holds a decimal that a double would change.

import type { JsonObject } from '#kernel/json.ts'
import { must } from '#kernel/result.ts'
import { parseResource } from './read.ts'

/** A number whose text a double may not print back: a trailing zero in the fraction, an exponent, minus zero, or too many digits. */
const inexact = /(?:":|[[,])-?(?:\d+\.\d*0|\d[\d.]*[eE][\d+-]+|[\d.]{16,}|(?<=-)0)[,}\]]/

/** The object that a stored body holds, decimals as they were received. Throws on text that is not the program's own JSON. */
export function readStored(text: string): JsonObject {
  return inexact.test(text) ? must(parseResource(text, { depthMax: Number.POSITIVE_INFINITY })) : (JSON.parse(text) as JsonObject)
}
