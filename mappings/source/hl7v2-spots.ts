// How spots are found: fields of the segment at hand or of one further out, and parts of a value that a rule was given.
import { nullValue, type Segment } from '#formats/hl7v2/segment.ts'
import type { Run } from '../compile/run.ts'
import type { Hl7Node } from './hl7v2.ts'
import { allSegments, firstSegment, type Way } from './hl7v2-groups.ts'
import { every, type SegmentPath } from './hl7v2-path.ts'
import { Spot } from './hl7v2-spot.ts'
import type { Numbers } from './hl7v2-types.ts'

type Find<T> = (run: Run<Hl7Node>, node: Hl7Node) => T

/** A path in all the ways it is asked for. `text` takes the numbers of where the text stands. */
export type Spots = {
  readonly text: (at: Numbers) => Find<string>
  readonly where: (at: Numbers) => Find<string>
  readonly one: Find<Spot | undefined>
  readonly all: Find<readonly Spot[]>
  readonly isPresent: Find<boolean>
  readonly isNull: Find<boolean>
  /** Fields looked at, for the list of what nothing reads. */
  readonly touch: Find<readonly string[]>
}

export function touchKey(segment: Segment, field: number): string {
  return `${segment.index}-${field}`
}

/** Segments a path reads: the one at hand, or those a way leads to. */
export function segmentsOf(way: Way | undefined, path: SegmentPath): { first: Find<Segment | undefined>; all: Find<readonly Segment[]> } {
  if (way === undefined) {
    const first: Find<Segment> = (_, node) => (node as Spot).segment
    return { first, all: (run, node) => [first(run, node)] }
  }
  const { segment } = path
  const first: Find<Segment | undefined> = run => firstSegment(run.frames, way, segment)
  if (path.occurrence === every) return { first, all: run => allSegments(run.frames, way, segment) }
  const all: Find<readonly Segment[]> = (run, node) => {
    const found = first(run, node)
    return found === undefined ? [] : [found]
  }
  return { first, all }
}

/** Spots of a field: one repetition, or all, of one segment or of all. */
export function fieldSpots(way: Way | undefined, path: SegmentPath): Spots {
  const { field, repetition, component, subcomponent } = path
  const { first, all } = segmentsOf(way, path)
  const several = path.occurrence === every || repetition === every
  const at = repetition === every ? 1 : repetition
  const spot = (segment: Segment, number: number) =>
    isValued(segment.slice(field, number, component, subcomponent)) ? new Spot(segment, field, number, component, subcomponent) : undefined
  const collect: Find<readonly Spot[]> = (run, node) => {
    const spots: Spot[] = []
    for (const segment of all(run, node)) {
      const last = repetition === every ? segment.repetitions(field) : at
      for (let number = at; number <= last; number++) {
        const found = spot(segment, number)
        if (found) spots.push(found)
      }
    }
    return spots
  }
  const one: Find<Spot | undefined> = several
    ? (run, node) => collect(run, node)[0]
    : (run, node) => {
        const segment = first(run, node)
        return segment && spot(segment, at)
      }
  const text = ([c, s]: Numbers): Find<string> => {
    if (!several && way === undefined) return (_, node) => (node as Spot).segment.value(field, at, c, s)
    if (!several) return (run, node) => first(run, node)?.value(field, at, c, s) ?? ''
    return (run, node) => {
      for (const { segment, repetition: number } of collect(run, node)) {
        const found = segment.value(field, number, c, s)
        if (found !== '') return found
      }
      return ''
    }
  }
  return {
    text,
    where:
      ([c, s]) =>
      (run, node) => {
        const found = several ? one(run, node) : undefined
        const segment = found?.segment ?? first(run, node)
        return segment?.position(field, found?.repetition ?? at, c, s) ?? ''
      },
    one,
    all: several ? collect : (run, node) => listed(one(run, node)),
    isPresent: several
      ? (run, node) => collect(run, node).some(({ segment, raw }) => holdsText(raw, segment))
      : (run, node) => {
          const segment = first(run, node)
          return segment !== undefined && holdsText(segment.slice(field, at, component, subcomponent), segment)
        },
    isNull: (run, node) => first(run, node)?.slice(field, at, component, subcomponent) === nullValue,
    touch: (run, node) => all(run, node).map(segment => touchKey(segment, field)),
  }
}

/** Spots inside a value of a data type; where the value itself is a component, its parts are subcomponents. */
export function partSpots(component: number, subcomponent: number): Spots {
  const numbers = (spot: Spot, [c, s]: Numbers): Numbers | undefined => {
    if (spot.component === 0) return [c, s]
    if (spot.subcomponent === 0) return s > 1 ? undefined : [spot.component, c]
    return c > 1 || s > 1 ? undefined : [spot.component, spot.subcomponent]
  }
  const one: Find<Spot | undefined> = (_, node) => {
    const spot = node as Spot
    if (component === 0) return spot
    const at = numbers(spot, [component, subcomponent])
    if (!at || !isValued(spot.segment.slice(spot.field, spot.repetition, at[0], at[1]))) return undefined
    return new Spot(spot.segment, spot.field, spot.repetition, at[0], at[1])
  }
  return {
    text: place => (_, node) => {
      const spot = node as Spot
      const at = numbers(spot, place)
      return at ? spot.segment.value(spot.field, spot.repetition, at[0], at[1]) : ''
    },
    where: place => (_, node) => {
      const spot = node as Spot
      const [c, s] = numbers(spot, place) ?? place
      return spot.segment.position(spot.field, spot.repetition, c, s)
    },
    one,
    all: (run, node) => listed(one(run, node)),
    isPresent: (run, node) => {
      const found = one(run, node)
      return found !== undefined && holdsText(found.raw, found.segment)
    },
    isNull: () => false,
    touch: (_, node) => [touchKey((node as Spot).segment, (node as Spot).field)],
  }
}

function isValued(raw: string): boolean {
  return raw !== '' && raw !== nullValue
}

/** Separators alone (`^^^`) hold nothing. */
function holdsText(raw: string, { message }: Segment): boolean {
  if (!isValued(raw)) return false
  const { component, repetition, subcomponent } = message.delimiters
  for (const character of raw) if (character !== component && character !== repetition && character !== subcomponent) return true
  return false
}

function listed<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value]
}
