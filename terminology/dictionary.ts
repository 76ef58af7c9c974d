// The dictionary of the house: code systems by URL, OID or table number; display, membership, expansion and search, all in memory and synchronous.
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { CodeSearch, type SearchHit, type SearchQuery } from './code-search.ts'
import type { CodeSystem } from './code-system.ts'
import type { CodeRow } from './seed.ts'

/** `checked` is false where only a fragment of the system is at hand and the code is not in it: nobody can say. */
export type CodeCheck = { readonly checked: boolean; readonly display?: string }

export type Expansion = {
  readonly system: string
  readonly total: number
  readonly offset: number
  readonly contains: readonly ExpandedCode[]
}
export type ExpandedCode = { readonly code: string; readonly display?: string }

/** An expansion without pages may not be longer. */
export const expansionCodesMax = 1000

export class Dictionary {
  readonly #systems: readonly CodeSystem[]
  readonly #byName: ReadonlyMap<string, CodeSystem>
  #search: CodeSearch | undefined

  constructor(systems: readonly CodeSystem[]) {
    this.#systems = systems
    this.#byName = new Map(systems.flatMap(system => namesOf(system).map(name => [nameKey(name), system])))
  }

  systems(): readonly CodeSystem[] {
    return this.#systems
  }

  /** By URL, OID (with or without `urn:oid:`), table number (`CV02.01.101`, `GB/T 2261.1`, `HL70001`) or short name. */
  system(name: string): CodeSystem | undefined {
    return this.#byName.get(name) ?? this.#byName.get(nameKey(name))
  }

  display(system: string, code: string): string | undefined {
    return this.system(system)?.display(code)
  }

  /** Faults: `terminology.system-unknown`, `terminology.code-unknown`, `terminology.display-wrong`. */
  validateCode(name: string, code: string, display?: string): Result<CodeCheck> {
    const system = this.system(name)
    if (!system) return failed(fault('terminology.system-unknown', { args: { system: name } }))
    const row = system.row(code)
    if (!row) {
      if (system.seed.content === 'fragment') return ok({ checked: false })
      return failed(fault('terminology.code-unknown', { args: { system: system.seed.id, code } }))
    }
    if (display !== undefined && row[1] && !sameText(row, display)) {
      return failed(fault('terminology.display-wrong', { args: { system: system.seed.id, code, expected: row[1], found: display } }))
    }
    return ok(row[1] ? { checked: true, display: row[1] } : { checked: true })
  }

  /** All codes of a system in their printed order, or one page of them; `filter` as in `search`. */
  expand(name: string, page: { offset?: number; count?: number; filter?: string } = {}): Result<Expansion> {
    const system = this.system(name)
    if (!system) return failed(fault('terminology.system-unknown', { args: { system: name } }))
    const filter = page.filter?.toLowerCase()
    const rows = filter ? system.rows.filter(row => textOf(row).includes(filter)) : system.rows
    const offset = page.offset ?? 0
    const count = page.count ?? rows.length
    if (count > expansionCodesMax) {
      return failed(fault('terminology.expansion-too-large', { args: { count, max: expansionCodesMax } }))
    }
    const contains = rows.slice(offset, offset + count).map(([code, display]) => (display ? { code, display } : { code }))
    return ok({ system: system.url, total: rows.length, offset, contains })
  }

  /** Codes by code, text or pinyin initials over all systems or some, best first. */
  search(query: SearchQuery): readonly SearchHit[] {
    this.#search ??= new CodeSearch(this.#systems)
    return this.#search.find(
      query,
      query.systems?.map(name => this.system(name)),
    )
  }
}

function textOf(row: CodeRow): string {
  return `${row[0]} ${row[1]} ${row[2] ?? ''} ${row[3]?.abbreviation ?? ''}`.toLowerCase()
}

/** Senders differ in width and case of letters and in brackets; that is not another meaning. */
function sameText(row: CodeRow, display: string): boolean {
  const key = (text: string) => text.normalize('NFKC').replace(/\s/g, '').toLowerCase()
  return [row[1], row[3]?.en, row[3]?.abbreviation].some(known => known !== undefined && key(known) === key(display))
}

function namesOf(system: CodeSystem): string[] {
  const { id, url, oid, aliases = [] } = system.seed
  return [url, id, ...(oid ? [oid] : []), ...aliases.flatMap(alias => (alias.startsWith('urn:oid:') ? [alias, alias.slice(8)] : [alias]))]
}

function nameKey(name: string): string {
  return name.replace(/\s/g, '').toUpperCase()
}
