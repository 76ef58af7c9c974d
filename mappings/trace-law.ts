// The law of traces: change a place that a trace names and the element changes; change any other place of the message and it does not.
import type { Mapped, TraceEntry } from '#kernel/intent.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'

/** A traced message; `P` is a place in it. */
export type Subject<P> = {
  readonly name: string
  readonly mapped: Mapped
  /** Every populated place that a plan may read. */
  readonly places: readonly P[]
  /** The place a trace names. */
  readonly placeOf: (source: string) => P
  /** What is made of the message with another text in a place. */
  readonly remapped: (place: P, another: Another) => Mapped
}

export type Another = (text: string) => string

export const elementsPerType = 100
const placesPerElement = 12

/** The last digit, or a character more. */
export const alike: Another = text => (/\d$/.test(text) ? text.slice(0, -1) + ((Number(text.at(-1)) + 1) % 10) : `${text}Q`)
const others: readonly Another[] = [alike, text => `Q${text}`, text => (text.startsWith('2') ? `1${text.slice(1)}` : `2${text}`)]

/** Elements that a named place does not move, told in words. */
export function unmoved<P>(subjects: readonly Subject<P>[]): readonly string[] {
  // All codes of a code map are of one system.
  const entries = traced(subjects).filter(({ entry }) => entry.sources.length > 0 && !/coding\[\d+\]\.system$/.test(entry.path))
  return some(entries, elementsPerType).flatMap(({ subject, entry }) => {
    const { mapped, remapped, placeOf, name } = subject
    const [was] = elements(mapped, mapped, entry)
    const moves = (source: string) => others.some(other => elements(remapped(placeOf(source), other), mapped, entry).some(is => is !== was))
    return entry.sources.filter(source => !moves(source)).map(source => `${name} ${entry.path} ${entry.rule} by ${source}`)
  })
}

/** Elements that a place moves which their trace does not name. */
export function moved<P>(subjects: readonly Subject<P>[]): readonly string[] {
  return some(traced(subjects), elementsPerType).flatMap(({ subject, entry }, turn) => {
    const { mapped, remapped, placeOf, places, name } = subject
    const [was] = elements(mapped, mapped, entry)
    const named = new Set(entry.sources.map(source => JSON.stringify(placeOf(source))))
    const rest = places.filter(place => !named.has(JSON.stringify(place)))
    return some(rest.slice(turn % 7), placesPerElement).flatMap(place => {
      const is = anywhere(remapped(place, alike), mapped, entry)
      return is.includes(was) ? [] : [`${name} ${entry.path} ${entry.rule} by ${JSON.stringify(place)}: ${was} → ${is[0]}`]
    })
  })
}

function traced<P>(subjects: readonly Subject<P>[]): readonly { subject: Subject<P>; entry: TraceEntry }[] {
  return subjects.flatMap(subject => subject.mapped.trace!.map(entry => ({ subject, entry })))
}

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
