// What the tests believe: every version they wrote, with its index rows. It makes the puts, and answers searches the plain way.
import type { Commit, ResourcePut } from '#kernel/commit.ts'
import { type IndexEntry, type IndexRows, noIndexRows } from '#kernel/index-entry.ts'

export type Kept = {
  readonly type: string
  readonly id: string
  readonly version: number
  /** Logical time of the commit that wrote it. */
  readonly t: number
  readonly lastUpdatedMs: number
  readonly rows: IndexRows | undefined
  readonly body: string
}

/** Changes of one transaction: rows of what is written, `undefined` for a delete. */
export type Change = {
  readonly type: string
  readonly id: string
  readonly rows?: Partial<IndexRows> | undefined
  readonly remove?: boolean
}

export class Ledger {
  readonly #versions = new Map<string, Kept[]>()
  /** Times of versions are made up, a second apart, so that they can be searched by. */
  #seconds = 0

  /** The puts of a transaction, which may change a resource more than once; `note` them when it was committed. */
  puts(changes: readonly Change[]): ResourcePut[] {
    const changed = new Map<string, Pick<Kept, 'version' | 'rows'>>()
    return changes.map(({ type, id, rows, remove }) => {
      const current = changed.get(`${type}/${id}`) ?? this.current(type, id)
      const version = current?.version ?? 0
      const next = remove ? undefined : { ...noIndexRows, ...rows }
      const lastUpdatedMs = 1_700_000_000_000 + ++this.#seconds * 1000
      const lastUpdated = new Date(lastUpdatedMs).toISOString()
      const body = remove
        ? ''
        : JSON.stringify({ resourceType: type, id, meta: { versionId: `${version + 1}`, lastUpdated }, note: `珅${id}` })
      changed.set(`${type}/${id}`, { version: version + 1, rows: next })
      const op = remove ? 'delete' : version === 0 || current?.rows === undefined ? 'create' : 'update'
      return { type, id, version, op, body, facts: remove ? '' : `[["${id}"]]`, ...difference(current?.rows, next) }
    })
  }

  note(puts: readonly ResourcePut[], changes: readonly Change[], t: number, committedAtMs = 0): void {
    for (const [i, { type, id, version, body }] of puts.entries()) {
      const { rows, remove } = changes[i]!
      const lastUpdatedMs = remove ? committedAtMs : Date.parse((JSON.parse(body) as { meta: { lastUpdated: string } }).meta.lastUpdated)
      const kept = { type, id, version: version + 1, t, lastUpdatedMs, rows: remove ? undefined : { ...noIndexRows, ...rows }, body }
      const key = `${type}/${id}`
      this.#versions.set(key, [...(this.#versions.get(key) ?? []), kept])
    }
  }

  current(type: string, id: string): Kept | undefined {
    return this.#versions.get(`${type}/${id}`)?.at(-1)
  }

  /** The index rows that go with a body: of the version that it names itself. */
  readonly rowsOf = (type: string, body: Buffer): IndexRows => {
    const { id, meta } = JSON.parse(body.toString()) as { id: string; meta: { versionId: string } }
    return this.#versions.get(`${type}/${id}`)?.[Number(meta.versionId) - 1]?.rows as IndexRows
  }

  /** What a search at `t` can find: the newest version of each resource that is not deleted. */
  at(type: string, t: number): Kept[] {
    return [...this.#versions.values()].flatMap(versions => {
      const seen = versions.filter(version => version.type === type && version.t <= t).at(-1)
      return seen?.rows ? [seen] : []
    })
  }
}

/** A commit of nothing but resources. */
export function commitOf(tenant: string, resources: readonly ResourcePut[], more: Partial<Commit> = {}): Commit {
  return { tenant, cause: { by: 'system:test' }, resources, ...more }
}

function difference(before: IndexRows | undefined, after: IndexRows | undefined): { opens: IndexRows; closes: IndexRows } {
  const moved = placeOf(before) !== placeOf(after)
  return {
    opens: { ...((moved && after) || noIndexRows), entries: missing(before?.entries ?? [], after?.entries ?? []) },
    closes: { ...((moved && before) || noIndexRows), entries: missing(after?.entries ?? [], before?.entries ?? []) },
  }
}

function placeOf(rows: IndexRows | undefined): string {
  return JSON.stringify([rows?.patients ?? [], rows?.codes ?? [], rows?.whenMs ?? null])
}

function missing(held: readonly IndexEntry[], entries: readonly IndexEntry[]): IndexEntry[] {
  const keys = new Set(held.map(keyOf))
  return entries.filter(entry => !keys.has(keyOf(entry)))
}

/** JSON knows no infinity. */
function keyOf(entry: IndexEntry): string {
  return Object.values(entry).map(String).join('\u001f')
}
