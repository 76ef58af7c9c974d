// Code maps in rules: a source code becomes a FHIR code, Coding or CodeableConcept; what a map does not know becomes a gap.
import { enumeratedCodes } from '#formats/fhir/model/value-sets.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import type { Coding } from '#kernel/ports/terminology.ts'
import { type CompileContext, type Place, wrong } from './compile-context.ts'
import { conversion } from './convert.ts'
import type { Run } from './run.ts'
import type { Target } from './target.ts'

export type Translate<N> = (run: Run<N>, code: string, display: string) => Coding | undefined

/** The translation under a map (the site's own in its place); a finding when there is no such map or it leaves the required value set. */
export function compileTranslate<N>(
  map: string,
  target: Target,
  element: string,
  place: Place,
  context: CompileContext<N>,
): Translate<N> | undefined {
  if (map === 'same') return sameCode(target, place, context)
  const name = context.codes.get(map) ?? map
  const { codeMaps } = context
  if (!codeMaps.has(name)) return wrong(context, place, `there is no code map ${name}`)
  checkBinding(name, target, place, context)
  const system = codeMaps.sourceOf(name) ?? ''
  return (run, code, display) => {
    const found = codeMaps.translate(name, code)
    if (found || codeMaps.decides(name, code)) return found
    const { source } = run.context
    run.gaps.push({ map: name, system, code, ...(display === '' ? {} : { display }), source, element: `${run.current.type}.${element}` })
    return undefined
  }
}

/** `same`: the source speaks the codes of FHIR already; what is not in the required value set is not taken. */
function sameCode<N>(target: Target, place: Place, context: CompileContext<N>): Translate<N> | undefined {
  const allowed = target.element?.binding?.strength === 'required' ? enumeratedCodes(target.element.binding.set) : undefined
  if (!allowed) return wrong(context, place, '`same` is for elements whose codes FHIR lists')
  const known = new Map([...allowed].flatMap(([system, codes]) => [...codes].map(code => [code, { system, code }] as const)))
  return (_, code) => known.get(code)
}

/** Every code a map can yield lies in the value set that the element requires. */
function checkBinding<N>(map: string, target: Target, place: Place, context: CompileContext<N>): void {
  const binding = target.element?.binding
  if (binding?.strength !== 'required') return
  const allowed = enumeratedCodes(binding.set)
  if (!allowed) return
  const outside = context.codeMaps.targets(map).filter(coding => !isAllowed(coding, allowed, target.type === 'code'))
  if (outside.length === 0) return
  const codes = [...new Set(outside.map(coding => coding.code))].slice(0, 5).join(', ')
  wrong(context, place, `${map} can yield ${codes}, which ${binding.set.split('|')[0]} does not allow`)
}

function isAllowed(coding: Coding, allowed: ReadonlyMap<string, ReadonlySet<string>>, codeOnly: boolean): boolean {
  if (!codeOnly) return allowed.get(coding.system)?.has(coding.code) ?? false
  return allowed.values().some(codes => codes.has(coding.code))
}

/** Makes the value of a primitive, Coding or CodeableConcept from a translated code; undefined with a finding for other types. */
export function codedValue<N>(
  target: Target,
  place: Place,
  context: CompileContext<N>,
): ((coding: Coding) => JsonValue | undefined) | undefined {
  if (target.type === 'CodeableConcept') return coding => ({ coding: [codingOf(coding)] })
  if (target.type === 'Coding') return codingOf
  const convert = conversion(target.type, 'text')
  if (!convert) return wrong(context, place, `a code map gives no ${target.type}`)
  return coding => convert(coding.code, 'UTC')
}

function codingOf({ system, code, display }: Coding): JsonObject {
  return display === undefined ? { system, code } : { system, code, display }
}

/**
 * Lays a translation over a Coding or CodeableConcept that a plan made of the source value. Where the sender named a system of its own, its
 * coding stays beside the translation; the codes of HL7 tables are replaced, as they say the same.
 */
export function overlayCoding(made: JsonObject, type: string, sourceCode: string, translated: Coding): JsonObject {
  if (type === 'Coding') return { ...made, ...codingOf(translated) }
  const codings = (made['coding'] ?? []) as JsonObject[]
  const kept = codings.filter(coding => !isOfTable(coding, sourceCode) && !isSame(coding, translated))
  const replaced = codings.find(coding => isOfTable(coding, sourceCode) || isSame(coding, translated))
  const display = translated.display ?? replaced?.['display']
  const standard: JsonObject = { system: translated.system, code: translated.code, ...(display === undefined ? {} : { display }) }
  return { coding: [standard, ...kept], ...(made['text'] === undefined ? {} : { text: made['text'] }) }
}

function isOfTable(coding: JsonObject, code: string): boolean {
  const system = coding['system']
  if (coding['code'] !== code) return false
  return system === undefined || (typeof system === 'string' && /\/CodeSystem\/v2-\d{4}$/.test(system))
}

function isSame(coding: JsonObject, other: Coding): boolean {
  return coding['system'] === other.system && coding['code'] === other.code
}
