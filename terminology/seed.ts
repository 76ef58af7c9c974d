// The shape of the seed files under seeds/: code systems and concept maps as committed data, one row per line, edition and status kept.

/** Code, display, pinyin initials of a Chinese display (`''` otherwise), and what else the row's source says. */
export type CodeRow = readonly [code: string, display: string, initials?: string, extra?: CodeExtra]

export type CodeExtra = {
  readonly en?: string
  /** Abbreviation people search by, e.g. `WBC`. */
  readonly abbreviation?: string
  /** Only where it differs from the system's status. */
  readonly status?: SeedStatus
  /** Any other property, by name. */
  readonly [property: string]: string | number | undefined
}

/** `published`: as its publisher prints it; `verified`: seen in public use; `recalled`: written from knowledge; `invented`: made for the demo. */
export type SeedStatus = 'published' | 'verified' | 'recalled' | 'invented'

export type SystemSeed = {
  /** What people call it: `CV02.01.101`, `GB/T 2261.1`, `v2-0001`, `administrative-gender`, `zjj-lis-item`. */
  readonly id: string
  readonly url: string
  /** Other names it answers to: OIDs of older editions, table numbers, URLs. */
  readonly aliases?: readonly string[]
  readonly oid?: string
  /** `template`: seen beside the table's name in document templates; `derived`: by sequence between such ones; `published`: stated by its owner. */
  readonly oidBasis?: 'template' | 'derived' | 'published'
  readonly name: { readonly zh?: string; readonly en?: string }
  readonly edition: string
  /** Where it differs from the file's. */
  readonly source?: string
  readonly status: SeedStatus
  readonly licence?: string
  /** `fragment`: codes outside the rows exist and are not wrong. */
  readonly content: 'complete' | 'fragment'
  readonly codes: readonly CodeRow[]
}

/** Source code, target code (null: decided to have none), and what differs from the map's defaults. */
export type MapRow = readonly [source: string, target: string | null, extra?: MapExtra]

export type MapExtra = {
  readonly system?: string
  readonly display?: string
  /** R4 ConceptMapEquivalence; `equivalent` when absent. */
  readonly equivalence?: Equivalence
  /** Line of the row in the table it came from. */
  readonly line?: number
  readonly status?: SeedStatus
  readonly comment?: string
}

export type Equivalence = 'equivalent' | 'equal' | 'wider' | 'narrower' | 'inexact' | 'relatedto' | 'unmatched'

export type MapSeed = {
  readonly name: string
  /** `url` of the systems; a target row may name another. */
  readonly source: string
  readonly target: string
  readonly title: { readonly zh: string; readonly en: string }
  /** Name of the table in the HL7 v2-to-FHIR guide, as its segment tables cite it. */
  readonly guide?: string
  readonly status: SeedStatus
  /** The coding pass writes the target beside the source code, and reports source codes the map does not know. */
  readonly beside?: boolean
  /** With `beside`: source codes the map does not know are no gaps, because it covers a part of the system only. */
  readonly silent?: boolean
  readonly rows: readonly MapRow[]
  /** Rows that wait for a person's decision: shown as suggestions, never applied. */
  readonly suggestions?: readonly MapRow[]
}

export type SeedFile = {
  readonly family: string
  readonly note: string
  /** Where the rows come from, and under which terms, unless a system says otherwise. */
  readonly source: string
  readonly licence?: string
  readonly systems: readonly SystemSeed[]
  readonly maps: readonly MapSeed[]
  /** Rows this project adds to a map of another file: its own, marked so, and stronger than the imported ones. */
  readonly additions?: readonly MapAddition[]
}

export type MapAddition = { readonly map: string; readonly reason: string; readonly rows: readonly MapRow[] }

/** A known flaw of a source: `left-out` of the seeds by the import, or `accepted` although a check objects. */
export type SeedException = {
  readonly kind: 'left-out' | 'accepted'
  /** Id of the system or name of the map. */
  readonly where: string
  readonly codes: readonly string[]
  readonly reason: string
}
