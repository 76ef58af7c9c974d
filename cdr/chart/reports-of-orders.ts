// Closes the loop of an order (闭环): the report that answers it, by DiagnosticReport.basedOn among the reports since the oldest order of the page.
import { ok, type Result } from '#kernel/result.ts'
import { dateInterval } from '../index/date-interval.ts'
import { type Chart, resourceOf } from './chart.ts'
import { firstText, objects, referenceId, text } from './element.ts'
import type { Entry } from './page.ts'
import { reportTime } from './results-grid.ts'

export type Answered = { readonly report: string; readonly reportStatus: string; readonly reportedAt: string }

const dayMs = 86_400_000
const reportsPerRead = 400
/** A page of orders has about as many reports; beyond this the oldest stay without theirs. */
const readsMax = 5

/** By id of the order; the newest report where an order has several. */
export async function reportsOfOrders(orders: readonly Entry[], chart: Chart): Promise<Result<ReadonlyMap<string, Answered>>> {
  const answers = new Map<string, Answered>()
  const wanted = new Set(orders.map(({ stored }) => stored.id))
  const range = rangeOf(orders)
  let after: string | undefined
  for (let reads = 0; range && reads < readsMax; reads++) {
    const query = { patients: chart.ids, types: ['DiagnosticReport'], ...range, count: reportsPerRead, at: {} }
    const found = await chart.reader.compartment({ ...query, ...(after === undefined ? {} : { after }) })
    if (!found.ok) return found
    for (const report of found.value.entries.map(resourceOf))
      for (const order of objects(report['basedOn']).flatMap(reference => referenceId(reference, 'ServiceRequest') ?? [])) {
        const answered = answerOf(report)
        if (wanted.has(order) && (answers.get(order)?.reportedAt ?? '') < answered.reportedAt) answers.set(order, answered)
      }
    after = found.value.next
    if (after === undefined) break
  }
  return ok(answers)
}

function answerOf(report: ReturnType<typeof resourceOf>): Answered {
  return { report: text(report['id']), reportStatus: text(report['status']), reportedAt: text(report['issued']) || reportTime(report) }
}

/** From the oldest order on; orders without a time are asked for within everything. Up to three months after the newest: later reports answer later orders. */
function rangeOf(orders: readonly Entry[]): { readonly from?: number; readonly to?: number } | undefined {
  if (orders.length === 0) return undefined
  const times = orders.map(({ resource }) => dateInterval(firstText(resource, 'authoredOn', 'occurrenceDateTime'))?.from)
  const known = times.filter(time => time !== undefined)
  if (known.length < times.length) return {}
  return { from: Math.min(...known) - dayMs, to: Math.max(...known) + 92 * dayMs }
}
