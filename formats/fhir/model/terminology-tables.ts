// The shape of the generated code systems and value sets of R4 (generated/r4/code-systems.json, value-set-definitions.json).

/** Code, display (`''` when there is none), children, and the properties that membership turns on. */
export type ConceptRow = readonly [
  code: string,
  display: string,
  children?: readonly ConceptRow[],
  properties?: readonly (readonly [code: string, value: string])[],
]

export type CodeSystemTable = {
  readonly version?: string
  readonly name?: string
  readonly status?: string
  /** CodeSystemContentMode: `complete`, `fragment`, `example`, `not-present`, `supplement`. */
  readonly content: string
  readonly caseSensitive?: boolean
  readonly hierarchyMeaning?: string
  readonly supplements?: string
  readonly valueSet?: string
  readonly experimental?: boolean
  readonly property?: readonly { readonly code: string; readonly type: string }[]
  readonly concept?: readonly ConceptRow[]
}

export type ValueSetTable = {
  readonly version?: string
  readonly name?: string
  readonly status?: string
  readonly experimental?: boolean
  /** ValueSet.compose as published, without texts. */
  readonly compose?: object
}

/** By canonical URL without version. */
export type CodeSystemsFile = { readonly source: string; readonly codeSystems: Readonly<Record<string, CodeSystemTable>> }
export type ValueSetDefinitionsFile = { readonly source: string; readonly valueSets: Readonly<Record<string, ValueSetTable>> }
