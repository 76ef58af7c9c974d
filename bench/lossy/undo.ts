// After a kill: takes back what was written and not yet synced (journal of lossy.c), as a power cut would.
import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, renameSync, rmSync, truncateSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

type Note =
  | { kind: 'write'; path: string; offset: number; size: number; old: Buffer }
  | { kind: 'truncate'; path: string; size: number; tail: Buffer }
  | { kind: 'create' | 'unlink'; path: string }
  | { kind: 'rename'; path: string; to: string }
  | { kind: 'sync' | 'sync-directory'; path: string; before: number }

/** Undoes unsynced work and empties the journal; `keep` in [0, 1] is the share of the unsynced writes (oldest first) that reached the disk by luck. Returns how many were lost. */
export function forgetUnsynced(journal: string, keep: number): number {
  if (!existsSync(journal)) return 0
  const notes = readNotes(readFileSync(journal))
  const lost = unsynced(notes)
  const dropped = lost.slice(Math.floor(lost.length * keep))
  for (const index of dropped.toReversed()) undo(notes[index]!)
  truncateSync(journal, 0)
  return dropped.length
}

/** Indices of notes that no later sync covers. A rename or create is durable when its directory was synced. */
function unsynced(notes: readonly Note[]): number[] {
  const synced = new Map<string, number>()
  notes.forEach(note => {
    if (note.kind === 'sync' || note.kind === 'sync-directory') synced.set(note.path, Math.max(synced.get(note.path) ?? 0, note.before))
  })
  return notes.flatMap((note, index) => {
    if (note.kind === 'sync' || note.kind === 'sync-directory' || note.kind === 'unlink') return []
    const by = note.kind === 'create' || note.kind === 'rename' ? dirname(note.path) : note.path
    return index < (synced.get(by) ?? 0) ? [] : [index]
  })
}

function undo(note: Note): void {
  if (note.kind === 'create') return rmSync(note.path, { force: true })
  if (note.kind === 'rename') return existsSync(note.to) ? renameSync(note.to, note.path) : undefined
  if ((note.kind !== 'write' && note.kind !== 'truncate') || !existsSync(note.path)) return
  const file = openSync(note.path, 'r+')
  if (note.kind === 'write' && note.old.length > 0) writeSync(file, note.old, 0, note.old.length, note.offset)
  if (note.kind === 'truncate' && note.tail.length > 0) writeSync(file, note.tail, 0, note.tail.length, note.size - note.tail.length)
  ftruncateSync(file, note.size)
  closeSync(file)
}

/** A torn last record (the kill came while it was written) ends the list. */
function readNotes(bytes: Buffer): Note[] {
  const notes: Note[] = []
  let at = 0
  try {
    while (at < bytes.length) {
      const type = String.fromCharCode(bytes.readUInt8(at))
      const pathLength = bytes.readUInt16LE(at + 1)
      const path = bytes.toString('utf8', at + 3, at + 3 + pathLength)
      at += 3 + pathLength
      const read = readers[type]
      if (!read) throw new Error(`journal damaged at ${at}: ${type}`)
      const [note, length] = read(bytes, at, path)
      at += length
      if (at <= bytes.length) notes.push(note)
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  return notes
}

const readers: Record<string, (bytes: Buffer, at: number, path: string) => [Note, number]> = {
  W(bytes, at, path) {
    const length = bytes.readUInt32LE(at + 16)
    const note: Note = {
      kind: 'write',
      path,
      offset: u64(bytes, at),
      size: u64(bytes, at + 8),
      old: bytes.subarray(at + 20, at + 20 + length),
    }
    return [note, 20 + length]
  },
  T(bytes, at, path) {
    const length = bytes.readUInt32LE(at + 8)
    return [{ kind: 'truncate', path, size: u64(bytes, at), tail: bytes.subarray(at + 12, at + 12 + length) }, 12 + length]
  },
  R(bytes, at, path) {
    const length = bytes.readUInt16LE(at)
    return [{ kind: 'rename', path, to: bytes.toString('utf8', at + 2, at + 2 + length) }, 2 + length]
  },
  C: (_bytes, _at, path) => [{ kind: 'create', path }, 0],
  U: (_bytes, _at, path) => [{ kind: 'unlink', path }, 0],
  S: (bytes, at, path) => [{ kind: 'sync', path, before: u64(bytes, at) }, 8],
  D: (bytes, at, path) => [{ kind: 'sync-directory', path, before: u64(bytes, at) }, 8],
}

function u64(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at))
}
