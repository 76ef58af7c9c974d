// The writer's desk: what waits, per tenant, and what is done with it. No threads here, so that it can be tested by hand.
import type { MessagePort } from 'node:worker_threads'
import { type Fault, fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { isTenantCode, type TenantCode } from '#kernel/tenant.ts'
import { storeFile } from '../paths.ts'
import type { FromWriter, Refusal, ToWriter, WriterData } from '../protocol.ts'
import { unlessRefused } from '../sqlite-fault.ts'
import type { WireText } from '../wire.ts'
import { Checkpoints } from './checkpoints.ts'
import { openFile } from './open-file.ts'
import { Sweep } from './sweep.ts'
import { TenantWriter, type Waiting } from './tenant-writer.ts'

/** Bounds of one group: beyond, the first in it would wait too long for the last. */
const groupCommitsMax = 512
const groupBytesMax = 16 * 1024 * 1024
/** A thousandth of the search horizon, within these bounds, passes between two looks for rows to sweep. */
const idlePauseMsMin = 50
const idlePauseMsMax = 30_000

export type DeskEvents = {
  /** The write-ahead log of a tenant is worth a checkpoint by another thread. */
  readonly checkpoint: (tenant: TenantCode) => void
  readonly opened: (tenant: TenantCode) => void
}

type Room = {
  readonly writer: TenantWriter
  readonly waiting: Waiting[]
  readonly checkpoints: Checkpoints
  readonly sweep: Sweep
  /** The newest time a commit brought along: the only clock here is that of the threads that commit. */
  nowMs: number
  sweepAtMs: number
}

export class Desk {
  readonly #data: WriterData
  readonly #events: DeskEvents
  readonly #rooms = new Map<TenantCode, Room>()
  readonly #answers = new Map<MessagePort, { done: [number, number][]; refused: Refusal[] }>()

  constructor(data: WriterData, events: DeskEvents) {
    this.#data = data
    this.#events = events
  }

  openAll(): Result<TenantCode[]> {
    for (const tenant of this.#data.tenants) {
      const opened = this.#open(tenant)
      if (!opened.ok) return opened
    }
    return ok([...this.#rooms.keys()])
  }

  take(message: ToWriter, port: MessagePort): void {
    if (message.kind === 'open') {
      const opened = this.#open(message.tenant)
      const { number, tenant } = message
      port.postMessage({ kind: 'opened', number, tenant, ...(opened.ok ? {} : { fault: opened.fault }) } satisfies FromWriter)
      return
    }
    const { text, numbers, bytes } = message.batch
    const { tape, commits } = JSON.parse(text) as WireText
    const arrived = { bytes, numbers, tape }
    for (const commit of commits) {
      const room = this.#rooms.get(commit.tenant)
      const settle = (outcome: Result<number>) => this.#settle(port, commit.number, outcome)
      if (room) room.waiting.push({ commit, arrived, settle })
      else settle(failed(fault('store.tenant-unknown', { args: { tenant: commit.tenant } })))
    }
  }

  /** One group per tenant, each answered before the next is begun, or a step of idle work; true while there may be more to do. */
  work(): boolean {
    this.#tell()
    const worked = [...this.#rooms.values()].filter(room => room.waiting.length > 0)
    for (const room of worked) {
      const group = nextGroup(room.waiting)
      room.nowMs = Math.max(room.nowMs, group.at(-1)!.commit.atMs)
      room.writer.apply(group)
      this.#tell()
    }
    for (const room of worked) room.checkpoints.look()
    return worked.length > 0 || this.#rest()
  }

  /** Now and then: what little stands in the write-ahead logs is worth copying when nobody waits. */
  tidy(): void {
    for (const room of this.#rooms.values()) if (room.waiting.length === 0) room.checkpoints.look(true)
  }

  checkpointed(tenant: TenantCode): void {
    this.#rooms.get(tenant)?.checkpoints.finish()
  }

  close(): void {
    for (const room of this.#rooms.values()) room.writer.close()
    this.#rooms.clear()
  }

  /** Idle work, one small step; true while there is more. */
  #rest(): boolean {
    for (const room of this.#rooms.values()) {
      if (room.sweepAtMs > room.nowMs) continue
      if (unlessRefused(() => room.sweep.step(room.nowMs - this.#data.searchHorizonMs))) return true
      room.sweepAtMs = room.nowMs + Math.min(idlePauseMsMax, Math.max(idlePauseMsMin, this.#data.searchHorizonMs / 1000))
    }
    return false
  }

  #open(tenant: TenantCode): Result<void> {
    if (this.#rooms.has(tenant)) return ok(undefined)
    if (!isTenantCode(tenant)) return failed(fault('store.tenant-unknown', { args: { tenant } }))
    const file = openFile(storeFile(this.#data.directory, tenant))
    if (!file.ok) return file
    const writer = new TenantWriter(file.value)
    const checkpoints = new Checkpoints(file.value, () => this.#events.checkpoint(tenant))
    this.#rooms.set(tenant, { writer, waiting: [], checkpoints, sweep: new Sweep(file.value, writer), nowMs: 0, sweepAtMs: 0 })
    this.#events.opened(tenant)
    return ok(undefined)
  }

  #tell(): void {
    for (const [port, { done, refused }] of this.#answers) port.postMessage({ kind: 'answers', done, refused } satisfies FromWriter)
    this.#answers.clear()
  }

  #settle(port: MessagePort, number: number, outcome: Result<number>): void {
    let answers = this.#answers.get(port)
    if (!answers) this.#answers.set(port, (answers = { done: [], refused: [] }))
    if (outcome.ok) answers.done.push([number, outcome.value])
    else answers.refused.push([number, outcome.fault satisfies Fault])
  }
}

function nextGroup(waiting: Waiting[]): Waiting[] {
  let bytes = 0
  let commits = 0
  while (commits < waiting.length && commits < groupCommitsMax && bytes < groupBytesMax) {
    const { chunks, documents } = waiting[commits]!.commit
    bytes += chunks.reduce((sum, [, size]) => sum + size, 0) + documents.reduce((sum, document) => sum + document.bytes[1], 0)
    commits++
  }
  return waiting.splice(0, commits)
}
