// What a document type consists of (WS/T 500, by part): made by mappings/cda out of its catalogue and definitions, read by the checker and the page.

export type DocumentSpec = {
  /** `C0007`. */
  readonly code: string
  readonly title: string
  /** Titles that others use for the type; the checker tells them from wrong ones. */
  readonly otherTitles: readonly string[]
  readonly templateRoot: string
  /** Elements of the header that vary by type: `author`, `custodian`, `participant`, `componentOf` … */
  readonly header: readonly string[]
  /** Roots of the numbers that name the patient of such a document. */
  readonly patientIds: readonly string[]
  readonly sections: readonly SectionSpec[]
}

export type SectionSpec = {
  /** LOINC, in three documents a data element; sections without a code are known by their display. */
  readonly code?: string
  readonly display: string
  readonly name: string
  readonly elements: readonly ElementSpec[]
}

export type ElementSpec = {
  /** `DE04.30.019.00`. */
  readonly code: string
  readonly name?: string
  /** xsi:type of the value; undefined where the sources do not say. */
  readonly type?: string
  /** OID of the value domain of a CD. */
  readonly system?: string
  readonly unit?: string
  /** Both sources of the catalogue have it. */
  readonly confirmed: boolean
  /** A definition of the house wants it in every document of the type. */
  readonly required: boolean
}

/** The section of a type that a document's section is: by code, by display, by name. */
export function sectionSpec(
  spec: DocumentSpec | undefined,
  said: { readonly code?: string; readonly display?: string },
): SectionSpec | undefined {
  if (!spec) return undefined
  const byCode = said.code === undefined ? undefined : spec.sections.find(section => section.code === said.code)
  return byCode ?? spec.sections.find(section => section.code === undefined && sameName(section, said.display))
}

/** Writers differ in whether they add 章节 to the name of a section without a code. */
function sameName({ display, name }: SectionSpec, said: string | undefined): boolean {
  const bare = said?.replace(/章节$/, '')
  return bare !== undefined && (bare === display.replace(/章节$/, '') || bare === name)
}
