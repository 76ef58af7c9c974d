// The rating page over the console API: findings per hospital, every figure with the way to its evidence.
import type { Clock } from '#kernel/clock.ts'
import type { Storage } from '#kernel/ports/storage.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import type { Call, Route } from '#platform/http/route.ts'
import { anything, bilingual, boolean, instantMs, list, number, object, oneOf, string } from '#platform/http/schema.ts'
import { assess } from './assess.ts'
import { type CountedChannel, observe, windowHours } from './observe.ts'
import { loadScheme, loadSystems } from './scheme.ts'

export type RatingTools = {
  readonly storage: Storage
  readonly clock: Clock
  readonly channels: () => readonly CountedChannel[]
  /** Hospitals that rate themselves; others (the 120 centre, the region) are connected institutions. */
  readonly hospitals: () => readonly { code: TenantCode; name: string }[]
}

const evidence = object({ label: string, value: string, href: string })
const finding = object({
  id: string,
  part: string,
  title: bilingual,
  measure: string,
  target: number,
  unit: bilingual,
  'better?': oneOf('higher', 'lower'),
  source: string,
  'value?': number,
  met: boolean,
  evidence: list(evidence),
})

export function ratingRoutes(tools: RatingTools): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/rating',
      right: 'rating.read',
      tag: 'rating',
      summary: '互联互通自评估（按医院）· interop rating self-assessment',
      answer: object({
        scheme: string,
        title: bilingual,
        status: string,
        atMs: instantMs,
        windowHours: number,
        hospitals: list(object({ tenant: string, name: string, findings: list(finding) })),
        systems: anything,
      }),
      handle: call => readRating(call, tools),
    },
  ]
}

async function readRating(call: Call, tools: RatingTools): Promise<Result<unknown>> {
  const scheme = loadScheme('hospital-2020')
  const nowMs = tools.clock.now()
  const hospitals = []
  for (const { code, name } of tools.hospitals()) {
    if (!call.scope.tenants.includes(code)) continue
    // External institutions may be tenants of their own: their channels count only for a caller who may see them.
    const connected = tools.channels().flatMap(channel => (channel.countsFor.includes(code) ? [channel.tenant] : []))
    const tenants = [...new Set([code, ...connected])].filter(tenant => call.scope.tenants.includes(tenant))
    const observed = await observe(code, tools.channels(), tools.storage.reader({ principal: call.principal, tenants }), nowMs)
    if (!observed.ok) return observed
    hospitals.push({ tenant: code, name, findings: assess(scheme, observed.value) })
  }
  return ok({
    scheme: scheme.scheme,
    title: scheme.title,
    status: scheme.status,
    atMs: nowMs,
    windowHours,
    hospitals,
    systems: loadSystems(),
  })
}
