// Live figures per channel: kept in memory by the minute for the sparkline, added to the store's hourly counts every few seconds so that a restart loses little.
import type { Clock } from '#kernel/clock.ts'
import type { CountAdd } from '#kernel/commit.ts'
import type { MessageStatus } from '#kernel/envelope.ts'
import type { Storage } from '#kernel/ports/storage.ts'
import { type ReadScope, systemPrincipal, type TenantCode } from '#kernel/tenant.ts'

export const figures = [
  'received',
  'processed',
  'filtered',
  'failed',
  'rejected',
  'quarantined',
  'duplicate',
  'sent',
  'sendFailed',
] as const
export type Figure = (typeof figures)[number]

export type ChannelFigures = {
  readonly totals: Readonly<Record<Figure, number>>
  /** Messages received per minute, oldest first, the last one still running. */
  readonly perMinute: readonly number[]
  readonly lastMessageAtMs: number | undefined
  /** From receipt to commit of the newest settled message, ms. */
  readonly lagMs: number | undefined
}

const minutesShown = 60
const flushMs = 5_000
const hourMs = 3_600_000
/** Totals cover today and the day before, so that a figure at midnight is not empty. */
const hoursShown = 24

type Live = { minutes: Map<number, number>; lastMessageAtMs?: number; lagMs?: number }

export class ChannelStats {
  readonly #storage: Storage
  readonly #clock: Clock
  readonly #live = new Map<string, Live>()
  readonly #pending = new Map<string, { tenant: TenantCode; channel: string; figure: Figure; add: number }>()
  readonly #timer: NodeJS.Timeout

  constructor(storage: Storage, clock: Clock) {
    this.#storage = storage
    this.#clock = clock
    this.#timer = setInterval(() => void this.flush(), flushMs)
    this.#timer.unref()
  }

  received(tenant: TenantCode, channel: string, status: MessageStatus, atMs: number): void {
    const live = this.#of(channel)
    const minute = Math.floor(atMs / 60_000)
    live.minutes.set(minute, (live.minutes.get(minute) ?? 0) + 1)
    for (const old of live.minutes.keys()) if (old <= minute - minutesShown) live.minutes.delete(old)
    live.lastMessageAtMs = atMs
    this.#add(tenant, channel, 'received', 1)
    if (status === 'rejected' || status === 'quarantined' || status === 'duplicate') this.#add(tenant, channel, status, 1)
  }

  settled(tenant: TenantCode, channel: string, status: MessageStatus, lagMs: number): void {
    if (status === 'processed' || status === 'filtered' || status === 'failed') this.#add(tenant, channel, status, 1)
    this.#of(channel).lagMs = lagMs
  }

  delivered(tenant: TenantCode, channel: string, sent: boolean): void {
    this.#add(tenant, channel, sent ? 'sent' : 'sendFailed', 1)
  }

  /** Figures of the last 24 hours of every channel that the scope may see. */
  async read(scope: ReadScope): Promise<Map<string, ChannelFigures>> {
    await this.flush()
    const hour = Math.floor(this.#clock.now() / hourMs)
    const counts = await this.#storage.reader(scope).counts('channel', hour - hoursShown + 1, hour + 1)
    const totals = new Map<string, Record<Figure, number>>()
    for (const { key, sum } of counts.ok ? counts.value : []) {
      const [channel, figure] = key.split(':') as [string, Figure]
      const row = totals.get(channel) ?? (Object.fromEntries(figures.map(name => [name, 0])) as Record<Figure, number>)
      row[figure] += sum
      totals.set(channel, row)
    }
    const names = new Set([...totals.keys(), ...this.#live.keys()])
    return new Map([...names].map(channel => [channel, this.#figures(channel, totals.get(channel))]))
  }

  async flush(): Promise<void> {
    const pending = [...this.#pending.values()]
    this.#pending.clear()
    const hour = Math.floor(this.#clock.now() / hourMs)
    const byTenant = Map.groupBy(pending, row => row.tenant)
    for (const [tenant, rows] of byTenant) {
      const counts: CountAdd[] = rows.map(({ channel, figure, add }) => ({ kind: 'channel', key: `${channel}:${figure}`, hour, add }))
      const done = await this.#storage.commit({ tenant, cause: { by: systemPrincipal('stats').id }, counts })
      if (!done.ok) for (const row of rows) this.#add(row.tenant, row.channel, row.figure, row.add)
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.flush()
  }

  #figures(channel: string, totals: Record<Figure, number> | undefined): ChannelFigures {
    const live = this.#live.get(channel)
    const now = Math.floor(this.#clock.now() / 60_000)
    return {
      totals: totals ?? (Object.fromEntries(figures.map(name => [name, 0])) as Record<Figure, number>),
      perMinute: Array.from({ length: minutesShown }, (_, i) => live?.minutes.get(now - minutesShown + 1 + i) ?? 0),
      lastMessageAtMs: live?.lastMessageAtMs,
      lagMs: live?.lagMs,
    }
  }

  #of(channel: string): Live {
    let live = this.#live.get(channel)
    if (!live) this.#live.set(channel, (live = { minutes: new Map() }))
    return live
  }

  #add(tenant: TenantCode, channel: string, figure: Figure, add: number): void {
    const key = `${tenant}:${channel}:${figure}`
    const row = this.#pending.get(key)
    if (row) row.add += add
    else this.#pending.set(key, { tenant, channel, figure, add })
  }
}
