// Everything that runs in one process, opened in order and closed in reverse. main.ts, tests and benchmarks start it.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openExtractor } from '#cdr/index/extract.ts'
import { rewrite } from '#cdr/store/rewrite.ts'
import { type Address, loadEndpoints } from '#engine/connectors/endpoint.ts'
import { readHl7 } from '#engine/journal/reading-hl7v2.ts'
import { readJson } from '#engine/journal/reading-json.ts'
import { openMessageLog } from '#engine/log/message-log.ts'
import { traceMessage } from '#engine/pipeline/trace.ts'
import { RunningEngine } from '#engine/running-engine.ts'
import { readStored } from '#formats/fhir/json/stored.ts'
import { systemClock } from '#kernel/clock.ts'
import { fault } from '#kernel/fault.ts'
import { readIdCard } from '#kernel/id-card.ts'
import type { MessageLog } from '#kernel/ports/log.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { defaultTenant, regionTenant, systemTenant, type TenantCode } from '#kernel/tenant.ts'
import { isLoopback, type Settings } from '#platform/config/settings.ts'
import { type HttpServer, openHttpServer } from '#platform/http/server.ts'
import type { Logger } from '#platform/observe/logger.ts'
import { type Metrics, openMetrics } from '#platform/observe/metrics.ts'
import { addClient, type Directory, facilityNamed, isActive, openDirectory } from '#platform/security/directory.ts'
import { keyFile } from '#platform/security/key-files.ts'
import { openLockout } from '#platform/security/lockout.ts'
import { openTokens, type Tokens } from '#platform/security/tokens.ts'
import { blindIndex } from '#platform/storage/blind-index.ts'
import { openStorage } from '#platform/storage/embedded/open-storage.ts'
import type { OwnedStorage } from '#platform/storage/embedded/owned-storage.ts'
import { isOfPass } from '#terminology/coding-pass.ts'
import { RecodingJobs } from '#terminology/recoding-jobs.ts'
import type { FollowedTenant } from './followers.worker.ts'
import { openFollowersThread } from './followers-thread.ts'
import { openPipelineThread, type PipelineEvents } from './pipeline-thread.ts'
import { openRooms, type Rooms } from './rooms.ts'
import { openSurfaces } from './surfaces.ts'

export const clock = systemClock
export const version = '0.1.0'

export type Server = {
  readonly settings: Settings
  readonly storage: OwnedStorage
  readonly log: MessageLog
  readonly directory: Directory
  readonly rooms: Rooms
  readonly engine: RunningEngine
  readonly tokens: Tokens
  readonly metrics: Metrics
  readonly digest: (value: string) => string
  readonly keys: Keys
  /** Addresses of destinations by name; the demo adds its own. */
  readonly endpoints: Map<string, Address>
  readonly http: HttpServer
  /** Secret of the client `admin` when it was generated just now. */
  readonly newAdminSecret: string | undefined
  close(): Promise<void>
}

export type Keys = { readonly token: Uint8Array; readonly cursor: Uint8Array; readonly blind: Uint8Array }

/** What a surface is built from: everything but the HTTP port itself. */
export type Opened = Omit<Server, 'http' | 'close' | 'newAdminSecret'> & {
  readonly logger: Logger
  readonly isReady: () => boolean
  readonly reload: (tenant: TenantCode) => Promise<void>
  readonly recodings: RecodingJobs
  /** Logical time up to which the shared documents of a tenant are made. */
  readonly documentsMadeTo: (tenant: TenantCode) => number | undefined
}

export async function openServer(settings: Settings, logger: Logger): Promise<Result<Server>> {
  const storage = await openStorage({
    directory: settings.dataDir,
    clock,
    onWriterLost: lost => logger.fatal({ code: lost.code }, 'the writer is gone'),
  })
  if (!storage.ok) return storage
  const opened = await openOnStorage(settings, storage.value, logger)
  if (!opened.ok) await storage.value.close()
  return opened
}

async function openOnStorage(settings: Settings, storage: OwnedStorage, logger: Logger): Promise<Result<Server>> {
  for (const tenant of [systemTenant, defaultTenant, regionTenant]) {
    const done = await storage.openTenant(tenant)
    if (!done.ok) return done
  }
  const directory = await openDirectory(storage, clock)
  if (!directory.ok) return directory
  const admin = await ensureAdmin(directory.value, settings)
  if (!admin.ok) return admin
  const rooms = openRooms(settings)
  if (!rooms.ok) return rooms
  for (const channel of rooms.value.channels) {
    const done = await storage.openTenant(channel.tenant)
    if (!done.ok) return done
  }
  return openRunning(settings, storage, directory.value, rooms.value, admin.value, logger)
}

async function openRunning(
  settings: Settings,
  storage: OwnedStorage,
  directory: Directory,
  rooms: Rooms,
  newAdminSecret: string | undefined,
  logger: Logger,
): Promise<Result<Server>> {
  const keys = openKeys(settings)
  const log = openMessageLog({ directory: settings.dataDir })
  const metrics = openMetrics()
  const digest = blindIndex(keys.blind)
  const tokens = openTokens(keys.token, clock, principal => isActive(directory, principal))
  const threads = await openThreads({ settings, storage, directory, blindKey: keys.blind, logger, settled: batch => engine.settled(batch) })
  const endpoints = settings.channelsDir ? loadEndpoints(settings.channelsDir) : ok(new Map<string, Address>())
  if (!endpoints.ok) return endpoints
  const engine: RunningEngine = new RunningEngine({
    storage,
    log,
    ...engineTools(settings, directory, rooms, digest, metrics, logger),
    endpoints: endpoints.value,
    work: threads.pipeline.work,
  })
  let ready = false
  const reload = async (tenant: TenantCode) => {
    await rooms.reload(tenant, storage)
    threads.pipeline.reload(tenant)
  }
  const shared = { settings, storage, log, directory, rooms, engine, tokens, metrics, digest, keys, endpoints: endpoints.value }
  const recodings = openRecodings(storage, rooms, digest, engine)
  const opened: Opened = { ...shared, logger, isReady: () => ready, reload, recodings, documentsMadeTo: threads.followers.place }
  const surfaces = openSurfaces(opened, { clock, lockout: openLockout(clock), version, portal: portalDirectory })
  if (!surfaces.ok) return surfaces
  for (const tenant of storage.tenants()) await rooms.reload(tenant, storage)
  const started = await engine.start()
  if (!started.ok) return started
  const resumed = await recodings.resume()
  if (!resumed.ok) return resumed
  const http = await listen(settings, surfaces.value, { logger, metrics, now: () => clock.now() })
  if (!http.ok) return http
  ready = true
  const close = async () => {
    ready = false
    await http.value.close()
    await engine.stop()
    await recodings.close()
    await threads.close()
    await log.close()
    await storage.close()
  }
  return ok({ ...shared, http: http.value, newAdminSecret, close })
}

function openRecodings(storage: OwnedStorage, rooms: Rooms, digest: (value: string) => string, engine: RunningEngine): RecodingJobs {
  const tools = { parse: (body: Buffer) => readStored(body.toString('utf8')), extract: openExtractor(digest) }
  return new RecodingJobs({
    storage,
    clock,
    coding: rooms.coding,
    isOfPlans: map => rooms.terminology.maps.has(map) && !isOfPass(rooms.terminology.maps, map),
    replay: message => engine.replay(message),
    rewrite: (stored, change) => rewrite(stored, change, clock.now(), tools),
  })
}

const portalDirectory = fileURLToPath(new URL('./portal/dist/', import.meta.url))

function openKeys({ dataDir }: Settings): Keys {
  const directory = join(dataDir, 'keys')
  return { token: keyFile(directory, 'token'), cursor: keyFile(directory, 'cursor'), blind: keyFile(directory, 'blind-index') }
}

type ThreadTools = {
  readonly settings: Settings
  readonly storage: OwnedStorage
  readonly directory: Directory
  readonly blindKey: Uint8Array
  readonly logger: Logger
  readonly settled: PipelineEvents['settled']
}

/** The workers beside the main thread: one for messages, one for what follows from them. */
async function openThreads({ settings, storage, directory, blindKey, logger, settled }: ThreadTools) {
  const { demo, channelsDir, logLevel } = settings
  const lost = (worker: string) => (reason: string, replaced: boolean) => logger.fatal({ worker, reason, replaced }, 'a worker is gone')
  const ticket = () => storage.attach()
  const followers = await openFollowersThread(ticket, { blindKey, logLevel }, () => followedTenants(storage, directory), lost('followers'))
  directory.tenants.watch(followers.tenantsChanged)
  const pipeline = await openPipelineThread(
    ticket,
    { rooms: { demo, channelsDir }, blindKey, logLevel },
    {
      settled(batch) {
        settled(batch)
        for (const tenant of new Set(batch.map(each => each.tenant))) followers.wake(tenant)
      },
      lost: lost('pipeline'),
    },
  )
  const close = async () => {
    await pipeline.close()
    await followers.close()
  }
  return { pipeline, followers, close }
}

function followedTenants(storage: OwnedStorage, directory: Directory): FollowedTenant[] {
  return storage.tenants().map(code => {
    const tenant = directory.tenants.get(code)
    const custodian = { code: tenant?.organizationCode ?? code, name: tenant?.name ?? code }
    return { code, custodian, sharesPersons: tenant?.sharesPersons ?? false }
  })
}

function engineTools(
  settings: Settings,
  directory: Directory,
  rooms: Rooms,
  digest: (value: string) => string,
  metrics: Metrics,
  logger: Logger,
) {
  const protect = (value: string) => {
    const card = readIdCard(value)
    return card ? digest(card.number) : value
  }
  return {
    clock,
    channels: rooms.channels,
    facility: (name: string) => facilityNamed(directory, name),
    isLoopback,
    support: rooms.support,
    read: ((bytes, framing, channel, charset) =>
      channel.format === 'json'
        ? readJson(bytes, channel, { protect, check: rooms.check(channel) })
        : readHl7(bytes, framing, { protect, charset })) satisfies ConstructorParameters<typeof RunningEngine>[0]['read'],
    trace: async (request: Parameters<RunningEngine['trace']>[0]) => traceMessage(request, rooms),
    protect,
    listen: { host: settings.host, mllpPort: settings.mllpPort },
    onTrouble: (what: string, trouble: { code: string }) => logger.error({ what, code: trouble.code }, 'engine trouble'),
    onAck: (channel: string, code: string, seconds: number) => {
      metrics.received.inc({ channel, ack: code })
      metrics.ackSeconds.observe(seconds)
    },
    onSettled: (item: { channel: string; receivedAtMs: number }, settled: { status: string }) => {
      metrics.settled.inc({ channel: item.channel, status: settled.status })
      metrics.processSeconds.observe((clock.now() - item.receivedAtMs) / 1000)
    },
  }
}

async function listen(
  settings: Settings,
  surfaces: Parameters<typeof openHttpServer>[1],
  tools: Parameters<typeof openHttpServer>[2],
): Promise<Result<HttpServer>> {
  try {
    return ok(await openHttpServer({ host: settings.host, port: settings.httpPort }, surfaces, tools))
  } catch (error) {
    return failed(fault('config.invalid', { args: { name: 'HUILIAN_HTTP_PORT', reason: String(error) } }))
  }
}

/** The client `admin`: its secret comes from the environment, else it is generated once. Gives the secret only when it is new. */
async function ensureAdmin(directory: Directory, settings: Settings): Promise<Result<string | undefined>> {
  if (settings.adminSecret === undefined && directory.clients.get('admin')) return ok(undefined)
  const given = {
    id: 'admin',
    name: 'Administrator',
    tenants: 'all' as const,
    scopes: ['system/*.*', 'console.*', 'admin'],
    secret: settings.adminSecret,
  }
  const added = await addClient(directory, clock, given, 'system:start')
  return added.ok ? ok(settings.adminSecret === undefined ? added.value.secret : undefined) : added
}
