// The work list of codes no map knows: pure functions that turn gaps met by messages into records and counts, and those back into a list.
import type { CountAdd, RecordPut } from '#kernel/commit.ts'
import type { CodeGap } from '#kernel/intent.ts'
import type { Coding } from '#kernel/ports/terminology.ts'
import type { CodeMapSnapshot } from './code-maps.ts'

export const gapKind = 'code-gap'

/** A sender may put anything where a code should be; what is kept of it has an end. */
export const gapCodeCharactersMax = 200

/** The value of a `code-gap` record. */
export type GapRecord = CodeGap & {
  /** Name of the message that first brought it, e.g. `ZJJ-1042`. */
  readonly example: string
  readonly firstSeenMs: number
}

export type GapWork = { readonly records: readonly RecordPut[]; readonly counts: readonly CountAdd[] }

/** What a message's gaps add to its commit. `known` are the keys that have a record already (see `gapKey`): those are only counted. */
export function gapWork(gaps: readonly CodeGap[], known: ReadonlySet<string>, seen: { message: string; atMs: number }): GapWork {
  const cut = gaps.map(gap => ({
    ...gap,
    code: shorten(gap.code),
    ...(gap.display === undefined ? {} : { display: shorten(gap.display) }),
  }))
  const first = cut.filter(gap => !known.has(gapKey(gap)))
  const hour = Math.floor(seen.atMs / 3_600_000)
  return {
    records: first.map(gap => {
      const value: GapRecord = { ...gap, example: seen.message, firstSeenMs: seen.atMs }
      return { kind: gapKind, key: gapKey(gap), value: JSON.stringify(value) }
    }),
    counts: cut.map(gap => ({ kind: gapKind, key: gapKey(gap), hour, add: 1 })),
  }
}

/** Key of the record and of the counter of a gap. */
export function gapKey(gap: { readonly system: string; readonly code: string }): string {
  return `${gap.system}|${shorten(gap.code)}`
}

export type GapItem = GapRecord & {
  readonly key: string
  readonly count: number
  readonly lastSeenHourMs: number
  /** A target that waits for confirmation in the seeds. */
  readonly suggestion?: Coding
}

/** The work list, most frequent first; a code the maps decide by now is left out, though its record may still be there. */
export function gapList(
  records: readonly { readonly key: string; readonly value: string }[],
  counts: readonly { readonly key: string; readonly hour: number; readonly sum: number }[],
  maps: CodeMapSnapshot,
): readonly GapItem[] {
  const sums = new Map<string, { count: number; hour: number }>()
  for (const { key, hour, sum } of counts) {
    const before = sums.get(key) ?? { count: 0, hour: 0 }
    sums.set(key, { count: before.count + sum, hour: Math.max(before.hour, hour) })
  }
  const items = records.map(({ key, value }) => gapItem(key, JSON.parse(value) as GapRecord, sums.get(key), maps))
  return items.filter(item => !maps.map(item.map)?.decides(item.code)).sort((a, b) => b.count - a.count || a.firstSeenMs - b.firstSeenMs)
}

/** Takes the gap off the list, once it is filled or somebody decided to leave it. */
export function gapClosed(gap: { readonly system: string; readonly code: string }): RecordPut {
  return { kind: gapKind, key: gapKey(gap), value: undefined }
}

function gapItem(key: string, record: GapRecord, sum: { count: number; hour: number } | undefined, maps: CodeMapSnapshot): GapItem {
  const suggestion = maps.map(record.map)?.suggestion(record.code)
  const lastSeenHourMs = sum ? sum.hour * 3_600_000 : record.firstSeenMs
  return { ...record, key, count: sum?.count ?? 1, lastSeenHourMs, ...(suggestion ? { suggestion } : {}) }
}

function shorten(text: string): string {
  return text.length > gapCodeCharactersMax ? text.slice(0, gapCodeCharactersMax) : text
}
