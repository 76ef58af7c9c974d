// Updates write only changed index rows: what the old body yields and the new one does not is closed, the reverse is opened.
import { type IndexEntry, type IndexRows, noIndexRows } from '#kernel/index-entry.ts'
import type { JsonObject } from '#kernel/json.ts'

/** Index rows of a resource: a pure function of its body and the search-parameter definitions. */
export type Extractor = (resource: JsonObject) => IndexRows

export type RowChange = { readonly opens: IndexRows; readonly closes: IndexRows }

export function diffRows(before: IndexRows | undefined, after: IndexRows | undefined): RowChange {
  if (!before) return { opens: after ?? noIndexRows, closes: noIndexRows }
  if (!after) return { opens: noIndexRows, closes: before }
  const moved = !sameKeys(before, after)
  return {
    opens: { ...(moved ? after : noIndexRows), entries: missingFrom(before.entries, after.entries) },
    closes: { ...(moved ? before : noIndexRows), entries: missingFrom(after.entries, before.entries) },
  }
}

/** Composite rows hold patients, codes and time together: when one moves, all rows move. */
function sameKeys(a: IndexRows, b: IndexRows): boolean {
  return a.whenMs === b.whenMs && a.patients.join() === b.patients.join() && a.codes.join() === b.codes.join()
}

function missingFrom(held: readonly IndexEntry[], entries: readonly IndexEntry[]): IndexEntry[] {
  const keys = new Set(held.map(entry => Object.values(entry).join('\u001f')))
  return entries.filter(entry => !keys.has(Object.values(entry).join('\u001f')))
}
