// The search parameters of a FHIR version by resource type and code (searchparameter-registry.html).
import type { Model } from './model.ts'
import type { SearchParameterKind, SearchParametersFile, SearchParameterTable } from './tables.ts'

export type SearchParameter = {
  readonly id: string
  readonly url: string
  readonly code: string
  readonly kind: SearchParameterKind
  /** FHIRPath as published: often a union over many resource types. Undefined where no path can say it (`_text`, `_content`). */
  readonly expression: string | undefined
  readonly targets: readonly string[]
  readonly comparators: readonly string[]
  readonly modifiers: readonly string[]
  /** Parts of a composite: the parameter each is, and its path from an item of `expression`. */
  readonly components: readonly { readonly parameter: string; readonly expression: string }[]
}

export class SearchParameters {
  readonly #model: Model
  readonly #byId = new Map<string, SearchParameter>()
  readonly #byBase = new Map<string, SearchParameter[]>()
  readonly #ofType = new Map<string, ReadonlyMap<string, SearchParameter>>()

  constructor(file: SearchParametersFile, model: Model) {
    this.#model = model
    for (const table of file.parameters) {
      const parameter = read(table)
      this.#byId.set(parameter.id, parameter)
      for (const base of table.base) this.#byBase.set(base, [...(this.#byBase.get(base) ?? []), parameter])
    }
  }

  /** All parameters of a resource type by code, those of Resource and DomainResource (`_id`, `_text`) included. */
  ofType(type: string): ReadonlyMap<string, SearchParameter> {
    const known = this.#ofType.get(type)
    if (known) return known
    const lineage: string[] = []
    for (let t = this.#model.type(type); t; t = t.base) lineage.unshift(t.name)
    const found = new Map(lineage.flatMap(base => this.#byBase.get(base) ?? []).map(parameter => [parameter.code, parameter]))
    this.#ofType.set(type, found)
    return found
  }

  find(type: string, code: string): SearchParameter | undefined {
    return this.ofType(type).get(code)
  }

  /** By the last segment of the canonical URL, as composite components name their parts. */
  byId(id: string): SearchParameter | undefined {
    return this.#byId.get(id)
  }
}

function read(table: SearchParameterTable): SearchParameter {
  return {
    id: table.id,
    url: `http://hl7.org/fhir/SearchParameter/${table.id}`,
    code: table.code,
    kind: table.type,
    expression: table.expression,
    targets: table.target ?? [],
    comparators: table.comparator ?? [],
    modifiers: table.modifier ?? [],
    components: table.component ?? [],
  }
}
