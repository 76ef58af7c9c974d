// Entries of a definition filled from resources: what has no value is left out, or says so by a null flavour where the definition wants it.
import type { CdaCode, CdaEntry, CdaSpecimen, CdaTime, CdaValue } from '#formats/cda/model.ts'
import { xmlSafe } from '#formats/cda/write.ts'
import { codeRoots, idRoots } from '#kernel/oid.ts'
import type { CodedDefinition, EntryDefinition, SpecimenDefinition, TimeDefinition, ValueDefinition } from '../language/definition.ts'
import { type Coder, wordsOf } from './coder.ts'
import { numberOf, rangeOf, string, textOf, timeOf, unitOf } from './convert.ts'
import type { Focus, Found, PathRunner } from './path-runner.ts'

export type Filling = { readonly run: PathRunner; readonly coder: Coder }

/** An entry of the document with the definition and the place in the resources it came from. */
export type FilledEntry = { readonly definition: EntryDefinition; readonly focus: Focus; readonly entry: CdaEntry }

/** None, one, or with `each` as many as there are. */
export function fillEntry(definition: EntryDefinition, focus: Focus, filling: Filling): FilledEntry[] {
  const { run } = filling
  const led = definition.of ? run.lead(definition.of, focus) : [focus]
  const places = definition.repeats ? led : led.slice(0, 1)
  const filled = places.flatMap(place => {
    const entry = fillOne(definition, place, filling)
    return entry ? [{ definition, focus: place, entry }] : []
  })
  if (filled.length > 0 || definition.missing === undefined || (definition.when && places.length > 0)) return filled
  return [{ definition, focus, entry: withoutValue(definition, definition.missing, filling.coder) }]
}

function fillOne(definition: EntryDefinition, focus: Focus, filling: Filling): CdaEntry | undefined {
  const { run, coder } = filling
  if (definition.when && !run.holds(definition.when, focus)) return undefined
  const children = definition.children.flatMap(child => fillEntry(child, focus, filling).map(({ entry }) => entry))
  const value = definition.value && fillValue(definition.value, focus, filling)
  const code = definition.element ? elementCode(definition.element, coder) : codedOrWords(definition.coded, focus, filling)
  if (
    definition.act === 'organizer' ? children.length === 0 : definition.act === 'observation' ? value === undefined : code === undefined
  ) {
    return definition.missing !== undefined ? withoutValue(definition, definition.missing, coder, children) : undefined
  }
  const ranges = run.all(definition.range, focus).flatMap(found => rangeOf(found) ?? [])
  const interpretation =
    definition.interpretation && coder.codeOf(run.all(definition.interpretation.value, focus), definition.interpretation)
  const time = fillTime(definition.time, focus, run)
  const specimen = definition.specimen && fillSpecimen(definition.specimen, focus, filling)
  return {
    act: definition.act,
    classCode: definition.classCode,
    ...(code && { code }),
    ...(definition.act === 'organizer' && { status: 'completed' }),
    ...(time && { time }),
    ...(value && { value }),
    ...(interpretation && { interpretation }),
    ...(specimen && { specimen }),
    ...(ranges.length > 0 && { ranges }),
    ...(children.length > 0 && { children }),
  }
}

function withoutValue(definition: EntryDefinition, nullFlavor: string, coder: Coder, children: readonly CdaEntry[] = []): CdaEntry {
  const { act, classCode, element, value } = definition
  const code = element ? elementCode(element, coder) : { nullFlavor }
  return { act, classCode, code, ...(value && { value: { type: value.type, nullFlavor } }), ...(children.length > 0 && { children }) }
}

function elementCode({ code, name }: { readonly code: string; readonly name: string }, coder: Coder): CdaCode {
  const systemName = coder.systemName(codeRoots.dataElement)
  return { code, system: codeRoots.dataElement, ...(systemName && { systemName }), display: name }
}

/** What an organizer or procedure is: a code where there is one, else its name alone. */
function codedOrWords(coded: CodedDefinition | undefined, focus: Focus, { run, coder }: Filling): CdaCode | undefined {
  if (!coded) return undefined
  const found = run.all(coded.value, focus)
  const code = coder.codeOf(found, coded)
  const display = wordsOf(found)
  if (code) return { ...code, ...(display !== undefined && { display }) }
  return display === undefined ? undefined : { display }
}

function fillValue(definition: ValueDefinition, focus: Focus, filling: Filling): CdaValue | undefined {
  const { run, coder } = filling
  const found = run.all(definition.value, focus)
  if (definition.type !== 'CD') return plainValue(definition, found)
  const code = coder.codeOf(found, definition)
  const original = definition.original ? wordsOf(run.all(definition.original, focus)) : undefined
  if (code) return { type: 'CD', code: { ...code, ...(original !== undefined && { original }) } }
  const words = original ?? wordsOf(found)
  return words === undefined ? undefined : { type: 'CD', code: { nullFlavor: 'OTH', original: words } }
}

function plainValue({ type, join, unit }: ValueDefinition, found: readonly Found[]): CdaValue | undefined {
  if (type === 'ST') {
    const texts = [...new Set(found.flatMap(item => textOf(item) ?? []))]
    const text = join === undefined ? texts[0] : texts.join(join)
    return text === undefined || text === '' ? undefined : { type, text }
  }
  for (const item of found) {
    const value = scalar(type, item)
    const own = type === 'PQ' ? (unitOf(unitIn(item)) ?? unit ?? '1') : undefined
    if (value !== undefined) return { type, value, ...(own !== undefined && { unit: own }) }
  }
  return undefined
}

/** A value of the data type, as text; undefined when it is none. */
function scalar(type: string, item: Found): string | undefined {
  if (type === 'BL') return typeof item.value === 'boolean' ? String(item.value) : undefined
  if (type === 'TS') return timeOf(item)?.value
  const number = numberOf(item.value) ?? numberOf((item.value as { readonly value?: unknown }).value)
  return type === 'INT' && number !== undefined && !/^-?\d+$/.test(number) ? undefined : number
}

function unitIn({ value }: Found): string | undefined {
  const { unit, code } = Object(value) as { readonly unit?: unknown; readonly code?: unknown }
  return string(unit) ?? string(code)
}

export function fillTime(definition: TimeDefinition | undefined, focus: Focus, run: PathRunner): CdaTime | undefined {
  if (!definition) return undefined
  if (definition.value) return timeOf(run.first(definition.value, focus))
  const low = timeOf(run.first(definition.low, focus))
  const high = timeOf(run.first(definition.high, focus))
  const ends = { low: low?.value ?? low?.low, high: high?.value ?? high?.high }
  return ends.low === undefined && ends.high === undefined
    ? undefined
    : { ...(ends.low && { low: ends.low }), ...(ends.high && { high: ends.high }) }
}

function fillSpecimen({ of, id, type }: SpecimenDefinition, focus: Focus, filling: Filling): CdaSpecimen | undefined {
  const [place] = filling.run.lead(of, focus)
  if (!place) return undefined
  const number = string(filling.run.first(id, place)?.value)
  const kind = codedOrWords(type, place, filling)
  if (number === undefined && !kind) return undefined
  return { ...(number !== undefined && { id: { root: idRoots.specimenNumber, extension: xmlSafe(number) } }), ...(kind && { type: kind }) }
}
