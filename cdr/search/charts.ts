// A search that names a Patient happens inside the chart of that Patient: said beside the question, so that the storage can start there, newest first.
import type { Filter } from '#kernel/search-plan.ts'
import { chartRows } from '../index/compartment.ts'

/** Adds the chart that a top-level reference implies; the reference stays, unless being in the chart says as much. */
export function withinCharts(type: string, where: Filter): Filter {
  if (where.op !== 'and' || where.of.some(part => part.op === 'patient')) return where
  const rows = chartRows(type)
  const charts = where.of.map(part => chartOf(part, rows))
  const first = charts.findIndex(ids => ids !== undefined)
  if (first < 0) return where
  const chart: Filter = { op: 'patient', ids: charts[first]! }
  const others = rows.size === 1 ? where.of.filter((_, i) => i !== first) : where.of
  return { op: 'and', of: [chart, ...others] }
}

/** The Patients one of which the part demands by a parameter of the compartment. */
function chartOf(part: Filter, rows: ReadonlySet<string>): string[] | undefined {
  const references = part.op === 'or' ? part.of : [part]
  const ids = references.map(one => (one.op === 'reference' && one.type === 'Patient' && rows.has(one.param) ? one.id : undefined))
  return ids.length > 0 && !ids.includes(undefined) ? [...new Set(ids as string[])] : undefined
}
