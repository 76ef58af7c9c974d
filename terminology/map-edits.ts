// What a tenant decides about codes at run time: edits kept as records lie over the seeds and make a new snapshot.
import type { RecordPut } from '#kernel/commit.ts'
import { fault } from '#kernel/fault.ts'
import type { Coding } from '#kernel/ports/terminology.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { CodeMapSnapshot } from './code-maps.ts'
import type { Dictionary } from './dictionary.ts'
import type { Equivalence, MapRow } from './seed.ts'

export const editKind = 'concept-map-entry'

/** One decision; the value of its record. */
export type MapEdit = {
  readonly map: string
  readonly code: string
  /** Null: decided to have no target. */
  readonly target: Coding | null
  readonly equivalence: Equivalence
  /** Principal id. */
  readonly by: string
  readonly atMs: number
  readonly comment?: string
}

/** Faults: `terminology.map-unknown`, `terminology.target-foreign`, and those of `Dictionary.validateCode` for the target. */
export function checkEdit(edit: MapEdit, maps: CodeMapSnapshot, dictionary: Dictionary): Result<MapEdit> {
  const map = maps.map(edit.map)
  if (!map) return failed(fault('terminology.map-unknown', { args: { map: edit.map } }))
  if (edit.target === null) return ok(edit)
  const systems = new Set([map.seed.target, ...[...map.entries()].flatMap(entry => (entry.target ? [entry.target.system] : []))])
  if (!systems.has(edit.target.system)) {
    return failed(fault('terminology.target-foreign', { args: { map: edit.map, expected: map.seed.target, found: edit.target.system } }))
  }
  const checked = dictionary.validateCode(edit.target.system, edit.target.code)
  return checked.ok ? ok(edit) : checked
}

export function editRecord(edit: MapEdit): RecordPut {
  return { kind: editKind, key: editKey(edit), value: JSON.stringify(edit) }
}

/** Back to what the seed says. */
export function editUndone(edit: { readonly map: string; readonly code: string }): RecordPut {
  return { kind: editKind, key: editKey(edit), value: undefined }
}

/** Fault `terminology.edit-invalid` for a record this code did not write. */
export function readEdit(record: { readonly key: string; readonly value: string }): Result<MapEdit> {
  const invalid = failed(fault('terminology.edit-invalid', { args: { key: record.key } }))
  try {
    const edit = JSON.parse(record.value) as MapEdit
    const target = edit.target === null || (typeof edit.target?.system === 'string' && typeof edit.target.code === 'string')
    return typeof edit.map === 'string' && typeof edit.code === 'string' && target ? ok(edit) : invalid
  } catch {
    return invalid
  }
}

/** The shared snapshot with a tenant's decisions over it; edits of maps that are gone are left aside. */
export function withEdits(maps: CodeMapSnapshot, edits: readonly MapEdit[], dictionary: Dictionary): CodeMapSnapshot {
  const displayOf = (system: string, code: string) => dictionary.display(system, code)
  const changed = [...Map.groupBy(edits, edit => edit.map)].flatMap(([name, ofMap]) => {
    const map = maps.map(name)
    return map ? [map.with(ofMap.map(mapRow), displayOf)] : []
  })
  return maps.with(changed)
}

function mapRow(edit: MapEdit): MapRow {
  if (edit.target === null) return [edit.code, null, { equivalence: 'unmatched' }]
  const { system, code, display } = edit.target
  return [edit.code, code, { system, equivalence: edit.equivalence, ...(display === undefined ? {} : { display }) }]
}

function editKey(edit: { readonly map: string; readonly code: string }): string {
  return `${edit.map}|${edit.code}`
}
