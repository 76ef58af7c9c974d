// The words of a search as numbers of the tenant. A later page must see the words of the first one: names that came since are not looked at.
import type { Names } from '../names.ts'
import { nameOf } from '../names.ts'
import type { Connection } from '../reader/connection.ts'

export class Words {
  readonly type: string
  /** Undefined when the tenant never heard of the type. */
  readonly typeNumber: number | undefined
  /** Highest number that counts; undefined on the first page, where all do. */
  readonly #highest: number | undefined
  readonly #connection: Connection
  readonly #names: Names
  readonly #spaces = new Map<string, number[]>()
  readonly #rids = new Map<string, number | undefined>()

  constructor(connection: Connection, type: string, highest: number | undefined) {
    this.#connection = connection
    this.#names = connection.names
    this.#highest = highest
    this.type = type
    this.typeNumber = this.#number(nameOf.type(type))
  }

  /** What later pages must be given. */
  get highest(): number {
    return this.#highest ?? this.#connection.get<[number | null]>('SELECT max(id) FROM name')?.[0] ?? 0
  }

  param(param: string): number | undefined {
    return this.#number(nameOf.param(this.type, param))
  }

  /** Token spaces of a parameter: of one system, or of all that were ever stored. */
  spaces(param: string, system: string | undefined, kind: 'space' | 'hashed' = 'space'): number[] {
    if (system !== undefined) {
      const one = this.#number(nameOf[kind](this.type, param, system))
      return one === undefined ? [] : [one]
    }
    const above = nameOf[kind](this.type, param, '').slice(0, -1)
    let all = this.#spaces.get(above)
    if (!all) {
      all = this.#names.under(above).flatMap(({ number }) => (this.#counts(number) ? [number] : []))
      this.#spaces.set(above, all)
    }
    return all
  }

  unit(unit: string): number | undefined {
    return this.#number(nameOf.unit(unit))
  }

  /** Numbers of resources; those never mentioned are left out. */
  rids(type: string, ids: readonly string[]): number[] {
    const number = this.#number(nameOf.type(type))
    if (number === undefined) return []
    return (ids.length === 1 ? ids : [...new Set(ids)]).flatMap(id => this.#rid(number, id) ?? [])
  }

  #rid(type: number, id: string): number | undefined {
    const name = `${type}/${id}`
    if (!this.#rids.has(name)) {
      const row = this.#connection.get<[number]>('SELECT rid FROM resource WHERE id = ? AND type = ?', id, type)
      this.#rids.set(name, row?.[0])
    }
    return this.#rids.get(name)
  }

  #number(text: string): number | undefined {
    const number = this.#names.find(text)
    return number !== undefined && this.#counts(number) ? number : undefined
  }

  #counts(number: number): boolean {
    return this.#highest === undefined || number <= this.#highest
  }
}
