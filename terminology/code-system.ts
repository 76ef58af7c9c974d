// A code system in memory: rows as they lie in the seed, an index built when first asked (FHIR R4 codesystem.html).
import type { CodeRow, SystemSeed } from './seed.ts'

export class CodeSystem {
  readonly seed: Omit<SystemSeed, 'codes'>
  readonly rows: readonly CodeRow[]
  #index: Map<string, CodeRow> | undefined

  constructor(seed: SystemSeed) {
    this.seed = seed
    this.rows = seed.codes
  }

  get url(): string {
    return this.seed.url
  }

  /** Exact: codes are case sensitive and `1` is not `01`. */
  row(code: string): CodeRow | undefined {
    this.#index ??= new Map(this.rows.map(row => [row[0], row]))
    return this.#index.get(code)
  }

  /** Undefined for an unknown code and for one whose text may not be shipped. */
  display(code: string): string | undefined {
    return this.row(code)?.[1] || undefined
  }
}

/** One system out of the parts that several seed files hold of it; the first part says its name and edition. */
export function joined(parts: readonly SystemSeed[]): CodeSystem {
  const [first, ...more] = parts
  return new CodeSystem(more.length === 0 ? first! : { ...first!, codes: parts.flatMap(part => part.codes) })
}
