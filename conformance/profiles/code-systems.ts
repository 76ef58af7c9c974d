// Code systems of the house as CodeSystem resources (codesystem.html), for the validator: the systems that the specification does not bring itself.
import type { JsonObject } from '#kernel/json.ts'

/** As terminology keeps a system. */
export type HeldSystem = {
  readonly url: string
  readonly seed: {
    readonly id: string
    readonly name: { readonly zh?: string; readonly en?: string }
    readonly edition: string
    readonly content: 'complete' | 'fragment'
  }
  readonly rows: readonly (readonly [code: string, display: string, ...rest: unknown[]])[]
}

/** HL7, DICOM and SNOMED publish these in more editions and languages than the house keeps. */
const foreign =
  /^http:\/\/(?:hl7\.org\/fhir\/(?!sid\/)|terminology\.hl7\.org|dicom\.nema\.org|snomed\.info|unitsofmeasure\.org)(?:\/|$|(?<=\/))/

export function codeSystemResources(systems: readonly HeldSystem[]): readonly JsonObject[] {
  return systems.filter(({ url }) => !foreign.test(url)).map(codeSystem)
}

function codeSystem({ url, seed, rows }: HeldSystem): JsonObject {
  return {
    resourceType: 'CodeSystem',
    url,
    version: seed.edition,
    name: seed.id,
    title: seed.name.zh ?? seed.name.en ?? seed.id,
    status: 'active',
    content: seed.content,
    caseSensitive: true,
    concept: rows.map(([code, display]) => (display === '' ? { code } : { code, display })),
  }
}
