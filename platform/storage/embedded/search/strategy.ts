// How a search is run in one tenant: from which driver, walked or collected. The first page decides; later pages do the same.
import type { Filter, SearchPlan, SortKey } from '#kernel/search-plan.ts'
import { codedChartDriver, type Driver, driverOf, feedDriver, idOrderDriver, rankOf, rankOfFilter, sortDriver } from './drivers.ts'
import type { Words } from './words.ts'

/** `walk` goes along a driver's own order, `sorted` along the order asked for, `collect` finds everything and sorts it. */
export type Strategy = { readonly mode: 'walk' | 'sorted' | 'collect'; readonly driver: number }

/** Counts the rows of a driver's range up to a bound. */
export type Probe = (driver: Driver, max: number) => number

const probeRowsMax = 300
/** Fewer than this are always collected: sorting them costs less than any guess. */
const collectRowsMin = 2_000

/** What must all hold, as a flat list. */
export function partsOf(filter: Filter): readonly Filter[] {
  return filter.op === 'and' ? filter.of.flatMap(partsOf) : [filter]
}

/** A driver the search could start from; made when it is looked at. */
export type Candidate = { readonly rank: number; readonly make: () => Driver }

/** All of them, always in the same order; the last one is everything of the type. */
export function candidatesOf(plan: SearchPlan, words: Words): Candidate[] {
  const parts = partsOf(plan.where)
  const candidates: Candidate[] = parts.flatMap(part => {
    const rank = rankOfFilter(part)
    return rank === undefined ? [] : [{ rank, make: () => driverOf(part, words) }]
  })
  const patient = parts.find(part => part.op === 'patient')
  const code = parts.find(part => part.op === 'token' && part.param === 'code' && part.code !== undefined)
  if (patient?.op === 'patient' && code?.op === 'token')
    candidates.unshift({ rank: rankOf.coded, make: () => codedChartDriver(patient, code, words) })
  return [...candidates, { rank: rankOf.feed, make: () => feedDriver(words) }]
}

/** The driver along the order asked for; undefined when there is none. */
export function orderDriver(sort: readonly SortKey[], words: Words): Driver | undefined {
  const [key] = sort
  if (sort.length !== 1 || !key) return undefined
  if (key.kind === 'lastUpdated') return feedDriver(words)
  if (key.kind === 'id') return idOrderDriver(words)
  return key.kind === 'date' || key.kind === 'when' || key.kind === 'string' ? sortDriver(key.kind, key.param, words) : undefined
}

export function chooseStrategy(
  plan: SearchPlan,
  candidates: readonly Candidate[],
  words: Words,
  live: () => number,
  probe: Probe,
): Strategy {
  const best = narrowest(candidates, probe)
  const { rank, make } = candidates[best]!
  const driver = make()
  if (plan.sort.length === 0) return { mode: driver.order ? 'walk' : 'collect', driver: best }
  if (inOrder(driver, plan.sort)) return { mode: 'walk', driver: best }
  if (rank <= rankOf.patient || !orderDriver(plan.sort, words)) return { mode: 'collect', driver: best }
  const rowsMax = Math.max(collectRowsMin, Math.round(Math.sqrt((plan.count + 1) * live())))
  return { mode: probe(driver, rowsMax) < rowsMax ? 'collect' : 'sorted', driver: best }
}

/** The candidate of the smallest range: by rank where that says enough, else by counting a few hundred rows of each. */
function narrowest(candidates: readonly Candidate[], probe: Probe): number {
  const real = candidates.slice(0, -1).map(({ rank }, i) => ({ rank, i }))
  real.sort((a, b) => a.rank - b.rank || a.i - b.i)
  const first = real[0] ?? { rank: rankOf.feed, i: candidates.length - 1 }
  if (first.rank <= rankOf.patient || real.length < 2) return first.i
  let best = { rows: Number.POSITIVE_INFINITY, i: first.i }
  for (const { i } of real) {
    const rows = probe(candidates[i]!.make(), probeRowsMax)
    if (rows < best.rows) best = { rows, i }
  }
  return best.i
}

/** Does the driver's own order answer the sort? A chart is walked newest first only: what has no date stands at its old end. */
function inOrder(driver: Driver, sort: readonly SortKey[]): boolean {
  const [key] = sort
  const orders = driver.orders
  if (sort.length !== 1 || !key || !orders || !driver.order) return false
  if (orders.kind === 'when') return key.kind === 'when' && key.descending
  if (orders.kind === 'date' && key.kind === 'when') return orders.param === key.param
  return orders.kind === key.kind && (orders.param === undefined || orders.param === key.param)
}
