// Writing values to their places, with or without a trace, and checking the constants of plans against the model.
import type { Model } from '#formats/fhir/model/model.ts'
import { isInValueSet } from '#formats/fhir/model/value-sets.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import { type CompileContext, type Place, wrong } from './compile-context.ts'
import type { Run } from './run.ts'
import { type Target, within } from './target.ts'

export type Put<N> = (into: JsonObject, value: JsonValue, run: Run<N>) => void

export function put<N>(target: Target, context: CompileContext<N>): Put<N> {
  const { write, steps } = target
  if (!context.traced) return write
  return (into, value, run) => {
    const tracer = run.tracer!
    const way = steps(into)
    write(into, value)
    within(tracer, way, () => {
      for (const leaf of leaves(value)) tracer.wrote(run.current, leaf)
    })
  }
}

/** Paths of the primitives inside a value, below its own place; one empty path for a primitive. */
export function leaves(value: JsonValue): string[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => leaves(item).map(leaf => (leaf === '' ? `[${index}]` : `[${index}].${leaf}`)))
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return ['']
  return Object.entries(value).flatMap(([name, member]) => leaves(member as JsonValue).map(leaf => joined(name, leaf)))
}

function joined(name: string, leaf: string): string {
  return leaf === '' ? name : leaf.startsWith('[') ? name + leaf : `${name}.${leaf}`
}

/** A constant fits its element: type, members, and the required value set. */
export function checkConstant<N>(value: JsonValue, target: Target, place: Place, context: CompileContext<N>): void {
  const problem = misfit(value, target.type, context.model) ?? outsideBinding(value, target)
  if (problem) wrong(context, place, problem)
}

const primitives: Readonly<Record<string, string>> = {
  boolean: 'boolean',
  decimal: 'number',
  integer: 'number',
  positiveInt: 'number',
  unsignedInt: 'number',
}

function misfit(value: JsonValue, type: string, model: Model): string | undefined {
  const definition = model.type(type)
  if (!definition) return `there is no type ${type}`
  if (definition.kind === 'primitive') {
    const expected = primitives[type] ?? 'string'
    return typeof value === expected ? undefined : `${JSON.stringify(value)} is no ${type}`
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${JSON.stringify(value)} is no ${type}`
  for (const [name, member] of Object.entries(value)) {
    const found = definition.members.get(name)
    if (!found) return `${type} has no element ${name}`
    const repeats = found.element.max > 1
    if (repeats !== Array.isArray(member)) return `${type}.${name} ${repeats ? 'is a list' : 'is no list'}`
    for (const item of repeats ? (member as JsonValue[]) : [member as JsonValue]) {
      const inner = misfit(item, found.type.code, model)
      if (inner) return inner
    }
  }
  return undefined
}

function outsideBinding(value: JsonValue, target: Target): string | undefined {
  const binding = target.element?.binding
  if (binding?.strength !== 'required') return undefined
  const outside = codings(value, target.type).find(([code, system]) => isInValueSet(binding.set, code, system) === false)
  return outside && `${outside[0]} is not in ${binding.set.split('|')[0]}`
}

function codings(value: JsonValue, type: string): [code: string, system: string | undefined][] {
  if (typeof value === 'string') return [[value, undefined]]
  const object = value as JsonObject
  const list = type === 'CodeableConcept' ? ((object['coding'] ?? []) as JsonObject[]) : [object]
  return list.map(coding => [String(coding['code']), coding['system'] as string | undefined])
}
