// Names for code systems and concept maps that no standard names (canonical URLs, FHIR R4 references.html#canonical).

/** `.example` is reserved (RFC 2606): these names mean, they never resolve. */
export const canonicalRoot = 'https://huilian.example/fhir'

/** The `system` of a code system that a connected system keeps for itself, e.g. `localSystem('zjj-lis-item')`. */
export function localSystem(name: string): string {
  return `${canonicalRoot}/CodeSystem/${name}`
}

export function conceptMapUrl(name: string): string {
  return `${canonicalRoot}/ConceptMap/${name}`
}
