// The rooms that both the main thread and the pipeline worker open: terminology, channels, mappings, and what follows from them per tenant.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Authority, compileAuthority } from '#cdr/store/authority.ts'
import type { Channel } from '#engine/channels/channel.ts'
import { type Contract, openContract } from '#engine/channels/contract.ts'
import { loadChannels, parseChannel } from '#engine/channels/load.ts'
import type { Support } from '#engine/journal/reading.ts'
import { r4 } from '#formats/fhir/model/r4.ts'
import type { Fault } from '#kernel/fault.ts'
import type { JsonValue } from '#kernel/json.ts'
import type { CompiledPlan } from '#kernel/ports/mapper.ts'
import type { Storage } from '#kernel/ports/storage.ts'
import type { CodeMaps, CodingPass } from '#kernel/ports/terminology.ts'
import { must, ok, type Result } from '#kernel/result.ts'
import { systemPrincipal, type TenantCode } from '#kernel/tenant.ts'
import { planFilesIn } from '#mappings/load-plans.ts'
import { Mappings, openMappings } from '#mappings/mappings.ts'
import { CodedMembers } from '#terminology/coded-members.ts'
import { isOfPass, StandardCodingPass } from '#terminology/coding-pass.ts'
import { loadTerminology, type Terminology } from '#terminology/load.ts'
import { editKind, readEdit, withEdits } from '#terminology/map-edits.ts'

export type Rooms = {
  readonly terminology: Terminology
  readonly channels: readonly Channel[]
  readonly mappings: Mappings
  /** Compiled with the code maps as the tenant decided about them. */
  plan(channel: Channel, type: string, tenant: TenantCode): Result<CompiledPlan<unknown>>
  /** What the plans ask of a message of the type; a fault when none takes it. */
  support(channel: Channel, type: string): Result<Support>
  /** What a JSON message of the channel breaks of its vendor contract. */
  check(channel: Channel): (value: JsonValue) => readonly Fault[]
  authority(tenant: TenantCode): Authority
  coding(tenant: TenantCode): CodingPass
  /** Reads a tenant's decisions about codes anew. */
  reload(tenant: TenantCode, storage: Pick<Storage, 'reader'>): Promise<void>
}

const adaptersDirectory = fileURLToPath(new URL('./adapters/', import.meta.url))
const editsMax = 20_000

/** The built-in channel: any HL7 v2 sender on the shared port. */
const defaultChannel = must(
  parseChannel(
    `id: default
name: { zh: 通用 HL7 v2 接入, en: Any HL7 v2 sender }
tenant: DEFAULT
facility: DEFAULT
source: UNKNOWN
format: hl7v2
connector: { kind: mllp }
orderKey: [PID-3.1, MRG-1.1, PV1-19.1]
tags: { patient: [PID-3.1, MRG-1.1], visit: [PV1-19.1], order: [ORC-2.1, ORC-3.1, OBR-2.1, OBR-3.1] }
`,
    'default/channel.yaml',
  ),
)

export type RoomsOptions = {
  readonly demo: boolean
  readonly channelsDir: string | undefined
  /** The plans are known to be sound. Those of the house are, by its tests: only a site's own are checked at every start. */
  readonly isChecked?: boolean
}

export function openRooms(options: RoomsOptions): Result<Rooms> {
  const terminology = loadTerminology()
  if (!terminology.ok) return terminology
  const directories = [...(options.demo ? [adaptersDirectory] : []), ...(options.channelsDir ? [options.channelsDir] : [])]
  const loaded = loadChannels(directories)
  if (!loaded.ok) return loaded
  const overlays = new Map(
    loaded.value.flatMap(({ channel, directory }) => (channel.overlay ? [[channel.overlay, planFilesIn(directory)] as const] : [])),
  )
  const mappings = openMappings({
    overlays,
    codeMaps: terminology.value.maps,
    isChecked: options.isChecked ?? options.channelsDir === undefined,
  })
  if (!mappings.ok) return mappings
  const schemas = new Map(
    loaded.value.flatMap(({ channel, directory }) =>
      channel.schema ? [[channel.id, openContract(join(directory, channel.schema))] as const] : [],
    ),
  )
  const remapped = (codeMaps: CodeMaps) => new Mappings({ overlays, codeMaps, isChecked: true })
  const channels = [defaultChannel, ...loaded.value.map(({ channel }) => channel)]
  return ok(roomsOf(terminology.value, channels, mappings.value, remapped, schemas))
}

function roomsOf(
  terminology: Terminology,
  channels: readonly Channel[],
  mappings: Mappings,
  remapped: (codeMaps: CodeMaps) => Mappings,
  contracts: ReadonlyMap<string, Contract>,
): Rooms {
  const members = new CodedMembers(r4)
  const seedPass = new StandardCodingPass(terminology.maps, members)
  const passes = new Map<TenantCode, CodingPass>()
  /** Of tenants that decided about codes which plans themselves translate. */
  const decided = new Map<TenantCode, Mappings>()
  const authorities = new Map<TenantCode, Authority>()
  const support = (channel: Channel, type: string): Result<Support> => {
    const plan = mappings.planFor(channel, type)
    return plan.ok ? ok({ required: mappings.required(channel, type), time: mappings.time(channel, type) }) : plan
  }
  return {
    terminology,
    channels,
    mappings,
    plan: (channel, type, tenant) => (decided.get(tenant) ?? mappings).planFor(channel, type) as Result<CompiledPlan<unknown>>,
    support,
    check: channel => contracts.get(channel.id) ?? (() => []),
    coding: tenant => passes.get(tenant) ?? seedPass,
    authority(tenant) {
      let authority = authorities.get(tenant)
      if (!authority) {
        const rules = channels.filter(channel => channel.tenant === tenant).flatMap(channel => mappings.authority(channel.overlay))
        authorities.set(tenant, (authority = compileAuthority(rules)))
      }
      return authority
    },
    async reload(tenant, storage) {
      const rows = await storage
        .reader({ principal: systemPrincipal('terminology'), tenants: [tenant] })
        .records(tenant, editKind, { limit: editsMax })
      const edits = (rows.ok ? rows.value : []).flatMap(row => {
        const edit = readEdit(row)
        return edit.ok ? [edit.value] : []
      })
      const maps = withEdits(terminology.maps, edits, terminology.dictionary)
      if (edits.length === 0) passes.delete(tenant)
      else passes.set(tenant, new StandardCodingPass(maps, members))
      // What the coding pass writes beside a code never changes what a plan makes.
      if (edits.every(({ map }) => isOfPass(terminology.maps, map))) decided.delete(tenant)
      else decided.set(tenant, remapped(maps))
    },
  }
}
