// The code work list and the dictionary over the console API.
import type { Clock } from '#kernel/clock.ts'
import type { Storage } from '#kernel/ports/storage.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import type { Call, Route } from '#platform/http/route.ts'
import { anything, integer, list, object, oneOf, string } from '#platform/http/schema.ts'
import { type GapRecord, gapClosed, gapKey, gapKind, gapList } from './code-gaps.ts'
import type { Terminology } from './load.ts'
import { checkEdit, editRecord, type MapEdit } from './map-edits.ts'
import type { RecodingJobs } from './recoding-jobs.ts'
import { describeJob, job, recodingRoutes, tenantOf } from './recoding-routes.ts'

export type TerminologyTools = {
  readonly storage: Storage
  readonly clock: Clock
  readonly terminology: Terminology
  /** The pipeline must see the decision from the next message on. */
  readonly reload: (tenant: TenantCode) => Promise<void>
  /** Bring what is stored already up to a decision. */
  readonly recodings: RecodingJobs
}

const hourMs = 3_600_000
const hoursCounted = 30 * 24
const gapsMax = 5_000
const foundMax = 50

const coding = object({ system: string, code: string, 'display?': string })
const gap = object({
  tenant: string,
  key: string,
  map: string,
  system: string,
  code: string,
  'display?': string,
  source: string,
  'element?': string,
  example: string,
  count: integer,
  firstSeenMs: integer,
  lastSeenHourMs: integer,
  'suggestion?': coding,
  /** The system that the map leads to. */
  'target?': object({ system: string, name: string }),
})

export function terminologyRoutes(tools: TerminologyTools): Route[] {
  return [
    ...recodingRoutes(tools.recodings),
    {
      method: 'GET',
      path: '/api/terminology/gaps',
      right: 'terminology.read',
      tag: 'terminology',
      summary: '代码缺口清单 · codes no map knows',
      answer: object({ gaps: list(gap) }),
      handle: call => listGaps(call, tools),
    },
    {
      method: 'POST',
      path: '/api/terminology/gaps/{tenant}',
      right: 'terminology.write',
      tag: 'terminology',
      summary: '补充一条代码对照 · decide about one code',
      body: {
        type: 'object',
        required: ['map', 'system', 'code', 'target'],
        properties: {
          map: string,
          system: string,
          code: string,
          target: { oneOf: [coding, { type: 'null' }] },
          equivalence: oneOf('equivalent', 'wider', 'narrower', 'inexact'),
          comment: { type: 'string', maxLength: 500 },
        },
        additionalProperties: false,
      },
      answer: object({ 'recoding?': job }),
      handle: call => fillGap(call, tools),
    },
    {
      method: 'GET',
      path: '/api/terminology/codes',
      right: 'terminology.read',
      tag: 'terminology',
      summary: '按名称或拼音首字母检索代码 · find codes by name or pinyin initials',
      query: { q: string, system: string },
      answer: object({ codes: list(anything) }),
      handle: call => findCodes(call, tools),
    },
  ]
}

async function listGaps(call: Call, tools: TerminologyTools): Promise<Result<unknown>> {
  const reader = tools.storage.reader(call.scope)
  const hour = Math.floor(tools.clock.now() / hourMs)
  const counts = await reader.counts(gapKind, hour - hoursCounted, hour + 1)
  if (!counts.ok) return counts
  const gaps = []
  for (const tenant of call.scope.tenants) {
    const records = await reader.records(tenant, gapKind, { limit: gapsMax })
    if (!records.ok) return records
    const items = gapList(
      records.value,
      counts.value.filter(row => row.tenant === tenant),
      tools.terminology.maps,
    )
    gaps.push(...items.map(item => ({ tenant, ...item, target: targetOf(item.map, tools) })))
  }
  return ok({ gaps: gaps.sort((a, b) => b.count - a.count) })
}

function targetOf(map: string, { terminology }: TerminologyTools) {
  const system = terminology.maps.map(map)?.seed.target
  if (system === undefined) return undefined
  const names = terminology.dictionary.system(system)?.seed.name
  return { system, name: names?.zh ?? names?.en ?? system }
}

async function fillGap(call: Call, tools: TerminologyTools): Promise<Result<unknown>> {
  const found = tenantOf(call)
  if (!found.ok) return found
  const tenant = found.value
  const asked = call.body as Pick<MapEdit, 'map' | 'code' | 'target'> & {
    system: string
    equivalence?: MapEdit['equivalence']
    comment?: string
  }
  const { map, code, target, comment } = asked
  const edit: MapEdit = {
    map,
    code,
    target,
    equivalence: target ? (asked.equivalence ?? 'equivalent') : 'unmatched',
    by: call.principal.id,
    atMs: tools.clock.now(),
    ...(comment ? { comment } : {}),
  }
  const checked = checkEdit(edit, tools.terminology.maps, tools.terminology.dictionary)
  if (!checked.ok) return checked
  const noted = await tools.storage.reader(call.scope).record(tenant, gapKind, gapKey(asked))
  if (!noted.ok) return noted
  const done = await tools.storage.commit({
    tenant,
    cause: { by: call.principal.id },
    records: [editRecord(edit), gapClosed(asked)],
    audit: [
      {
        atMs: edit.atMs,
        principal: call.principal.id,
        action: 'map-code',
        outcome: 'success',
        subject: `${map} ${code}`,
        remote: call.remote,
      },
    ],
  })
  if (!done.ok) return done
  await tools.reload(tenant)
  if (target === null) return ok({})
  const { element, source = '', firstSeenMs = 0 } = noted.value ? (JSON.parse(noted.value.value) as GapRecord) : {}
  const gap = { map, system: asked.system, code, source, firstSeenMs, ...(element === undefined ? {} : { element }) }
  const started = await tools.recodings.start(tenant, gap, call.principal.id)
  return started.ok ? ok({ recoding: describeJob(started.value) }) : started
}

function findCodes(call: Call, tools: TerminologyTools): Result<unknown> {
  const text = String(call.query['q'] ?? '').trim()
  const system = call.query['system'] as string | undefined
  if (text === '') return ok({ codes: [] })
  return ok({ codes: tools.terminology.dictionary.search({ text, ...(system ? { systems: [system] } : {}), limit: foundMax }) })
}
