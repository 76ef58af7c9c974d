// Evaluating an expression on each item of a context: traced, within limits, and run anew when what it needs has been fetched.
import type { EvaluationContext, Need } from '#formats/fhir/fhirpath/evaluation.ts'
import { compile, type Evaluated as EvaluatedValues, type Expression } from '#formats/fhir/fhirpath/expression.ts'
import { type TypedValue, typedValue } from '#formats/fhir/fhirpath/values/typed-value.ts'
import { r4 } from '#formats/fhir/model/r4.ts'
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { FhirPathAsked } from './asked.ts'

export const contextsMax = 500
/** Steps of one request, over all its contexts. */
const stepsMax = 1_000_000
const stepsMin = 10_000

export type Evaluated = {
  /** `Patient.name[0]`; undefined where no context was asked for. */
  readonly context: string | undefined
  readonly values: readonly Located[]
  readonly traces: readonly { readonly name: string; readonly values: readonly TypedValue[] }[]
}

export type Located = TypedValue & { readonly path: string | undefined }

export type Round = { readonly results: readonly Evaluated[]; readonly needs: readonly Need[] }

/** Faults `fhirpath.…` with line and column. With needs, the results are preliminary. */
export function evaluate(asked: FhirPathAsked, world: EvaluationContext): Result<Round> {
  const contexts = contextsOf(asked, world)
  if (!contexts.ok) return contexts
  const { items, needs } = contexts.value
  const shared = { ...world, stepsMax: Math.max(stepsMin, Math.floor(stepsMax / Math.max(1, items.length))) }
  const results: Evaluated[] = []
  const wanted = [...needs]
  for (const item of items) {
    const traces: Evaluated['traces'][number][] = []
    const trace = (name: string, values: Parameters<NonNullable<EvaluationContext['trace']>>[1]) =>
      void traces.push({ name, values: values.map(value => typedValue(value)) })
    const done = run(asked.expression, item, { ...shared, trace })
    if (!done.ok) return done
    wanted.push(...done.value.needs)
    results.push({ context: item.path, values: withPaths(asked.expression, item, done.value.values, shared), traces })
  }
  return ok({ results, needs: wanted })
}

/** What an expression is evaluated on; `place` is where paths in it begin. */
type Focus = {
  readonly value: unknown
  readonly type: string | undefined
  readonly path: string | undefined
  readonly place: string | undefined
}

function contextsOf({ context, resource }: FhirPathAsked, world: EvaluationContext): Result<{ items: Focus[]; needs: readonly Need[] }> {
  const type = typeof resource?.['resourceType'] === 'string' ? resource['resourceType'] : undefined
  const whole: Focus = { value: resource, type, path: undefined, place: type }
  if (context === undefined) return ok({ items: [whole], needs: [] })
  const found = run(context, whole, world)
  if (!found.ok) return found
  const { values, needs } = found.value
  if (values.length > contextsMax) return failed(fault('fhirpath.too-many-contexts', { args: { max: contextsMax } }))
  const items = withPaths(context, whole, values, world).map((one, i) => ({
    value: one.value,
    type: one.type,
    path: one.path ?? `${context}[${i}]`,
    place: one.path,
  }))
  return ok({ items, needs })
}

type Compiled = Result<Expression>

/** The expressions of the last requests by text and type: a context of five hundred names asks for two, not for a thousand. */
const compiled = new Map<string, Compiled>()
const compiledMax = 200

function run(text: string, focus: Focus, context: EvaluationContext): Result<EvaluatedValues> {
  const type = focus.type !== undefined && r4.type(focus.type) ? focus.type : undefined
  const key = `${type ?? ''}\n${text}`
  let expression = compiled.get(key)
  if (!expression) {
    if (compiled.size >= compiledMax) compiled.clear()
    compiled.set(key, (expression = compile(text, type === undefined ? {} : { type })))
  }
  return expression.ok ? expression.value.run(focus.value, context) : expression
}

/** The same expression asked for places; it answers with as many as there are values unless some were computed. */
function withPaths(text: string, focus: Focus, values: readonly TypedValue[], context: EvaluationContext): Located[] {
  const none = values.map(value => ({ ...value, path: undefined }))
  if (focus.place === undefined || values.length === 0) return none
  const places = run(`(${text}\n).pathname(true)`, focus, { ...context, trace: undefined })
  if (!places.ok || places.value.values.length !== values.length) return none
  return values.map((value, i) => {
    const place = String(places.value.values[i]!.value)
    const dot = place.indexOf('.')
    return { ...value, path: dot < 0 ? focus.place : focus.place + place.slice(dot) }
  })
}
