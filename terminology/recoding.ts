// What a filled gap asks of the past: which stored resources hold the code, as searches, and what each becomes under the new maps.
import { r4SearchParameters } from '#formats/fhir/model/r4.ts'
import type { ResourceIntent } from '#kernel/intent.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { CodingPass } from '#kernel/ports/terminology.ts'
import type { SearchPlan } from '#kernel/search-plan.ts'
import type { TenantCode } from '#kernel/tenant.ts'

/** A job for the pipeline, small enough to keep as a record. */
export type Recoding = {
  readonly kind: 'recode'
  readonly tenant: TenantCode
  readonly system: string
  readonly code: string
  /** Empty where no search parameter reaches the element: then the messages of `source` since `sinceMs` are to be replayed. */
  readonly searches: readonly SearchPlan[]
  readonly source: string
  readonly sinceMs: number
}

type Gap = {
  readonly system: string
  readonly code: string
  readonly element?: string
  readonly source: string
  readonly firstSeenMs: number
}

export function recoding(tenant: TenantCode, gap: Gap): Recoding {
  const searches = gap.element === undefined ? [] : affected(gap.system, gap.code, [gap.element])
  return { kind: 'recode', tenant, system: gap.system, code: gap.code, searches, source: gap.source, sinceMs: gap.firstSeenMs }
}

/** Searches for the resources that hold a code in the named elements (`Observation.code`), one per type, pages of 200. */
export function affected(system: string, code: string, elements: readonly string[]): readonly SearchPlan[] {
  return [...Map.groupBy(elements, element => element.split('.')[0]!)].flatMap(([type, ofType]) => {
    const parameters = [...new Set(ofType.flatMap(element => tokenParameters(type, element)))]
    if (parameters.length === 0) return []
    const filters = parameters.map(param => ({ op: 'token' as const, param, system, code }))
    const where = filters.length === 1 ? filters[0]! : { op: 'or' as const, of: filters }
    return [{ type, where, sort: [{ param: '_id', kind: 'id' as const, descending: false }], count: 200, total: 'none' as const, at: {} }]
  })
}

/** The resource with the codings it lacked; undefined when nothing changes. */
export function recoded(resource: JsonObject, pass: CodingPass, source: string): JsonObject | undefined {
  const type = String(resource['resourceType'] ?? '')
  const intent: ResourceIntent = { type, key: '', id: String(resource['id'] ?? ''), content: resource, clears: [], standing: 'speak' }
  const { content } = pass.code([intent], source).intents[0]!
  return content === resource ? undefined : content
}

/** The token parameter that reads the element and little else of the type; none where R4 has none (`Patient.maritalStatus`). */
function tokenParameters(type: string, element: string): string[] {
  const ofType = [...r4SearchParameters.ofType(type).values()].filter(parameter => parameter.kind === 'token')
  const readers = ofType
    .map(({ code, expression = '' }) => ({ code, paths: paths(expression).filter(path => path.startsWith(`${type}.`)) }))
    .filter(reader => reader.paths.includes(element))
    .sort((a, b) => a.paths.length - b.paths.length)
  return readers.slice(0, 1).map(reader => reader.code)
}

/** `(Observation.value.ofType(CodeableConcept)) | Observation.code` → its paths, types as the choice members they pick. */
function paths(expression: string): string[] {
  return expression.split('|').map(part => {
    const path = part.trim().replace(/^\((.*)\)$/, '$1')
    const [, whole, type] = /^([\w.]+?)(?:\.ofType\(| as )(\w+)\)?$/.exec(path) ?? []
    return type ? `${whole}${type[0]!.toUpperCase()}${type.slice(1)}` : path
  })
}
