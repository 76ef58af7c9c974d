// The definitions package edits some R4 structures (elements of later versions, types of its own server). The data elements that HL7
// published with R4 stand beside them untouched: they say which elements there are, and what each is.
import type { ElementDefinition, StructureDefinition } from './definitions.ts'

/** Data elements have ids of `de-` and the path, and none where that is longer than an id may be. */
const pathLengthMax = 61

/** Backbone elements have no data element of their own: what the edited structures say differently is said here. */
const cardinalities: Readonly<Record<string, Pick<ElementDefinition, 'min'>>> = { 'EvidenceVariable.characteristic': { min: 1 } }

/** Came after R4 and is kept whole: the notifications of the subscriptions backport. */
const later = new Set(['SubscriptionStatus'])

/** The structures with the elements that R4 published, no more and no less. */
export function asPublished(
  structures: readonly StructureDefinition[],
  dataElements: readonly StructureDefinition[],
): StructureDefinition[] {
  const published = new Map<string, ElementDefinition>()
  for (const { snapshot } of dataElements) {
    const [element] = snapshot.element
    if (element && !published.has(element.path)) published.set(element.path, element)
  }
  return structures.map(structure => (later.has(structure.type) ? structure : restored(structure, published)))
}

function restored(structure: StructureDefinition, published: ReadonlyMap<string, ElementDefinition>): StructureDefinition {
  const { element } = structure.snapshot
  const parents = new Set(element.map(e => parentOf(e.path)))
  const kept = element.filter(e => isPublished(e, parents, published))
  const result = kept.map(e => ({ ...e, ...(parents.has(e.path) ? {} : published.get(e.path)), ...cardinalities[e.path] }))
  for (const parent of new Set(kept.map(e => parentOf(e.path)))) {
    const missing = [...published.values()].filter(e => parentOf(e.path) === parent && !kept.some(k => k.path === e.path))
    if (missing.length > 0 && structure.kind !== 'primitive-type') insertInOrder(result, parent, published)
  }
  return { ...structure, snapshot: { element: result } }
}

/** Roots and primitives' values stay; a backbone element is published when something in it is. */
function isPublished(element: ElementDefinition, parents: ReadonlySet<string>, published: ReadonlyMap<string, ElementDefinition>): boolean {
  const { path } = element
  if (!path.includes('.') || element.contentReference || /^[a-z]/.test(path) || path.length > pathLengthMax) return true
  return parents.has(path) ? published.keys().some(other => other.startsWith(`${path}.`)) : published.has(path)
}

/** The children of one parent in the order they were published in. */
function insertInOrder(elements: ElementDefinition[], parent: string, published: ReadonlyMap<string, ElementDefinition>): void {
  const children = [...published.values()].filter(e => parentOf(e.path) === parent)
  const at = elements.findIndex(e => parentOf(e.path) === parent)
  const others = elements.filter(e => parentOf(e.path) !== parent)
  elements.splice(0, elements.length, ...others.slice(0, at), ...children, ...others.slice(at))
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.')))
}
