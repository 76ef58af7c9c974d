// The shape of the generated R4 tables (generated/r4/*.json): what `npm run generate` writes and the model reads.

export type TypesFile = {
  readonly source: string
  readonly version: string
  readonly types: Readonly<Record<string, TypeTable>>
}

export type TypeTable = {
  readonly kind: 'primitive' | 'complex' | 'backbone' | 'resource'
  readonly base?: string
  readonly abstract?: boolean
  /** Primitives: the FHIRPath system type beneath (`String`, `DateTime`), the format of the value, and its limits. */
  readonly system?: string
  readonly regex?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
  /** Own elements in order, by name (`deceased[x]`); those of the base type come first and are not repeated. */
  readonly elements: Readonly<Record<string, ElementTable>>
  /** Own invariants; those of the base type are not repeated. */
  readonly invariants: readonly InvariantTable[]
}

export type ElementTable = {
  /** `HumanName`, `Reference(Patient|Group)`, `Quantity:SimpleQuantity`, or a path (`Patient.contact`, `Questionnaire.item`). */
  readonly type: readonly string[]
  /** 0 when absent. */
  readonly min?: number
  /** `1` when absent. */
  readonly max?: string
  readonly modifier?: boolean
  readonly summary?: boolean
  readonly maxLength?: number
  readonly xml?: 'xmlAttr' | 'xhtml'
  readonly binding?: BindingTable
}

export type BindingTable = {
  readonly strength: 'required' | 'extensible' | 'preferred' | 'example'
  /** Canonical, with version where the definition pins one. */
  readonly set: string
  /** The value set no code may leave (elementdefinition-maxValueSet). */
  readonly max?: string
}

export type InvariantTable = {
  readonly key: string
  readonly severity: 'error' | 'warning'
  readonly human: string
  /** FHIRPath, evaluated on the type, or on each item of `element` where that is given. */
  readonly expression: string
  readonly element?: string
  readonly bestPractice?: boolean
}

export type SearchParametersFile = {
  readonly source: string
  readonly parameters: readonly SearchParameterTable[]
}

export type SearchParameterTable = {
  /** Last segment of the canonical URL `http://hl7.org/fhir/SearchParameter/<id>`. */
  readonly id: string
  readonly code: string
  readonly base: readonly string[]
  readonly type: SearchParameterKind
  /** Absent for `_text`, `_content` and `_query`, which no path can say. */
  readonly expression?: string
  readonly target?: readonly string[]
  readonly comparator?: readonly string[]
  readonly modifier?: readonly string[]
  /** Composite parameters: the id of each part and its path from the item of `expression`. */
  readonly component?: readonly { readonly parameter: string; readonly expression: string }[]
}

export type SearchParameterKind = 'number' | 'date' | 'string' | 'token' | 'reference' | 'composite' | 'quantity' | 'uri' | 'special'

export type CompartmentsFile = {
  readonly source: string
  /** Compartment (`Patient`) → resource type → the search parameters that put it there; `{def}` is the resource itself. */
  readonly compartments: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
}

export type ValueSetsFile = {
  readonly source: string
  /** Value sets whose codes the definitions spell out, by canonical URL without version: code system → codes. */
  readonly valueSets: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
}
