// The trace tells the truth: change a place it names and the element changes; change any other place of the message and it does not.
import { expect } from 'chai'
import { messageKind, readHeader } from '#formats/hl7v2/header.ts'
import { parseMessage } from '#formats/hl7v2/message.ts'
import type { Mapped, TraceEntry } from '#kernel/intent.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import { must } from '#kernel/result.ts'
import { loadTerminology } from '#terminology/load.ts'
import { openMappings } from './mappings.ts'
import { hl7Samples, sampleContext } from './samples.ts'

const mappings = must(openMappings({ codeMaps: must(loadTerminology()).maps }))
const elementsPerType = 100

/** A place of a message as traces write it: `PID[1]-5[2].1.1`. */
type Place = {
  readonly line: number
  readonly field: number
  readonly repetition: number
  readonly component: number
  readonly subcomponent: number
}

function map(text: string, traced = false): Mapped {
  const message = must(parseMessage(text))
  const plan = must(mappings.planFor({ format: 'hl7v2' }, messageKind(must(readHeader(text)))))
  return must(plan.map(message, { ...sampleContext(message), traced }))
}

function placeOf(source: string, lines: readonly string[]): Place {
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
function places(lines: readonly string[]): Place[] {
  return lines.flatMap((text, line) =>
    text.startsWith('MSH')
      ? []
      : text
          .split('|')
          .flatMap((field, at) =>
            field
              .split('~')
              .flatMap((repetition, r) =>
                repetition
                  .split('^')
                  .flatMap((component, c) =>
                    component
                      .split('&')
                      .flatMap((value, s) =>
                        at === 0 || value === '' || value === '""'
                          ? []
                          : [{ line, field: at, repetition: r + 1, component: c + 1, subcomponent: s + 1 }],
                      ),
                  ),
              ),
          ),
  )
}

/** The message with another value of the same kind in a place. */
function changed(lines: readonly string[], place: Place, another: (text: string) => string): string {
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

/** The last digit, or a character more. */
const alike = (text: string): string => (/\d$/.test(text) ? text.slice(0, -1) + ((Number(text.at(-1)) + 1) % 10) : `${text}Q`)
const others: readonly ((text: string) => string)[] = [
  alike,
  text => `Q${text}`,
  text => (text.startsWith('2') ? `1${text.slice(1)}` : `2${text}`),
]

/** The element where its resource is now: by id, and, where another key makes it another resource, by its place among those of its type. */
function elements(after: Mapped, before: Mapped, { intent, path }: TraceEntry): readonly (string | undefined)[] {
  const { type, id, standing } = before.intents[intent]!
  const ofType = (mapped: Mapped) => mapped.intents.filter(each => each.type === type && each.standing === standing)
  const places = [ofType(after).find(each => each.id === id), ofType(after)[ofType(before).indexOf(before.intents[intent]!)]]
  return places.map(place => place && JSON.stringify(valueAt(place.content, path)))
}

/** The element in whichever resource and item it is now: a change elsewhere may add or drop one before it. */
function anywhere(after: Mapped, before: Mapped, { intent, path }: TraceEntry): readonly (string | undefined)[] {
  const steps = path.split(/\.|(?=\[)/).map(step => (step.startsWith('[') ? undefined : step))
  const below = (values: readonly JsonValue[], step: string | undefined) =>
    values.flatMap((value): readonly JsonValue[] => {
      const found = step === undefined ? value : (value as JsonObject)[step]
      return step === undefined ? (found as JsonValue[]) : found === undefined ? [] : [found]
    })
  const ofType = after.intents.filter(each => each.type === before.intents[intent]!.type)
  return ofType.flatMap(each => steps.reduce<readonly JsonValue[]>(below, [each.content])).map(value => JSON.stringify(value))
}

function valueAt(content: JsonObject, path: string): JsonValue | undefined {
  return path
    .split(/\.|(?=\[)/)
    .reduce<JsonValue | undefined>(
      (at, step) => (at as Record<string, JsonValue> | undefined)?.[step.startsWith('[') ? step.slice(1, -1) : step],
      content,
    )
}

/** A few of many, the same in every run. */
function some<T>(items: readonly T[], count: number): readonly T[] {
  if (items.length <= count) return items
  return Array.from({ length: count }, (_, at) => items[Math.floor((at * items.length) / count)]!)
}

/** Where another rule, or another place that names the same ward, happens to say the same. */
const sameOtherwise = [
  /telecom\[\d\]\.system .* > XTN-ContactPoint#XTN\.3 /,
  /telecom\[\d\]\.use .* > XTN-ContactPoint#XTN\.2 /,
  /valueString OBX-Observation#\S+ by OBX\[\d+\]-2/,
  /presentedForm\[1\]\.contentType .* by OBX\[7\]-5\[1\]\.2$/,
  /status ORC-ServiceRequest#ORC-1 by ORC\[1\]-1/,
  /partOf\.display .* by PV1\[1\]-3\[1\]\.4\.1$/,
]

const byStructure = Map.groupBy(hl7Samples(), ({ name }) => name.split('/')[0]!)

describe('trace', () => {
  for (const [structure, samples] of byStructure) {
    const traced = samples.map(sample => {
      const lines = sample.text.split('\r').filter(line => line !== '')
      return { name: sample.name, lines, mapped: map(sample.text, true) }
    })
    const entries = traced.flatMap(({ name, lines, mapped }) => mapped.trace!.map(entry => ({ name, lines, mapped, entry })))
    // All codes of a code map are of one system.
    const withSources = entries.filter(({ entry }) => entry.sources.length > 0 && !/coding\[\d+\]\.system$/.test(entry.path))

    it(`${structure}: a named source changed changes the element`, () => {
      const unmoved = some(withSources, elementsPerType).flatMap(({ name, lines, mapped, entry }) => {
        const [was] = elements(mapped, mapped, entry)
        const moves = (source: string) =>
          others.some(other => elements(map(changed(lines, placeOf(source, lines), other)), mapped, entry).some(is => is !== was))
        return entry.sources.filter(source => !moves(source)).map(source => `${name} ${entry.path} ${entry.rule} by ${source}`)
      })
      expect(unmoved.filter(text => !sameOtherwise.some(known => known.test(text)))).to.deep.equal([])
    })

    it(`${structure}: any other place changed leaves the element as it is`, () => {
      const moved = some(entries, elementsPerType).flatMap(({ name, lines, mapped, entry }, turn) => {
        const [was] = elements(mapped, mapped, entry)
        const named = new Set(entry.sources.map(source => JSON.stringify(placeOf(source, lines))))
        const rest = places(lines).filter(place => !named.has(JSON.stringify(place)))
        return some(rest.slice(turn % 7), 12).flatMap(place => {
          const is = anywhere(map(changed(lines, place, alike)), mapped, entry)
          return is.includes(was) ? [] : [`${name} ${entry.path} ${entry.rule} by ${JSON.stringify(place)}: ${was} → ${is[0]}`]
        })
      })
      expect(moved).to.deep.equal([])
    })
  }
})
