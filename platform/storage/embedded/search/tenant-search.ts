// A search in one tenant at one logical time: rows in order, from a place on.
import type { SearchPlan } from '#kernel/search-plan.ts'
import type { Connection } from '../reader/connection.ts'
import { noWhen } from '../rows.ts'
import { check } from './checks.ts'
import type { Driver } from './drivers.ts'
import { and, type Fragment, never, type Value } from './fragment.ts'
import { collectPage, countAll, type PageRow, probe, walkPage } from './statements.ts'
import { type Candidate, candidatesOf, chooseStrategy, orderDriver, partsOf, type Strategy } from './strategy.ts'
import { Words } from './words.ts'

/** Where in a tenant's rows a row stands; `rest` behind everything that has a value of the sort. */
export type Place = { readonly at: readonly Value[]; readonly rest?: boolean }

/** How a tenant's rows go on: how they were found, which names counted, and where the last row stood. */
export type Resume = Place & { readonly strategy: Strategy; readonly names: number }

/** `keys` are the values of the sort, null where the resource has none; `version` is the key of the version found. */
export type Found = { readonly keys: readonly Value[]; readonly place: Place; readonly version: number }

const estimateMax = 10_000

export class TenantSearch {
  readonly #connection: Connection
  readonly #plan: SearchPlan
  readonly #t: number
  readonly #words: Words
  readonly #candidates: readonly Candidate[]
  readonly #strategy: Strategy

  constructor(connection: Connection, plan: SearchPlan, t: number, after: Resume | undefined) {
    this.#connection = connection
    this.#plan = plan
    this.#t = t
    this.#words = new Words(connection, plan.type, after?.names)
    this.#candidates = this.#words.typeNumber === undefined ? [] : candidatesOf(plan, this.#words)
    this.#strategy = after?.strategy ?? this.#choose()
  }

  /** At most `limit` rows behind a place. */
  page(after: Place | undefined, limit: number): Found[] {
    const driver = this.#candidates[this.#strategy.driver]?.make()
    if (!driver || limit <= 0) return []
    if (this.#strategy.mode === 'walk') return this.#walk(driver, this.#plan.sort[0]?.descending ?? true, after, limit)
    if (this.#strategy.mode === 'collect') return this.#collect(driver, after, limit)
    const found = after?.rest ? [] : this.#walk(orderDriver(this.#plan.sort, this.#words)!, this.#plan.sort[0]!.descending, after, limit)
    if (found.length === limit) return found
    return [...found, ...this.#rest(driver, after?.rest ? after : undefined, limit - found.length)]
  }

  total(): number {
    const { where, total } = this.#plan
    if (this.#candidates.length === 0) return 0
    if (partsOf(where).length === 0 && this.#isNow()) return this.#live()
    const driver = this.#candidates[this.#strategy.driver]!.make()
    const max = total === 'estimate' ? estimateMax : Number.MAX_SAFE_INTEGER
    const checks = this.#checks(driver)
    return checks === never ? 0 : this.#number(countAll(driver, checks, max))
  }

  /** What goes with the place of the last row on a page. */
  resume(place: Place): Resume {
    return { ...place, strategy: this.#strategy, names: this.#words.highest }
  }

  #choose(): Strategy {
    if (this.#candidates.length === 0) return { mode: 'collect', driver: 0 }
    const probeRows = (driver: Driver, max: number) => this.#number(probe(driver, max))
    return chooseStrategy(this.#plan, this.#candidates, this.#words, () => this.#live(), probeRows)
  }

  #walk(driver: Driver, down: boolean, after: Place | undefined, limit: number): Found[] {
    const rows = this.#rows(this.#checks(driver), checks => walkPage(driver, checks, down, after?.at, limit))
    const columns = driver.order!.length
    return rows.map(row => {
      const at = row.slice(0, columns) as Value[]
      const key = at[0] === noWhen ? null : at[0]!
      return { keys: this.#plan.sort.length > 0 ? [key] : [], place: { at }, version: row[columns] as number }
    })
  }

  #collect(driver: Driver, after: Place | undefined, limit: number): Found[] {
    const { sort } = this.#plan
    const rows = this.#rows(this.#checks(driver), checks => collectPage(driver, checks, sort, this.#words, after?.at, limit))
    return rows.map(row => {
      const at = row.slice(0, sort.length + 1) as Value[]
      return { keys: at.slice(0, sort.length), place: { at }, version: row[sort.length + 1] as number }
    })
  }

  /** What has no value of the sort's parameter, behind everything that has one. */
  #rest(driver: Driver, after: Place | undefined, limit: number): Found[] {
    const [key] = this.#plan.sort
    if (key!.kind === 'lastUpdated' || key!.kind === 'id') return []
    const lacking = check({ op: 'missing', param: key!.param, missing: true }, 'd.rid', this.#words)
    const all = and([this.#checks(driver), lacking])
    const rows = this.#rows(all, checks => collectPage(driver, checks, [], this.#words, after?.at, limit))
    return rows.map(row => ({
      keys: [null],
      place: { at: [row[0] as number], rest: true },
      version: row[1] as number,
    }))
  }

  /** What the driver's range does not answer. */
  #checks(driver: Driver): Fragment {
    const answered = new Set(driver.answers ? [driver.answers, ...partsOf(driver.answers)] : [])
    const parts = partsOf(this.#plan.where).filter(part => !answered.has(part))
    return and(parts.map(part => check(part, 'd.rid', this.#words)))
  }

  /** What can hold for no resource is not asked for: SQLite finds no way to run it. */
  #rows(checks: Fragment, statement: (checks: Fragment) => Fragment): PageRow[] {
    if (checks === never) return []
    const { sql, values } = statement(checks)
    return this.#connection.all<PageRow>(sql, this.#t, ...values)
  }

  #number({ sql, values }: Fragment): number {
    return this.#connection.get<[number]>(sql, this.#t, ...values)![0]
  }

  #live(): number {
    return this.#connection.get<[number]>('SELECT live FROM census WHERE type = ?', this.#words.typeNumber!)?.[0] ?? 0
  }

  #isNow(): boolean {
    return this.#connection.get<[number]>('SELECT t FROM state')![0] === this.#t
  }
}
