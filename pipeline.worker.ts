// The pipeline worker: maps, codes, merges and commits messages with its own way to the store. A composition root of its own thread.
import { parentPort, workerData } from 'node:worker_threads'
import { judgedRepository } from '#cdr/definitions/judged-repository.ts'
import { openTenantDefinitions } from '#cdr/definitions/tenant-definitions.ts'
import { openExtractor } from '#cdr/index/extract.ts'
import { openRepository } from '#cdr/store/unit-of-work.ts'
import type { Item, Settled } from '#engine/pipeline/item.ts'
import { type ProcessTools, processItem } from '#engine/pipeline/process.ts'
import type { FromPipeline, ToPipeline } from '#engine/pipeline/protocol.ts'
import type { CharsetName } from '#formats/charset/names.ts'
import { parseJson } from '#formats/fhir/json/read.ts'
import { readStored } from '#formats/fhir/json/stored.ts'
import { parseMessage } from '#formats/hl7v2/message.ts'
import { systemClock } from '#kernel/clock.ts'
import { messageName } from '#kernel/envelope.ts'
import { must, ok } from '#kernel/result.ts'
import { systemPrincipal, type TenantCode } from '#kernel/tenant.ts'
import { openLogger } from '#platform/observe/logger.ts'
import { blindIndex } from '#platform/storage/blind-index.ts'
import { attachStorage, type StorageTicket } from '#platform/storage/embedded/attached-storage.ts'
import { gapKey, gapKind, gapWork } from '#terminology/code-gaps.ts'
import { type HouseValidator, openHouseValidator, packagesIn } from './house-validator.ts'
import { openRooms, type RoomsOptions } from './rooms.ts'

export type PipelineData = {
  readonly ticket: StorageTicket
  readonly rooms: RoomsOptions
  readonly blindKey: Uint8Array
  readonly logLevel: string
}

const { ticket, rooms: options, blindKey, logLevel } = workerData as PipelineData
const logger = openLogger(logLevel)
const storage = attachStorage(ticket, systemClock)
const rooms = must(openRooms({ ...options, isChecked: true }))
const digest = blindIndex(blindKey)
const channels = new Map(rooms.channels.map(channel => [channel.id, channel]))
const gapsMax = 100_000
/** Gaps that have their record in the work list already. */
const knownGaps = new Map<TenantCode, Set<string>>()

const modes = new Map(rooms.channels.map(({ tenant, source, validation }) => [`${tenant} ${source}`, validation]))
const definitions = openTenantDefinitions(storage)
let validator: HouseValidator | undefined

/** Opened with the first message of a channel that wants it. */
function validatorFor(tenants: readonly TenantCode[]) {
  validator ??= openHouseValidator(
    {
      dictionary: rooms.terminology.dictionary,
      clock: systemClock,
      packages: packagesIn(ticket.directory),
      onTrouble: trouble => logger.error({ code: trouble.code, ...trouble.args }, 'a FHIR package cannot be used'),
    },
    definitions,
  )
  return validator.of(tenants)
}

const tools: ProcessTools = {
  storage,
  clock: systemClock,
  repository: judgedRepository(
    openRepository({
      clock: systemClock,
      extract: openExtractor(digest),
      parse: body => readStored(body.toString('utf8')),
      authority: rooms.authority,
      digest,
    }),
    { mode: (tenant, source) => modes.get(`${tenant} ${source}`) ?? 'off', validatorFor },
  ),
  channel: id => channels.get(id),
  plan: rooms.plan,
  read: (item, text) => (item.format === 'hl7v2' ? parseMessage(text, { charset: item.charset as CharsetName }) : parseJson(text)),
  text: async item => ok(item.text ?? ''),
  coding: rooms.coding,
  onBug: (message, bug) =>
    logger.error({ message, error: bug instanceof Error ? bug.stack : String(bug) }, 'bug while processing a message'),
  gaps: {
    rows: (tenant, gaps, { seq, atMs }) =>
      gapWork(gaps, knownGaps.get(tenant) ?? new Set(), { message: messageName({ tenant, seq }), atMs }),
    stored(tenant, gaps) {
      for (const gap of gaps) knownGapsOf(tenant).add(gapKey(gap))
    },
  },
}

function knownGapsOf(tenant: TenantCode): Set<string> {
  let known = knownGaps.get(tenant)
  if (!known) knownGaps.set(tenant, (known = new Set()))
  return known
}

const port = parentPort!
const settled: Settled[] = []
let reloading: Promise<void> | undefined

function report(one: Settled): void {
  if (settled.push(one) > 1) return
  setImmediate(() => port.postMessage({ kind: 'settled', batch: settled.splice(0) } satisfies FromPipeline))
}

port.on('message', (message: ToPipeline) => {
  if (message.kind === 'reload') reload(message.tenant)
  else if (reloading) void reloading.then(() => work(message.items))
  else work(message.items)
})

function work(items: readonly Item[]): void {
  for (const item of items) void processItem(item, tools).then(report)
}

/** A decision about codes counts from the next message on: those wait until it is read. */
function reload(tenant: TenantCode): void {
  definitions.written(tenant)
  const done: Promise<void> = (reloading ?? Promise.resolve())
    .then(() => rooms.reload(tenant, storage))
    .finally(() => {
      if (reloading === done) reloading = undefined
    })
  reloading = done
}

for (const tenant of storage.tenants()) {
  await rooms.reload(tenant, storage)
  const reader = storage.reader({ principal: systemPrincipal('pipeline'), tenants: [tenant] })
  for (const { key } of must(await reader.records(tenant, gapKind, { limit: gapsMax }))) knownGapsOf(tenant).add(key)
}
port.postMessage({ kind: 'ready' } satisfies FromPipeline)
