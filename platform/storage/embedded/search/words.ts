// The words of a search as numbers of the tenant. A later page must see the words of the first one: names that came since are not looked at.
import type { Names } from '../names.ts'
import { nameOf } from '../names.ts'
import type { Connection } from '../reader/connection.ts'

export class Words {
  readonly type: string
  /** Undefined when the tenant never heard of the type. */
  readonly typeNumber: number | undefined
  /** Highest number that counts. */
  readonly highest: number
  readonly #connection: Connection
  readonly #names: Names

  constructor(connection: Connection, type: string, highest: number | undefined) {
    this.#connection = connection
    this.#names = connection.names
    this.type = type
    this.highest = highest ?? connection.get<[number | null]>('SELECT max(id) FROM name')?.[0] ?? 0
    this.typeNumber = this.#number(nameOf.type(type))
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
    return this.#names
      .under(above)
      .map(name => name.number)
      .filter(number => number <= this.highest)
  }

  unit(unit: string): number | undefined {
    return this.#number(nameOf.unit(unit))
  }

  /** Numbers of resources; those never mentioned are left out. */
  rids(type: string, ids: readonly string[]): number[] {
    const number = this.#number(nameOf.type(type))
    if (number === undefined) return []
    return [...new Set(ids)].flatMap(id => {
      const row = this.#connection.get<[number]>('SELECT rid FROM resource WHERE id = ? AND type = ?', id, number)
      return row ? [row[0]] : []
    })
  }

  #number(text: string): number | undefined {
    const number = this.#names.find(text)
    return number !== undefined && number <= this.highest ? number : undefined
  }
}
