// Re-coding over the console API: what is under way, starting one by hand, stopping one.
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import type { Call, Route } from '#platform/http/route.ts'
import { integer, list, object, oneOf, string } from '#platform/http/schema.ts'
import type { RecodingJob, RecodingJobs } from './recoding-jobs.ts'

const jobsShown = 50

export const job = object({
  id: string,
  tenant: string,
  system: string,
  code: string,
  by: string,
  startedAtMs: integer,
  'endedAtMs?': integer,
  state: oneOf('running', 'done', 'stopped', 'failed'),
  stage: integer,
  stages: integer,
  seen: integer,
  changed: integer,
  'fault?': string,
})

export function recodingRoutes(recodings: RecodingJobs): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/terminology/recodings',
      right: 'terminology.read',
      tag: 'terminology',
      summary: '补码任务：补充对照后为已存数据加注标准码 · jobs that bring stored data up to a decision',
      answer: object({ recodings: list(job) }),
      handle: call => listJobs(call, recodings),
    },
    {
      method: 'POST',
      path: '/api/terminology/recodings/{tenant}',
      right: 'terminology.write',
      tag: 'terminology',
      summary: '为一个代码重新补码 · re-code what is stored with a code',
      body: {
        type: 'object',
        required: ['system', 'code'],
        properties: {
          system: string,
          code: string,
          map: {
            type: 'string',
            description: '计划所用的对照表：重放其来源的消息 · a map that plans translate with: messages are replayed',
          },
          source: { type: 'string', maxLength: 41 },
          element: { type: 'string', pattern: '^[A-Z][A-Za-z]+(\\.[A-Za-z]+)+$', maxLength: 100 },
          sinceMs: integer,
        },
        additionalProperties: false,
      },
      answer: job,
      handle: call => startJob(call, recodings),
    },
    {
      method: 'DELETE',
      path: '/api/terminology/recodings/{tenant}/{id}',
      right: 'terminology.write',
      tag: 'terminology',
      summary: '停止补码任务 · stop a re-coding',
      answer: job,
      handle: call => stopJob(call, recodings),
    },
  ]
}

/** The tenant of the path, if the caller may see it. */
export function tenantOf(call: Call): Result<TenantCode> {
  const tenant = call.path['tenant']!
  return call.scope.tenants.includes(tenant) ? ok(tenant) : failed(fault('auth.tenant', { args: { tenant: tenant.slice(0, 40) } }))
}

async function listJobs(call: Call, recodings: RecodingJobs): Promise<Result<unknown>> {
  const jobs = await recodings.list(call.scope.tenants)
  return jobs.ok ? ok({ recodings: jobs.value.slice(0, jobsShown).map(describeJob) }) : jobs
}

async function startJob(call: Call, recodings: RecodingJobs): Promise<Result<unknown>> {
  const tenant = tenantOf(call)
  if (!tenant.ok) return tenant
  type Asked = { system: string; code: string; map?: string; source?: string; element?: string; sinceMs?: number }
  const { sinceMs = 0, map = '', source = '', ...asked } = call.body as Asked
  const started = await recodings.start(tenant.value, { ...asked, map, source, firstSeenMs: sinceMs }, call.principal.id)
  return started.ok ? ok(describeJob(started.value)) : started
}

async function stopJob(call: Call, recodings: RecodingJobs): Promise<Result<unknown>> {
  const tenant = tenantOf(call)
  if (!tenant.ok) return tenant
  const stopped = await recodings.stop(tenant.value, call.path['id']!)
  return stopped.ok ? ok(describeJob(stopped.value)) : stopped
}

export function describeJob({ gap: { system, code }, after: _after, fault: trouble, ...shown }: RecodingJob) {
  return { ...shown, system, code, fault: trouble?.code }
}
