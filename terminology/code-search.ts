// Search over all codes by code, text or pinyin initials: one packed text per row, scanned; 15,000 rows take well under a millisecond.
import type { CodeSystem } from './code-system.ts'
import type { CodeRow } from './seed.ts'

export type SearchQuery = {
  readonly text: string
  /** URLs, OIDs or table numbers; all systems when absent. */
  readonly systems?: readonly string[]
  readonly limit: number
}

export type SearchHit = { readonly system: string; readonly systemName: string; readonly code: string; readonly display: string }

type Entry = { readonly system: CodeSystem; readonly row: CodeRow; readonly text: string }

/** Better matches have smaller ranks. */
const rank = { code: 0, display: 1, initials: 2, prefix: 3, inside: 4 } as const

export class CodeSearch {
  readonly #entries: readonly Entry[]

  constructor(systems: readonly CodeSystem[]) {
    this.#entries = systems.flatMap(system => system.rows.map(row => ({ system, row, text: packed(row) })))
  }

  /** `systems`: only these; an undefined one was not known and matches nothing. */
  find(query: SearchQuery, systems?: readonly (CodeSystem | undefined)[]): readonly SearchHit[] {
    const wanted = query.text.trim().toLowerCase()
    if (wanted === '') return []
    const only = systems && new Set(systems)
    const found: { entry: Entry; rank: number }[] = []
    for (const entry of this.#entries) {
      if (!entry.text.includes(wanted) || (only && !only.has(entry.system))) continue
      found.push({ entry, rank: rankOf(entry.row, wanted) })
    }
    found.sort((a, b) => a.rank - b.rank || a.entry.row[1].length - b.entry.row[1].length)
    return found.slice(0, query.limit).map(({ entry }) => hit(entry))
  }
}

function packed(row: CodeRow): string {
  return [row[0], row[1], row[2] ?? '', row[3]?.abbreviation ?? '', row[3]?.en ?? ''].join('\n').toLowerCase()
}

function rankOf(row: CodeRow, wanted: string): number {
  const display = row[1].toLowerCase()
  if (row[0].toLowerCase() === wanted || row[3]?.abbreviation?.toLowerCase() === wanted) return rank.code
  if (display === wanted) return rank.display
  if (row[2] === wanted) return rank.initials
  if (row[0].toLowerCase().startsWith(wanted) || display.startsWith(wanted) || row[2]?.startsWith(wanted)) return rank.prefix
  return rank.inside
}

function hit({ system, row }: Entry): SearchHit {
  return { system: system.url, systemName: system.seed.name.zh ?? system.seed.name.en ?? system.seed.id, code: row[0], display: row[1] }
}
