// The trace, read both ways: from an element to the source fields it came from, from a source field to every element it became.
import type { Span } from '../../json/exact.ts'
import type { Part } from './part.ts'

export type TraceEntry = { readonly resource: number; readonly path: string; readonly rule: string; readonly sources: readonly string[] }

/** A stretch of the source under the path that traces name it by. */
export type Spot = { readonly path: string; readonly from: number; readonly to: number; readonly name: string; readonly value: string }

/** What a fault or a trace may point at in an HL7 v2 message, wholes before their parts. */
export function spotsOfParts(segments: readonly Part[]): Spot[] {
  const walk = (part: Part): Spot[] => [
    { path: part.path, from: part.from, to: part.to, name: part.name, value: part.value },
    ...part.parts.flatMap(walk),
  ]
  return segments.flatMap(walk)
}

export function spotsOfSpans(spans: readonly Span[]): Spot[] {
  return spans.map(span => ({ ...span, name: '', value: '' }))
}

/** Other writings of one place, most exact first: the whole field stands for its only repetition, a value for its first component. */
function writings(path: string): string[] {
  const found = [path]
  for (let at = path; /\.\d+$/.test(at); ) found.push((at = at.replace(/\.\d+$/, '')))
  const field = found.at(-1)!.replace(/(-\d+)\[\d+\]$/, '$1')
  const first = /^([A-Z][A-Z0-9]{2})(-.*)?$/.exec(field)
  return [...found, field, ...(first ? [`${first[1]}[1]${first[2] ?? ''}`] : [])]
}

/** The stretch a source path means; where it is not divided that far, the part that holds it. */
export function spotOf(path: string, spots: ReadonlyMap<string, Spot>): Spot | undefined {
  for (const writing of writings(path)) {
    const spot = spots.get(writing)
    if (spot) return spot
  }
  return undefined
}

/** The smallest stretch around a character. */
export function spotAt(at: number, spots: Iterable<Spot>): Spot | undefined {
  let best: Spot | undefined
  for (const spot of spots) if (spot.from <= at && at <= spot.to && (!best || spot.to - spot.from <= best.to - best.from)) best = spot
  return best
}

/** Entries of an element: its own, those inside it, or of the nearest whole that has any. */
export function entriesOfElement(resource: number, path: string, trace: readonly TraceEntry[]): TraceEntry[] {
  const own = trace.filter(entry => entry.resource === resource)
  for (let at = path; at !== ''; at = parentOf(at)) {
    const inside = own.filter(entry => entry.path === at || entry.path.startsWith(`${at}.`) || entry.path.startsWith(`${at}[`))
    if (inside.length > 0) return inside
  }
  return []
}

function parentOf(path: string): string {
  return path.replace(/(\.[^.[\]]+|\[\d+\]|^[^.[\]]+)$/, '')
}

/** Entries that read a stretch of the source, or a part of it. */
export function entriesOfSpot(spot: Spot, trace: readonly TraceEntry[], spots: ReadonlyMap<string, Spot>): TraceEntry[] {
  return trace.filter(entry =>
    entry.sources.some(source => {
      const read = spotOf(source, spots)
      return read !== undefined && spot.from <= read.from && read.to <= spot.to
    }),
  )
}
