// Shared documents (WS/T 500): written from resources by a declarative definition, checked by the same definition.
import type { Fault } from '../fault.ts'
import type { JsonObject } from '../json.ts'
import type { Result } from '../result.ts'

export interface DocumentWriter {
  /** `C0007`, … */
  readonly code: string
  readonly title: string
  readonly templateId: string
  /** The resource type it is written from, e.g. `DiagnosticReport`. */
  readonly root: string
  /** References to follow from the root before writing, as FHIRPath. */
  readonly needs: readonly string[]
  write(input: DocumentInput): Result<{ xml: string; documentId: string }>
  check(xml: string): readonly Fault[]
}

export type DocumentInput = {
  readonly root: JsonObject
  /** By `Type/id`. */
  readonly related: ReadonlyMap<string, JsonObject>
  readonly custodian: { readonly code: string; readonly name: string }
  readonly version: number
  readonly writtenAtMs: number
}
