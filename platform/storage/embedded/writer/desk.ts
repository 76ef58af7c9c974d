// The writer's desk: what waits, per tenant, and what is done with it. No threads here, so that it can be tested by hand.
import type { MessagePort } from 'node:worker_threads'
import type { Clock } from '#kernel/clock.ts'
import { type Fault, fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { isTenantCode, type TenantCode } from '#kernel/tenant.ts'
import { storeFile } from '../paths.ts'
import type { FromWriter, Refusal, ToWriter, WriterData } from '../protocol.ts'
import type { WireText } from '../wire.ts'
import { Checkpoints } from './checkpoints.ts'
import { openFile } from './open-file.ts'
import { Sweep } from './sweep.ts'
import { TenantWriter, type Waiting } from './tenant-writer.ts'

/** Bounds of one group: beyond, the first in it would wait too long for the last. */
const groupCommitsMax = 512
const groupBytesMax = 16 * 1024 * 1024
const idlePauseMs = 30_000

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
  sweepAtMs: number
}

export class Desk {
  readonly #data: WriterData
  readonly #clock: Clock
  readonly #events: DeskEvents
  readonly #rooms = new Map<TenantCode, Room>()
  readonly #answers = new Map<MessagePort, { done: [number, number][]; refused: Refusal[] }>()

  constructor(data: WriterData, clock: Clock, events: DeskEvents) {
    this.#data = data
    this.#clock = clock
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
    const { names, commits } = JSON.parse(message.batch.text) as WireText
    for (const commit of commits) {
      const room = this.#rooms.get(commit.tenant)
      const settle = (outcome: Result<number>) => this.#settle(port, commit.number, outcome)
      if (room) room.waiting.push({ commit, names, bytes: message.batch.bytes, settle })
      else settle(failed(fault('store.tenant-unknown', { args: { tenant: commit.tenant } })))
    }
  }

  /** One group per tenant, then the answers; true while there is more to do. */
  work(): boolean {
    let more = false
    let busy = this.#answers.size > 0
    for (const room of this.#rooms.values()) {
      if (room.waiting.length === 0) continue
      busy = true
      room.writer.apply(nextGroup(room.waiting))
      more ||= room.waiting.length > 0
      room.checkpoints.look()
    }
    for (const [port, { done, refused }] of this.#answers) port.postMessage({ kind: 'answers', done, refused } satisfies FromWriter)
    this.#answers.clear()
    return more || (!busy && this.#rest())
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
    const nowMs = this.#clock.now()
    for (const room of this.#rooms.values()) {
      if (room.sweepAtMs > nowMs) continue
      if (room.sweep.step(nowMs - this.#data.searchHorizonMs)) return true
      room.checkpoints.look(true)
      room.sweepAtMs = nowMs + idlePauseMs
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
    this.#rooms.set(tenant, { writer, waiting: [], checkpoints, sweep: new Sweep(file.value, writer), sweepAtMs: 0 })
    this.#events.opened(tenant)
    return ok(undefined)
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
