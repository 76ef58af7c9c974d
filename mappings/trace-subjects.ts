// Messages as subjects of the trace law: their populated places, and how one is changed.
import { parseJson } from '#formats/fhir/json/read.ts'
import type { Mapped } from '#kernel/intent.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import { must } from '#kernel/result.ts'
import { JsonSpot } from './source/json-spot.ts'
import type { Another, Subject } from './trace-law.ts'

export type MapText = (text: string, traced: boolean) => Mapped

/** A place of an HL7 v2 message as traces write it: `PID[1]-5[2].1.1`. */
export type Hl7Place = {
  readonly line: number
  readonly field: number
  readonly repetition: number
  readonly component: number
  readonly subcomponent: number
}

export function hl7Subject(name: string, text: string, map: MapText): Subject<Hl7Place> {
  const lines = text.split('\r').filter(line => line !== '')
  return {
    name,
    mapped: map(text, true),
    places: hl7Places(lines),
    placeOf: source => hl7Place(source, lines),
    remapped: (place, another) => map(changed(lines, place, another), false),
  }
}

function hl7Place(source: string, lines: readonly string[]): Hl7Place {
  const [, name, occurrence, field, repetition, component, subcomponent] =
    /^(\w{3})\[(\d+)\]-(\d+)(?:\[(\d+)\])?(?:\.(\d+)(?:\.(\d+))?)?$/.exec(source)!
  const found = lines.flatMap((line, at) => (line.startsWith(`${name}|`) ? [at] : []))
  const numbers = [field, repetition ?? 1, component ?? 1, subcomponent ?? 1].map(Number) as [number, number, number, number]
  return {
    line: found[Number(occurrence) - 1]!,
    field: numbers[0],
    repetition: numbers[1],
    component: numbers[2],
    subcomponent: numbers[3],
  }
}

/** Everything populated but the header: the engine reads that, and rows of set ids. */
function hl7Places(lines: readonly string[]): Hl7Place[] {
  return lines.flatMap((text, line) =>
    text.startsWith('MSH') ? [] : text.split('|').flatMap((value, field) => (field === 0 ? [] : placesOfField(value, line, field))),
  )
}

function placesOfField(text: string, line: number, field: number): Hl7Place[] {
  return text.split('~').flatMap((repetition, r) =>
    repetition.split('^').flatMap((component, c) =>
      component.split('&').flatMap((value, s) => {
        const place = { line, field, repetition: r + 1, component: c + 1, subcomponent: s + 1 }
        return value === '' || value === '""' ? [] : [place]
      }),
    ),
  )
}

function changed(lines: readonly string[], place: Hl7Place, another: Another): string {
  const fields = lines[place.line]!.split('|')
  const repetitions = fields[place.field]!.split('~')
  const components = repetitions[place.repetition - 1]!.split('^')
  const subcomponents = components[place.component - 1]!.split('&')
  subcomponents[place.subcomponent - 1] = another(subcomponents[place.subcomponent - 1]!)
  components[place.component - 1] = subcomponents.join('&')
  repetitions[place.repetition - 1] = components.join('^')
  fields[place.field] = repetitions.join('~')
  return lines.with(place.line, fields.join('|')).join('\r')
}

/** A place of a JSON message is the path to it: `vitals[0].items[1].value`. */
export function jsonSubject(name: string, text: string, map: MapText): Subject<string> {
  const message = must(parseJson(Buffer.from(text))) as JsonObject
  return {
    name,
    mapped: map(text, true),
    places: new JsonSpot(message).leaves().map(leaf => leaf.position),
    placeOf: source => source,
    remapped: (place, another) => map(JSON.stringify(withAnother(message, place.split(/\.|(?=\[)/), another)), false),
  }
}

/** Numbers stay numbers where the other text is one. */
function withAnother(value: JsonValue, [step, ...rest]: readonly string[], another: Another): JsonValue {
  if (step === undefined) {
    const text = another(String(value))
    return typeof value === 'string' || !/^-?\d+(\.\d+)?$/.test(text) ? text : Number(text)
  }
  if (Array.isArray(value)) {
    const at = Number(step.slice(1, -1))
    return value.with(at, withAnother(value[at]!, rest, another))
  }
  return { ...(value as JsonObject), [step]: withAnother((value as JsonObject)[step]!, rest, another) }
}
