// Runs the paths of a definition on one root and what it refers to; what is not at hand yet becomes a need, what cannot be evaluated a finding.
import { Evaluation } from '#formats/fhir/fhirpath/evaluation.ts'
import type { Expression } from '#formats/fhir/fhirpath/expression.ts'
import { r4 } from '#formats/fhir/model/r4.ts'
import { fault, faultText } from '#kernel/fault.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { DocumentFinding, DocumentSource } from '#kernel/ports/documents.ts'

/** What a path starts from, and the resource it lies in: `#contained` references are looked up there. */
export type Focus = { readonly item: unknown; readonly resource: JsonObject }

/** A value a path yields, and the name of its FHIR or system type. */
export type Found = { readonly value: unknown; readonly type: string }

export class PathRunner {
  readonly root: Focus
  readonly findings: DocumentFinding[] = []
  readonly #evaluation: Evaluation

  constructor(source: DocumentSource) {
    this.root = { item: source.root, resource: source.root }
    this.#evaluation = new Evaluation(r4, { resolve: source.related, variables: { custodian: source.custodian } })
    this.#evaluation.begin(source.root, source.root, source.root)
  }

  /** References that were asked for and not fetched. */
  get needs(): readonly string[] {
    return this.#evaluation.needs.flatMap(need => (need.kind === 'reference' ? [need.reference] : []))
  }

  all(path: Expression | undefined, focus: Focus): Found[] {
    const found: Found[] = []
    if (!path) return found
    this.#evaluation.resource = focus.resource
    const trouble = path.each(focus.item as JsonObject, this.#evaluation, (value, type) => {
      if (value !== undefined && value !== null) found.push({ value, type })
    })
    if (!trouble) return found
    const args = { path: path.text.slice(0, 120), reason: faultText(trouble, 'en') }
    this.findings.push({ severity: 'error', fault: fault('document.path-failed', { args, causes: [trouble] }) })
    return []
  }

  first(path: Expression | undefined, focus: Focus): Found | undefined {
    return this.all(path, focus)[0]
  }

  /** Whether a condition holds; an empty one does not. */
  holds(path: Expression, focus: Focus): boolean {
    return this.first(path, focus)?.value === true
  }

  /** The items an `of` or `each` leads to, each as the start of other paths. */
  lead(path: Expression, focus: Focus): Focus[] {
    return this.all(path, focus).map(({ value }) => ({ item: value, resource: isResource(value) ? value : focus.resource }))
  }
}

function isResource(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && typeof (value as JsonObject)['resourceType'] === 'string'
}
