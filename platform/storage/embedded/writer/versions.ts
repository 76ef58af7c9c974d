// New versions: chunks with the bodies, one version row and one feed row each, the index rows that change, and the census of each type.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type Fault, fault } from '#kernel/fault.ts'
import { chunksPerCommit, versionsPerResource } from '../schema.ts'
import { puts, type WireCommit, type WirePut } from '../wire.ts'
import { type ClosedRow, IndexRowWriter, paramOf } from './index-rows.ts'
import type { Batch, Moment } from './moment.ts'
import { changeParams } from './params.ts'
import type { Resources } from './resources.ts'

const touch = puts.indexOf('touch')
const deleted = puts.indexOf('delete')

export class VersionWriter {
  readonly #resources: Resources
  readonly #rows: IndexRowWriter
  readonly #chunk: StatementSync
  readonly #version: StatementSync
  readonly #facts: StatementSync
  readonly #feed: StatementSync
  readonly #census: StatementSync
  readonly #closed: StatementSync

  constructor(db: DatabaseSync, resources: Resources) {
    this.#resources = resources
    this.#rows = new IndexRowWriter(db, resources)
    this.#chunk = db.prepare('INSERT INTO chunk VALUES (?, ?, ?, ?, ?)')
    this.#version = db.prepare('INSERT INTO version VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
    this.#facts = db.prepare('UPDATE version SET facts = ? WHERE key = ?')
    this.#feed = db.prepare('INSERT INTO feed VALUES (?, ?, ?, ?)')
    this.#census = db.prepare('INSERT INTO census VALUES (?, ?) ON CONFLICT DO UPDATE SET live = live + excluded.live')
    this.#closed = db.prepare('INSERT INTO closed VALUES (?, ?, ?)')
  }

  /** The version that stands in the way of this work, as a fault; undefined when every expectation holds. */
  check(commit: WireCommit, batch: Batch): Fault | undefined {
    const next = new Map<string, number>()
    const conflict = (type: number, id: string, expected: number): Fault | undefined => {
      const found = next.get(`${type}/${id}`) ?? this.#resources.find(type, id)?.version ?? 0
      return found === expected ? undefined : conflictFault(`${batch.word(type)}/${id}`, expected, found)
    }
    for (const { type, id, version } of commit.expects ?? []) {
      const number = batch.typeNumber(type)
      const found = number === undefined ? 0 : (this.#resources.find(number, id)?.version ?? 0)
      if (found !== version) return conflictFault(`${type}/${id}`, version, found)
    }
    for (const put of commit.resources) {
      const type = batch.number(put.type)
      const wrong = conflict(type, put.id, put.version)
      if (wrong) return wrong
      if (put.op !== touch) next.set(`${type}/${put.id}`, put.version + 1)
    }
    return undefined
  }

  write(commit: WireCommit, batch: Batch, moment: Moment): void {
    if (commit.resources.length === 0) return
    for (const [i, [start, size]] of commit.chunks.entries()) {
      const bytes = batch.bytes.subarray(start, start + size)
      this.#chunk.run(moment.t * chunksPerCommit + i, commit.cause.message ?? null, moment.plan, moment.author, bytes)
    }
    const closed: ClosedRow[] = []
    for (const put of commit.resources) this.#put(put, batch, moment, closed)
    if (closed.length > 0) this.#closed.run(moment.t, moment.atMs, JSON.stringify(closed))
  }

  sweep(row: ClosedRow, t: number): void {
    this.#rows.sweep(row, t)
  }

  #put(put: WirePut, batch: Batch, { t }: Moment, closed: ClosedRow[]): void {
    const type = batch.number(put.type)
    const current = this.#resources.mention(type, put.id)
    const facts = batch.bytes.subarray(put.facts[0], put.facts[0] + put.facts[1])
    const base = current.rid * versionsPerResource
    if (put.op === touch) {
      this.#facts.run(facts, base + current.version)
      return
    }
    const living = Number(put.op !== deleted) - Number(current.version > 0 && !current.deleted)
    current.version++
    current.deleted = put.op === deleted
    const opens: number[] = []
    const closes: number[] = []
    for (const row of put.closes) {
      closed.push(this.#rows.close(row, current.rid, t, batch.number))
      const param = paramOf(row, batch.number)
      if (param !== undefined) closes.push(param)
    }
    for (const row of put.opens) {
      this.#rows.open(row, current.rid, t, batch.number)
      const param = paramOf(row, batch.number)
      if (param !== undefined) opens.push(param)
    }
    current.params = changeParams(current.params, closes, opens)
    this.#version.run(base + current.version, t, put.at, put.op, put.chunk, put.start, put.size, current.params, facts)
    this.#feed.run(type, put.at, current.rid, current.version)
    if (living !== 0) this.#census.run(type, living)
  }
}

function conflictFault(subject: string, expected: number, found: number): Fault {
  return fault('store.conflict', { args: { subject, expected, found } })
}
