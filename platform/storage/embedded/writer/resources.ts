// Resources as the writer knows them: the number of each (type, id), and its newest version. What is known here is true: nobody else writes.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { versionsPerResource } from '../schema.ts'

export type Current = {
  readonly rid: number
  /** Newest version; 0 when there is none, only mentions. */
  version: number
  deleted: boolean
  /** One character per index entry of the newest version: the name it has an entry of. */
  params: string
}

/** Two generations: when the young one is full, it becomes the old one and what nobody asked for since is forgotten. */
const generationMax = 100_000

export class Resources {
  readonly #find: StatementSync
  readonly #insert: StatementSync
  readonly #newest: StatementSync
  /** By number of the type and id. */
  #young = new Map<number, Map<string, Current>>()
  #old = new Map<number, Map<string, Current>>()
  #youngSize = 0
  /** Numbers given so far. */
  rids: number

  constructor(db: DatabaseSync, rids: number) {
    this.rids = rids
    this.#find = db.prepare('SELECT rid FROM resource WHERE id = ? AND type = ?', { returnArrays: true })
    this.#insert = db.prepare('INSERT INTO resource VALUES (?, ?, ?)')
    this.#newest = db.prepare('SELECT key, op, params FROM version WHERE key > ? AND key < ? ORDER BY key DESC LIMIT 1', {
      returnArrays: true,
    })
  }

  /** What is stored or mentioned under that name; undefined when nobody ever named it. */
  find(type: number, id: string): Current | undefined {
    let current = this.#young.get(type)?.get(id)
    if (current) return current
    current = this.#old.get(type)?.get(id) ?? this.#load(type, id)
    if (current) this.#keep(type, id, current)
    return current
  }

  /** The same, with a number given when it is named for the first time. */
  mention(type: number, id: string): Current {
    const found = this.find(type, id)
    if (found) return found
    const current = { rid: ++this.rids, version: 0, deleted: false, params: '' }
    this.#insert.run(id, type, current.rid)
    this.#keep(type, id, current)
    return current
  }

  /** After a rollback nothing learned since can be trusted. */
  forget(rids: number): void {
    this.#young = new Map()
    this.#old = new Map()
    this.#youngSize = 0
    this.rids = rids
  }

  #load(type: number, id: string): Current | undefined {
    const row = this.#find.get(id, type) as unknown as [number] | undefined
    if (!row) return undefined
    const base = row[0] * versionsPerResource
    const newest = this.#newest.get(base, base + versionsPerResource) as unknown as [number, number, string] | undefined
    if (!newest) return { rid: row[0], version: 0, deleted: false, params: '' }
    return { rid: row[0], version: newest[0] - base, deleted: newest[1] === 2, params: newest[2] }
  }

  #keep(type: number, id: string, current: Current): void {
    if (this.#youngSize >= generationMax) {
      this.#old = this.#young
      this.#young = new Map()
      this.#youngSize = 0
    }
    let ofType = this.#young.get(type)
    if (!ofType) this.#young.set(type, (ofType = new Map()))
    ofType.set(id, current)
    this.#youngSize++
  }
}
