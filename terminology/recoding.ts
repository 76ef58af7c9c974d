// What a filled gap asks of the past: which stored resources hold the code, as searches, and what each becomes under the new maps.
import { r4, r4SearchParameters } from '#formats/fhir/model/r4.ts'
import type { ResourceIntent } from '#kernel/intent.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { CodingPass } from '#kernel/ports/terminology.ts'
import type { SearchPlan } from '#kernel/search-plan.ts'
import type { TenantCode } from '#kernel/tenant.ts'

/** Where a code may stand in what is stored already, as plain data. */
export type Recoding = {
  readonly kind: 'recode'
  readonly tenant: TenantCode
  readonly system: string
  readonly code: string
  /** One for each type that a search parameter can find the code in. */
  readonly searches: readonly SearchPlan[]
  /** Types to be gone through from `sinceMs` on, because no search parameter reaches the element (`Observation.valueQuantity`). */
  readonly walks: readonly string[]
  readonly source: string
  readonly sinceMs: number
}

export type Gap = {
  /** The map that did not know the code. */
  readonly map: string
  readonly system: string
  readonly code: string
  readonly element?: string
  readonly source: string
  readonly firstSeenMs: number
}

export function recoding(tenant: TenantCode, gap: Gap): Recoding {
  const { system, code, element, source, firstSeenMs } = gap
  const isReached = element === undefined || affected(system, code, [element]).length > 0
  const walks = isReached ? [] : [element!.split('.')[0]!]
  return { kind: 'recode', tenant, system, code, searches: everywhere(system, code), walks, source, sinceMs: firstSeenMs }
}

const rowsPerPage = 200

/** A gap is noted where it was met first; the code may stand in other types too (a diagnosis in Condition and ServiceRequest). */
export function everywhere(system: string, code: string): readonly SearchPlan[] {
  return codedTypes().map(({ type, parameters }) => search(type, parameters, system, code))
}

let known: readonly { readonly type: string; readonly parameters: readonly string[] }[] | undefined

/** Types with the token parameters that read a CodeableConcept or Coding of theirs. */
function codedTypes(): typeof known & object {
  known ??= r4.resourceTypes().flatMap(type => {
    const tokens = [...r4SearchParameters.ofType(type).values()].filter(parameter => parameter.kind === 'token')
    const parameters = tokens.filter(({ expression = '' }) => paths(expression).some(path => isCoded(path, type))).map(({ code }) => code)
    return parameters.length === 0 ? [] : [{ type, parameters }]
  })
  return known
}

function isCoded(path: string, type: string): boolean {
  const [first, ...members] = path.split('.')
  let at: string | undefined = first === type ? type : undefined
  for (const member of members) at = at && r4.type(at)?.members.get(member)?.type.code
  return at === 'CodeableConcept' || at === 'Coding'
}

function search(type: string, parameters: readonly string[], system: string, code: string): SearchPlan {
  const filters = parameters.map(param => ({ op: 'token' as const, param, system, code }))
  const where = filters.length === 1 ? filters[0]! : { op: 'or' as const, of: filters }
  return {
    type,
    where,
    sort: [{ param: '_id', kind: 'id' as const, descending: false }],
    count: rowsPerPage,
    total: 'none' as const,
    at: {},
  }
}

/** Searches for the resources that hold a code in the named elements (`Observation.code`), one per type, pages of 200. */
export function affected(system: string, code: string, elements: readonly string[]): readonly SearchPlan[] {
  return [...Map.groupBy(elements, element => element.split('.')[0]!)].flatMap(([type, ofType]) => {
    const parameters = [...new Set(ofType.flatMap(element => tokenParameters(type, element)))]
    return parameters.length === 0 ? [] : [search(type, parameters, system, code)]
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
