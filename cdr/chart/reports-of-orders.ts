// Closes the loop of an order (闭环): the report that answers it, found by DiagnosticReport.basedOn.
import { ok, type Result } from '#kernel/result.ts'
import type { Filter } from '#kernel/search-plan.ts'
import { type Chart, resourceOf } from './chart.ts'
import { objects, referenceId, text } from './element.ts'
import type { Entry } from './page.ts'
import { reportTime } from './results-grid.ts'

export type Answered = { readonly report: string; readonly reportStatus: string; readonly reportedAt: string }

const reportsMax = 400

/** By id of the order; the newest report where an order has several. */
export async function reportsOfOrders(orders: readonly Entry[], chart: Chart): Promise<Result<ReadonlyMap<string, Answered>>> {
  if (orders.length === 0) return ok(new Map())
  const based = orders.map(({ stored }): Filter => ({ op: 'reference', param: 'based-on', type: 'ServiceRequest', id: stored.id }))
  const found = await chart.reader.search({
    type: 'DiagnosticReport',
    where: {
      op: 'and',
      of: [
        { op: 'patient', ids: chart.ids },
        { op: 'or', of: based },
      ],
    },
    sort: [],
    count: reportsMax,
    total: 'none',
    at: {},
  })
  if (!found.ok) return found
  const answers = new Map<string, Answered>()
  for (const report of found.value.entries.map(resourceOf)) {
    const answered = {
      report: text(report['id']),
      reportStatus: text(report['status']),
      reportedAt: text(report['issued']) || reportTime(report),
    }
    for (const order of objects(report['basedOn']).flatMap(reference => referenceId(reference, 'ServiceRequest') ?? [])) {
      const before = answers.get(order)
      if (!before || before.reportedAt < answered.reportedAt) answers.set(order, answered)
    }
  }
  return ok(answers)
}
