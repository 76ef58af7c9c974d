// A document as a page, as the server hands it out (/api/documents/{tenant}/{id}/page).

export type Bilingual = { readonly zh: string; readonly en: string }

export type PageFact = {
  readonly code?: string
  readonly name: string
  readonly value?: string
  readonly time?: string
  readonly flag?: PageFlag
  readonly range?: string
  readonly facts?: readonly PageFact[]
}
export type PageFlag = { readonly code: string; readonly text?: string }

export type PageTable = {
  readonly columns: readonly { readonly code?: string; readonly name: string }[]
  readonly rows: readonly (readonly { readonly text?: string; readonly flag?: PageFlag }[])[]
}

/** The narrative language of CDA R2 (4.3.5), already reduced by the server to what is shown. */
export type NarrativeNode =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: (typeof elements)[number]
      readonly style?: 'Bold' | 'Italics' | 'Underline' | 'Emphasis'
      readonly columns?: number
      readonly rows?: number
      readonly children: readonly NarrativeNode[]
    }
export const elements = [
  'paragraph',
  'content',
  'list',
  'item',
  'caption',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'br',
  'sub',
  'sup',
] as const

export type PageSection = {
  readonly code?: string
  readonly title: string
  readonly narrative: readonly NarrativeNode[]
  readonly facts: readonly PageFact[]
  readonly tables: readonly PageTable[]
}

export type DocumentPage = {
  readonly code?: string
  readonly title: string
  readonly header: readonly {
    readonly name: Bilingual
    readonly facts: readonly { readonly key: string; readonly name: Bilingual; readonly value: string }[]
  }[]
  readonly sections: readonly PageSection[]
}
