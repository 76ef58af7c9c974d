// $fhirpath: an expression evaluated on a resource (Parameters in, Parameters out, as FHIRPath test pages ask it of servers).
import { fault } from '#kernel/fault.ts'
import type { JsonObject } from '#kernel/json.ts'
import { limits } from '#kernel/limits.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Answer } from '../../rest/answer.ts'
import type { Call, Rest } from '../../rest/call.ts'
import { fetchReferences } from '../fetch-references.ts'
import type { Operation } from '../operation.ts'
import { type FhirPathAsked, readFhirPathAsked } from './asked.ts'
import { type Evaluated, evaluate } from './evaluate.ts'
import { valuePart } from './value-part.ts'
import { worldOf } from './world.ts'

export const fhirpath: Operation = {
  name: 'fhirpath',
  definition: 'http://fhirpath-lab.com/OperationDefinition/fhirpath',
  level: 'system',
  types: [],
  safe: false,
  touch: 'none',
  handle,
}

/** How often an expression may be run anew: each time what the last run missed was fetched. */
const roundsMax = 8
const answerCharactersMax = limits.resourceBytesMax

async function handle(call: Call, rest: Rest): Promise<Result<Answer>> {
  const asked = readFhirPathAsked(call.resource ?? {})
  if (!asked.ok) return asked
  const results = await evaluateAll(asked.value, call, rest)
  return results.ok ? answer(asked.value, results.value, rest.version) : results
}

async function evaluateAll(asked: FhirPathAsked, call: Call, rest: Rest): Promise<Result<readonly Evaluated[]>> {
  const fetched = new Map<string, JsonObject | null>()
  const world = await worldOf(asked, fetched, call, rest)
  if (!world.ok) return world
  for (let round = 1; ; round++) {
    const done = evaluate(asked, world.value)
    if (!done.ok) return done
    const references = done.value.needs.flatMap(need => (need.kind === 'reference' && !fetched.has(need.reference) ? [need.reference] : []))
    if (references.length === 0 || round === roundsMax) return ok(done.value.results)
    const found = await fetchReferences([...new Set(references)], call.caller, rest)
    if (!found.ok) return found
    for (const [reference, resource] of found.value) fetched.set(reference, resource)
  }
}

function answer(asked: FhirPathAsked, results: readonly Evaluated[], version: string): Result<Answer> {
  const head = { name: 'parameters', part: [{ name: 'evaluator', valueString: `Huilian ${version} (R4)` }, ...asked.echo] }
  let characters = 0
  const parts: string[] = []
  for (const result of [head, ...results.map(resultPart)]) {
    const text = JSON.stringify(result)
    characters += text.length
    if (characters > answerCharactersMax) return failed(fault('fhirpath.answer-too-large', { args: { max: answerCharactersMax } }))
    parts.push(text)
  }
  return ok({ status: 200, body: `{"resourceType":"Parameters","id":"fhirpath","parameter":[${parts.join()}]}` })
}

function resultPart({ context, values, traces }: Evaluated): JsonObject {
  const part = [
    ...values.map(({ path, ...value }) => valuePart(value, path)),
    ...traces.map(({ name, values: traced }) => ({
      name: 'trace',
      ...(name === '' ? {} : { valueString: name }),
      ...(traced.length === 0 ? {} : { part: traced.map(value => valuePart(value, undefined)) }),
    })),
  ]
  return { name: 'result', ...(context === undefined ? {} : { valueString: context }), ...(part.length === 0 ? {} : { part }) }
}
