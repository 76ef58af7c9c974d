// A document as a page: what a reader shows, as JSON. The portal draws it; no style sheet, no markup of the document's own.
import type { CdaDocument, CdaSection } from './model.ts'
import type { NarrativeNode } from './narrative.ts'
import { factOf, type PageFact, type PageWords } from './page-fact.ts'
import { headerFacts, type PageGroup } from './page-header.ts'
import { type PageTable, tablesOf } from './page-table.ts'
import { sectionSpec } from './spec.ts'

export type DocumentPage = {
  /** `C0007`; undefined when the document says no code. */
  readonly code?: string
  readonly title: string
  readonly header: readonly PageGroup[]
  readonly sections: readonly PageSection[]
}

export type PageSection = {
  readonly code?: string
  readonly title: string
  readonly narrative: readonly NarrativeNode[]
  /** Statements of their own. */
  readonly facts: readonly PageFact[]
  /** Statements that repeat, one row each. */
  readonly tables: readonly PageTable[]
}

export function pageOf(document: CdaDocument, words: PageWords = {}): DocumentPage {
  const { code } = document.code
  return {
    ...(code && { code }),
    title: document.title || words.spec?.title || document.code.display || '',
    header: headerFacts(document, words),
    sections: document.sections.map(section => pageSection(section, words)),
  }
}

function pageSection(section: CdaSection, words: PageWords): PageSection {
  const spec = sectionSpec(words.spec, section.code)
  const { code } = section.code
  return {
    ...(code && { code }),
    title: section.title ?? spec?.name ?? section.code.display ?? code ?? '',
    narrative: section.narrative,
    facts: section.entries.filter(entry => entry.act !== 'organizer').map(entry => factOf(entry, words)),
    tables: tablesOf(
      section.entries.filter(entry => entry.act === 'organizer'),
      words,
    ),
  }
}
