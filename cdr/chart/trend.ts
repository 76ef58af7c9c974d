// One item over time: every value a chart has of a code, each with the range of its own report.
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Filter } from '#kernel/search-plan.ts'
import type { Call } from '#platform/http/route.ts'
import { boolean, list, object as shape, string } from '#platform/http/schema.ts'
import { type ChartTools, openChart } from './chart.ts'
import { valuesBefore } from './corrected.ts'
import { itemOf, measured, measuredSchema } from './observation.ts'
import { readPage } from './page.ts'

export const trendSchema = shape({
  name: string,
  unit: string,
  points: list(shape({ ...measuredSchema, 'was?': string })),
  complete: boolean,
})

const pointsMax = 1_000

/** `item` is the key of a grid row: `system|code`. */
export async function readTrend(call: Call, tools: ChartTools): Promise<Result<unknown>> {
  const key = (call.query['item'] as string | undefined) ?? ''
  const bar = key.lastIndexOf('|')
  if (bar < 0 || bar === key.length - 1) return failed(fault('http.parameter', { args: { name: 'item', reason: 'system|code' } }))
  const chart = await openChart(call, tools, 'trend')
  if (!chart.ok) return chart
  const code: Filter = { op: 'token', param: 'code', system: key.slice(0, bar), code: key.slice(bar + 1) }
  const page = await readPage(call, chart.value, tools, { type: 'Observation', filters: [code], count: pointsMax })
  if (!page.ok) return page
  const { entries, next } = page.value
  const before = await valuesBefore(entries, chart.value.reader)
  if (!before.ok) return before
  const points = entries
    .map(({ resource, stored }) => ({ ...measured(resource, stored.version), was: before.value.get(stored.id) }))
    .reverse()
  const newest = entries[0]
  return ok({
    name: newest ? itemOf(newest.resource).name : '',
    unit: points.at(-1)?.unit ?? '',
    points,
    complete: next === undefined,
  })
}
