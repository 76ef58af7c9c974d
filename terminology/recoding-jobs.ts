// Filling a gap re-codes what is stored already: a job in batches, its progress kept with each batch, so that it goes on after a restart and can be stopped.
import type { Clock } from '#kernel/clock.ts'
import type { RecordPut, ResourcePut } from '#kernel/commit.ts'
import { type Fault, fault } from '#kernel/fault.ts'
import { newId } from '#kernel/ids.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Reader, Storage, StoredMessage, StoredVersion } from '#kernel/ports/storage.ts'
import type { CodingPass } from '#kernel/ports/terminology.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { systemPrincipal, type TenantCode } from '#kernel/tenant.ts'
import { type Gap, type Recoding, recoded, recoding } from './recoding.ts'

export const recodingKind = 'recoding'

export type RecodingJob = {
  readonly id: string
  readonly tenant: TenantCode
  readonly gap: Gap
  readonly by: string
  readonly startedAtMs: number
  readonly endedAtMs?: number
  readonly state: 'running' | 'done' | 'stopped' | 'failed'
  /** Search or walk under way, of how many, and where its last page ended. */
  readonly stage: number
  readonly stages: number
  readonly after?: string
  /** Resources looked at, and those that got a coding as a new version. */
  readonly seen: number
  readonly changed: number
  readonly fault?: Fault
}

export type RecodingTools = {
  readonly storage: Storage
  readonly clock: Clock
  readonly coding: (tenant: TenantCode) => CodingPass
  /** A new version with the changed content; undefined when the change leaves it as it is. */
  /** Whether plans translate with a map: then the messages that met the gap are worked on again. */
  readonly isOfPlans: (map: string) => boolean
  readonly replay: (message: StoredMessage) => Promise<Result<{ readonly resources: readonly unknown[] }>>
  readonly rewrite: (stored: StoredVersion, change: (resource: JsonObject) => JsonObject | undefined) => ResourcePut | undefined
}

const by = 'system:recoding'
const rowsPerPage = 200
const messagesPerPage = 50
/** A version is printed a moment before the gap it met is written down. */
const printedBeforeMsMax = 60_000
const triesMax = 5
const jobsKept = 1_000

export class RecodingJobs {
  readonly #tools: RecodingTools
  readonly #running = new Map<string, Promise<void>>()
  readonly #stopped = new Set<string>()
  #closing = false

  constructor(tools: RecodingTools) {
    this.#tools = tools
  }

  /** Goes on with what was under way when the process ended. */
  async resume(): Promise<Result<void>> {
    for (const tenant of this.#tools.storage.tenants()) {
      const jobs = await this.list([tenant])
      if (!jobs.ok) return jobs
      for (const job of jobs.value) if (job.state === 'running') this.#run(job)
    }
    return ok(undefined)
  }

  async start(tenant: TenantCode, gap: Gap, who: string): Promise<Result<RecodingJob>> {
    const nowMs = this.#tools.clock.now()
    const stages = this.#tools.isOfPlans(gap.map) ? 1 : stagesOf(recoding(tenant, gap))
    const id = newId(nowMs)
    const job: RecodingJob = { id, tenant, gap, by: who, startedAtMs: nowMs, state: 'running', stage: 0, stages, seen: 0, changed: 0 }
    const audit = { atMs: nowMs, principal: who, action: 'recode', outcome: 'success' as const, subject: subjectOf(job) }
    const stored = await this.#tools.storage.commit({ tenant, cause: { by: who }, records: [recordOf(job)], audit: [audit] })
    if (!stored.ok) return stored
    this.#run(job)
    return ok(job)
  }

  /** Newest first. */
  async list(tenants: readonly TenantCode[]): Promise<Result<RecodingJob[]>> {
    const jobs: RecodingJob[] = []
    for (const tenant of tenants) {
      const records = await this.#reader(tenant).records(tenant, recodingKind, { limit: jobsKept })
      if (!records.ok) return records
      jobs.push(...records.value.map(record => JSON.parse(record.value) as RecodingJob))
    }
    return ok(jobs.sort((a, b) => b.startedAtMs - a.startedAtMs || (a.id < b.id ? 1 : -1)))
  }

  /** Ends a job behind the batch that is under way; what is re-coded stays. */
  async stop(tenant: TenantCode, id: string): Promise<Result<RecodingJob>> {
    this.#stopped.add(id)
    await this.#running.get(id)
    const record = await this.#reader(tenant).record(tenant, recodingKind, id)
    if (!record.ok) return record
    return record.value ? ok(JSON.parse(record.value.value) as RecodingJob) : failed(fault('http.not-found'))
  }

  /** Leaves jobs where they are; the next start goes on with them. */
  async close(): Promise<void> {
    this.#closing = true
    await Promise.all(this.#running.values())
  }

  #run(job: RecodingJob): void {
    const done = this.#work(job).finally(() => this.#running.delete(job.id))
    this.#running.set(job.id, done)
  }

  async #work(start: RecodingJob): Promise<void> {
    let job = start
    while (job.state === 'running' && !this.#closing) {
      const next = this.#stopped.has(job.id) ? await this.#end(job, { state: 'stopped' }) : await this.#batch(job)
      job = next.ok ? next.value : await this.#fail(job, next.fault)
    }
  }

  /** One page: read, re-code, and commit the new versions together with how far the job is. */
  async #batch(job: RecodingJob): Promise<Result<RecodingJob>> {
    if (job.stage >= job.stages) return this.#end(job, { state: 'done' })
    if (this.#tools.isOfPlans(job.gap.map)) return this.#replayBatch(job)
    let last: Fault = fault('store.conflict')
    for (let tries = 0; tries < triesMax; tries++) {
      const page = await this.#page(job)
      if (!page.ok) return page
      const { tenant, gap } = job
      const pass = this.#tools.coding(tenant)
      const puts = page.value.entries.flatMap(stored => this.#tools.rewrite(stored, resource => recoded(resource, pass, gap.source)) ?? [])
      const next = advanced(job, page.value, puts.length)
      // Most types do not hold the code: to ask them again after a restart costs less than to write down that they were asked.
      if (page.value.entries.length === 0 && page.value.next === undefined) return ok(next)
      const stored = await this.#commit(next, puts)
      if (stored.ok) return ok(next)
      last = stored.fault
      if (last.code !== 'store.conflict') break
    }
    return failed(last)
  }

  /** The messages of the source since the gap was met: a replay writes new versions where a plan makes something else now, and nothing where not. */
  async #replayBatch(job: RecodingJob): Promise<Result<RecodingJob>> {
    const { source, firstSeenMs } = job.gap
    const sinceMs = firstSeenMs - printedBeforeMsMax
    const before = job.after === undefined ? {} : { before: JSON.parse(job.after) as Cursor }
    const page = await this.#reader(job.tenant).messages({ statuses: ['processed'], sinceMs, limit: messagesPerPage, ...before })
    if (!page.ok) return page
    let changed = 0
    const ofSource = page.value.filter(message => message.source === source)
    for (const message of ofSource) {
      const outcome = await this.#tools.replay(message)
      if (outcome.ok) changed += outcome.value.resources.length
    }
    const last = page.value.length < messagesPerPage ? undefined : page.value.at(-1)
    const cursor = last && JSON.stringify({ receivedAtMs: last.receivedAtMs, tenant: last.tenant, seq: last.seq } satisfies Cursor)
    const { after: _after, ...rest } = job
    const counted = { ...rest, seen: job.seen + ofSource.length, changed: job.changed + changed }
    const next = cursor === undefined ? { ...counted, stage: job.stage + 1 } : { ...counted, after: cursor }
    const stored = await this.#commit(next, [])
    return stored.ok ? ok(next) : stored
  }

  async #page(job: RecodingJob): Promise<Result<Page>> {
    const { searches, walks, sinceMs } = recoding(job.tenant, job.gap)
    const reader = this.#reader(job.tenant)
    const plan = searches[job.stage]
    const paged = job.after === undefined ? {} : { after: job.after }
    if (plan) return reader.search({ ...plan, ...paged })
    const type = walks[job.stage - searches.length]!
    const versions = await reader.versions({ type, sinceMs: sinceMs - printedBeforeMsMax, count: rowsPerPage, ...paged })
    if (!versions.ok) return versions
    const wanted = new Map(versions.value.entries.map(({ type, id }) => [id, { type, id }]))
    const current = await reader.read([...wanted.values()])
    if (!current.ok) return current
    const entries = current.value.flatMap(stored => (stored && stored.op !== 'delete' ? [stored] : []))
    return ok({ entries, ...(versions.value.next === undefined ? {} : { next: versions.value.next }) })
  }

  #commit(job: RecodingJob, resources: readonly ResourcePut[]): Promise<Result<unknown>> {
    const atMs = this.#tools.clock.now()
    const detail = `${resources.length} resources`
    const entry = { atMs, principal: by, action: 'recode', outcome: 'success' as const, subject: subjectOf(job), detail }
    const audit = resources.length > 0 ? [entry] : []
    return this.#tools.storage.commit({ tenant: job.tenant, cause: { by }, resources, records: [recordOf(job)], audit })
  }

  async #end(job: RecodingJob, how: Pick<RecodingJob, 'state' | 'fault'>): Promise<Result<RecodingJob>> {
    const ended = { ...job, ...how, endedAtMs: this.#tools.clock.now() }
    const stored = await this.#commit(ended, [])
    return stored.ok ? ok(ended) : stored
  }

  async #fail(job: RecodingJob, cause: Fault): Promise<RecodingJob> {
    const ended = await this.#end(job, { state: 'failed', fault: cause })
    return ended.ok ? ended.value : { ...job, state: 'failed' }
  }

  #reader(tenant: TenantCode): Reader {
    return this.#tools.storage.reader({ principal: systemPrincipal('recoding'), tenants: [tenant] })
  }
}

type Cursor = { readonly receivedAtMs: number; readonly tenant: TenantCode; readonly seq: number }
type Page = { readonly entries: readonly StoredVersion[]; readonly next?: string }

function advanced(job: RecodingJob, { entries, next }: Page, changed: number): RecodingJob {
  const { after: _after, ...rest } = job
  const counted = { ...rest, seen: job.seen + entries.length, changed: job.changed + changed }
  return next === undefined ? { ...counted, stage: job.stage + 1 } : { ...counted, after: next }
}

function stagesOf({ searches, walks }: Recoding): number {
  return searches.length + walks.length
}

function subjectOf({ gap }: RecodingJob): string {
  return `${gap.system}|${gap.code}`
}

function recordOf(job: RecodingJob): RecordPut {
  return { kind: recodingKind, key: job.id, value: JSON.stringify(job) }
}
