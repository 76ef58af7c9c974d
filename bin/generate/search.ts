// The R4 search parameters and compartments, reduced to what indexing and searching need (searchparameter.html, compartmentdefinition.html).
import type { SearchParameterKind, SearchParameterTable } from '../../formats/fhir/model/tables.ts'
import { type Definition, nameOf } from './definitions.ts'

export type SearchParameter = Definition & {
  readonly code: string
  readonly base: readonly string[]
  readonly type: SearchParameterKind
  readonly expression?: string
  readonly target?: readonly string[]
  readonly comparator?: readonly string[]
  readonly modifier?: readonly string[]
  readonly component?: readonly { readonly definition: string; readonly expression: string }[]
}

export type CompartmentDefinition = Definition & {
  readonly code: string
  readonly resource: readonly { readonly code: string; readonly param?: readonly string[] }[]
}

/** Parameters that the definitions package adds for elements R4 does not have. */
const added = new Set(['DeviceDefinition-classification'])

export function searchParameterTables(parameters: readonly SearchParameter[]): SearchParameterTable[] {
  const published = parameters.filter(p => !added.has(nameOf(p.url)))
  return published.map(p => ({
    id: nameOf(p.url),
    code: p.code,
    base: p.base,
    type: p.type,
    ...(p.expression ? { expression: p.expression } : {}),
    ...(p.target ? { target: p.target } : {}),
    ...(p.comparator ? { comparator: p.comparator } : {}),
    ...(p.modifier ? { modifier: p.modifier } : {}),
    ...(p.component ? { component: p.component.map(c => ({ parameter: nameOf(c.definition), expression: c.expression })) } : {}),
  }))
}

export function compartmentTables(compartments: readonly CompartmentDefinition[]): Record<string, Record<string, readonly string[]>> {
  return Object.fromEntries(
    compartments.map(c => [c.code, Object.fromEntries(c.resource.filter(r => r.param?.length).map(r => [r.code, r.param!]))]),
  )
}
