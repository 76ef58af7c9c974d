// A document definition as read: what a type of shared document says, and which FHIRPath yields each value. See docs/guides/documents.md for the YAML.
import type { Expression } from '#formats/fhir/fhirpath/expression.ts'

export type Definition = {
  readonly code: string
  readonly title: string
  readonly otherTitles: readonly string[]
  readonly templateRoot: string
  /** Resource type the document is written from; paths start there unless an `of` or `each` leads on. */
  readonly root: string
  /** Whether a resource is a matter of this type at all, whatever its state. */
  readonly belongs: Expression | undefined
  readonly issue: Expression
  readonly withdraw: Expression | undefined
  readonly registers: Registers
  readonly header: HeaderDefinition
  readonly sections: readonly SectionDefinition[]
  readonly names: CodeNames
}

/** What documents print for code systems and codes, where it is not what the dictionary says. */
export type CodeNames = {
  /** codeSystemName by OID. */
  readonly systems: ReadonlyMap<string, string>
  /** displayName by OID and code. */
  readonly displays: ReadonlyMap<string, ReadonlyMap<string, string>>
}

/** References and time for the registry. */
export type Registers = {
  readonly subject: Expression
  readonly encounter: Expression | undefined
  readonly authors: Expression | undefined
  readonly clinicalTime: Expression | undefined
}

export type HeaderDefinition = {
  readonly ids: readonly IdDefinition[]
  readonly patient: PatientDefinition
  readonly patientType: CodedDefinition | undefined
  readonly author: PersonDefinition
  readonly legalAuthenticator: PersonDefinition | undefined
  readonly authenticators: readonly PersonDefinition[]
  readonly participants: readonly PersonDefinition[]
  readonly encounter: EncounterDefinition | undefined
  readonly staff: StaffDefinition
}

/** A number under a root of the kernel (`outpatientNumber`); every value the path yields. */
export type IdDefinition = { readonly root: string; readonly value: Expression }

export type PatientDefinition = {
  /** Leads to the Patient that the other paths start from. */
  readonly of: Expression
  readonly ids: readonly IdDefinition[]
  readonly name: Expression
  readonly sex: CodedDefinition | undefined
  readonly birthTime: Expression | undefined
  /** The age at the clinical time of the document is written too. */
  readonly age: boolean
  readonly telecom: Expression | undefined
  /** Parts of the address in order: `houseNumber`, `township` … */
  readonly address: readonly { readonly name: string; readonly value: Expression }[]
}

/** Persons that a path of References yields. */
export type PersonDefinition = {
  readonly who: Expression
  readonly role: string | undefined
  readonly time: Expression | undefined
  /** `day`: the time is cut to the date, as data elements of the format D8 want it. */
  readonly precision: 'day' | 'second'
  /** Participants only. */
  readonly typeCode: string | undefined
  readonly classCode: string | undefined
}

/** How a Reference to a person is read. */
export type StaffDefinition = {
  readonly id: Expression
  readonly name: Expression
  readonly organization: { readonly of: Expression; readonly id: Expression | undefined; readonly name: Expression | undefined } | undefined
}

export type EncounterDefinition = {
  readonly of: Expression
  readonly id: IdDefinition | undefined
  readonly time: TimeDefinition
  readonly places: readonly PlaceDefinition[]
}

export type PlaceDefinition = {
  readonly root: string
  readonly of: Expression
  readonly id: Expression | undefined
  readonly name: Expression | undefined
}

export type TimeDefinition = {
  readonly value: Expression | undefined
  readonly low: Expression | undefined
  readonly high: Expression | undefined
}

/** A code out of a code, Coding or CodeableConcept: translated by a map, or the coding that is of the system already. */
export type CodedDefinition = {
  readonly value: Expression
  readonly map: string | undefined
  /** OID of the system the document's code is of. */
  readonly system: string | undefined
}

export type SectionDefinition = {
  readonly code: string | undefined
  readonly display: string
  readonly name: string
  readonly entries: readonly EntryDefinition[]
}

export type EntryDefinition = {
  readonly act: 'observation' | 'organizer' | 'procedure'
  /** `OBS`, `PROC`, `BATTERY`, `CLUSTER`. */
  readonly classCode: string
  /** The data element of an observation, and its name. */
  readonly element: { readonly code: string; readonly name: string } | undefined
  /** What an organizer or a procedure is. */
  readonly coded: CodedDefinition | undefined
  readonly when: Expression | undefined
  /** Leads to what the paths of the entry start from; with `repeats` the entry is written for each. */
  readonly of: Expression | undefined
  readonly repeats: boolean
  readonly value: ValueDefinition | undefined
  /** null flavour to be written where there is no value; undefined: the entry is left out. */
  readonly missing: string | undefined
  readonly time: TimeDefinition | undefined
  readonly interpretation: CodedDefinition | undefined
  readonly range: Expression | undefined
  readonly specimen: SpecimenDefinition | undefined
  readonly children: readonly EntryDefinition[]
  /** Organizers: the columns of the narrative table. */
  readonly table: readonly ColumnDefinition[]
}

export type ValueDefinition = CodedDefinition & {
  /** xsi:type. */
  readonly type: string
  /** All values as one text with this between them; undefined: the first alone. */
  readonly join: string | undefined
  /** Words that stand beside the code. */
  readonly original: Expression | undefined
  /** Of a PQ whose value has none. */
  readonly unit: string | undefined
}

export type SpecimenDefinition = {
  readonly of: Expression
  readonly id: Expression | undefined
  readonly type: CodedDefinition | undefined
}

export type ColumnDefinition = { readonly name: string; readonly value: Expression; readonly words: ReadonlyMap<string, string> }
