// New versions: chunks with the bodies, one version row and one feed row each, the index rows that change, and the census of each type.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type Fault, fault } from '#kernel/fault.ts'
import { readRow } from '../rows.ts'
import { chunksPerCommit, versionsPerResource } from '../schema.ts'
import { deletePut, readPutHead, touchPut, type WireCommit } from '../wire.ts'
import { type ClosedRow, IndexRowWriter } from './index-rows.ts'
import type { Batch, Moment } from './moment.ts'
import { changeParams } from './params.ts'
import type { Resources } from './resources.ts'

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
    this.#rows = new IndexRowWriter(db)
    this.#chunk = db.prepare('INSERT INTO chunk VALUES (?, ?, ?, ?, ?)')
    this.#version = db.prepare('INSERT INTO version VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
    this.#facts = db.prepare('UPDATE version SET facts = ? WHERE key = ?')
    this.#feed = db.prepare('INSERT INTO feed VALUES (?, ?, ?, ?)')
    this.#census = db.prepare('INSERT INTO census VALUES (?, ?) ON CONFLICT DO UPDATE SET live = live + excluded.live')
    this.#closed = db.prepare('INSERT INTO closed VALUES (?, ?, ?)')
  }

  /** The version that stands in the way of this work, as a fault; undefined when every expectation holds. */
  check(commit: WireCommit, batch: Batch): Fault | undefined {
    for (const { type, id, version } of commit.expects ?? []) {
      const number = batch.typeNumber(type)
      const found = number === undefined ? 0 : (this.#resources.find(number, id)?.version ?? 0)
      if (found !== version) return conflict(`${type}/${id}`, version, found)
    }
    const next = new Map<number, number>()
    const { tape } = batch
    tape.at = commit.tapeAt
    for (let i = 0; i < commit.puts; i++) {
      const { resource, version, op, opens, closes } = readPutHead(tape)
      tape.at += opens + closes
      const type = tape.typeOf(resource)
      const id = tape.idOf(resource)
      const found = next.get(resource) ?? this.#resources.find(type, id)?.version ?? 0
      if (found !== version) return conflict(`${batch.word(type)}/${id}`, version, found)
      if (op !== touchPut) next.set(resource, version + 1)
    }
    return undefined
  }

  write(commit: WireCommit, batch: Batch, moment: Moment): void {
    if (commit.puts === 0) return
    for (const [i, span] of commit.chunks.entries())
      this.#chunk.run(moment.t * chunksPerCommit + i, commit.cause.message ?? null, moment.plan, moment.author, batch.bytes(span))
    const closed: ClosedRow[] = []
    batch.tape.at = commit.tapeAt
    for (let i = 0; i < commit.puts; i++) this.#put(batch, moment.t, closed)
    if (closed.length > 0) this.#closed.run(moment.t, moment.atMs, JSON.stringify(closed))
  }

  sweep(row: ClosedRow, t: number): void {
    this.#rows.sweep(row, t)
  }

  #put(batch: Batch, t: number, closed: ClosedRow[]): void {
    const { tape } = batch
    const put = readPutHead(tape)
    const type = tape.typeOf(put.resource)
    const current = this.#resources.mention(type, tape.idOf(put.resource))
    const { rid } = current
    const base = rid * versionsPerResource
    if (put.op === touchPut) {
      this.#facts.run(batch.bytes(put.facts), base + current.version)
      return
    }
    const living = Number(put.op !== deletePut) - Number(current.version > 0 && !current.deleted)
    current.version++
    current.deleted = put.op === deletePut
    const opens: number[] = []
    const closes: number[] = []
    for (const end = tape.at + put.closes; tape.at < end; ) {
      const { key, param } = readRow(tape)
      closed.push(this.#rows.close(key, rid, t))
      if (param !== undefined) closes.push(param)
    }
    for (const end = tape.at + put.opens; tape.at < end; ) {
      const { key, param } = readRow(tape)
      this.#rows.open(key, rid, t)
      if (param !== undefined) opens.push(param)
    }
    current.params = changeParams(current.params, closes, opens)
    const facts = batch.bytes(put.facts)
    this.#version.run(base + current.version, t, put.at, put.op, put.chunk, put.start, put.size, current.params, facts)
    this.#feed.run(type, put.at, rid, current.version)
    if (living !== 0) this.#census.run(type, living)
  }
}

function conflict(subject: string, expected: number, found: number): Fault {
  return fault('store.conflict', { args: { subject, expected, found } })
}
