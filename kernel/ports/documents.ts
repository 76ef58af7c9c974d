// Shared documents (WS/T 500): written from resources by declarative definitions, checked against the same, registered by the repository.
import type { Fault } from '../fault.ts'
import type { JsonObject } from '../json.ts'
import type { Result } from '../result.ts'

/** Writes one type of document; made by mappings/cda from a definition. Pure: the same input gives the same bytes. */
export interface DocumentWriter {
  /** `C0007`, … */
  readonly code: string
  readonly title: string
  readonly templateRoot: string
  /** The resource type it is written from, e.g. `DiagnosticReport`. */
  readonly root: string
  /**
   * What the state of a resource asks for, and what a document would say. Where `needs` is not empty, fetch those references in one batch and ask
   * again: everything else is preliminary.
   */
  prepare(source: DocumentSource): Result<PreparedDocument>
}

export type DocumentSource = {
  readonly root: JsonObject
  /** A resource by its reference (`Patient/1`): undefined when it was not fetched, null when it was and is not there. */
  readonly related: (reference: string) => JsonObject | null | undefined
  readonly custodian: Institution
}

/** Organization code (18 characters of the unified social credit code, or the 22 of WS 218) and name. */
export type Institution = { readonly code: string; readonly name: string }

/** `issue`: a document is owed for this state; `withdraw`: an issued one no longer stands; `nothing`: not a matter of this type, or not yet. */
export type PreparedDocument = PreparedIssue | { readonly demand: 'withdraw' | 'nothing'; readonly needs: readonly string[] }

export type PreparedIssue = {
  readonly demand: 'issue'
  readonly needs: readonly string[]
  /** Hash of what the document says, apart from its own number, version and time: equal states need no second document. */
  readonly state: string
  readonly registration: DocumentRegistration
  write(identity: DocumentIdentity): Result<WrittenDocument>
}

/** What the registry notes beside the document: references as they stand in the resources. */
export type DocumentRegistration = {
  readonly subject?: JsonObject
  readonly encounter?: JsonObject
  readonly authors: readonly JsonObject[]
  /** When what the document tells of happened (FHIR dateTime). */
  readonly clinicalTime?: string
}

export type DocumentIdentity = {
  /** Number of the document: 32 to 36 characters, unique (`id/@extension` under 2.16.156.10011.1.1). */
  readonly number: string
  /** Number that all versions share. */
  readonly setNumber: string
  readonly version: number
  /** The document this one takes the place of. */
  readonly replaces?: { readonly number: string; readonly version: number }
  readonly writtenAtMs: number
}

export type WrittenDocument = {
  readonly xml: string
  /** What could not be said as it should: characters replaced, codes without a map. */
  readonly findings: readonly DocumentFinding[]
}

export type DocumentFinding = {
  readonly severity: 'error' | 'warning' | 'information'
  /** `at` is the path of the element, e.g. `/ClinicalDocument/recordTarget/patientRole/id[2]/@extension`. */
  readonly fault: Fault
  /** Place in the text, both from 1; absent where the finding is not about a place. */
  readonly line?: number
  readonly column?: number
}

export interface DocumentChecker {
  /** Bytes that are no CDA document at all are one finding, not a failure. */
  check(bytes: Uint8Array, registered?: RegisteredDocument): DocumentReport
}

/** What the registry says of a document, for comparison with what the document says itself; undefined members are not compared. */
export type RegisteredDocument = {
  readonly number?: string
  readonly code?: string
  readonly title?: string
  readonly effectiveTimeMs?: number
  readonly patientName?: string
  /** Numbers of the patient by OID, the identity card under 2.16.156.10011.1.3. */
  readonly patientIds?: Readonly<Record<string, string>>
}

export type DocumentReport = {
  /** Undefined where the document does not say. */
  readonly code?: string
  readonly title?: string
  readonly number?: string
  /** No finding is an error. */
  readonly valid: boolean
  /** In the order of the document. */
  readonly findings: readonly DocumentFinding[]
}

/** Code systems as documents name them, by OID; terminology's dictionary is one. */
export interface CodeBook {
  system(oid: string): { readonly seed: { readonly name: { readonly zh?: string; readonly en?: string } } } | undefined
  display(oid: string, code: string): string | undefined
  /** Faults `terminology.system-unknown`, `terminology.code-unknown`, `terminology.display-wrong`; `checked` is false where nobody can say. */
  validateCode(oid: string, code: string, display?: string): Result<{ readonly checked: boolean; readonly display?: string }>
}
