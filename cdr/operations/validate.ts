// $validate (resource-operation-validate.html): what a write would say, without writing.
import { fault } from '#kernel/fault.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Answer } from '../rest/answer.ts'
import type { Call, Rest } from '../rest/call.ts'
import { findingsOutcome } from '../rest/outcome.ts'
import { checkStructure } from '../rest/structure.ts'
import { readQuery } from '../search/query.ts'
import type { Operation } from './operation.ts'

const shared = {
  name: 'validate',
  definition: 'http://hl7.org/fhir/OperationDefinition/Resource-validate',
  types: [],
  safe: false,
  touch: 'read',
} as const

/** Called on a type and on an instance (then the resource is to become that instance). */
export const validateOperations: readonly Operation[] = [
  { ...shared, level: 'type', handle },
  { ...shared, level: 'instance', handle },
]

function handle(call: Call, rest: Rest): Result<Answer> {
  const query = readQuery(call.query)
  if (!query.ok) return query
  const { resource, profile } = readInput(call.resource ?? {})
  if (!resource) return failed(fault('fhir.syntax', { args: { format: 'JSON', reason: 'resource' } }))
  if (resource['resourceType'] !== call.path['type'])
    return failed(
      fault('fhir.type-mismatch', { args: { expected: call.path['type']!, found: String(resource['resourceType']).slice(0, 64) } }),
    )
  const asked = query.value.find(({ name }) => name === 'profile')?.value ?? profile
  const structure = checkStructure(resource)
  const findings =
    structure.length > 0 ? structure : (rest.validator?.validate(resource, { profiles: profilesOf(resource, asked), mode: 'strict' }) ?? [])
  return ok({ status: 200, body: JSON.stringify(findingsOutcome(findings, call.caller.language)) })
}

/** The resource itself, or Parameters with `resource` and `profile`. */
function readInput(body: JsonObject): { resource: JsonObject | undefined; profile: string | undefined } {
  if (body['resourceType'] !== 'Parameters') return { resource: body['resourceType'] === undefined ? undefined : body, profile: undefined }
  const parameters = (Array.isArray(body['parameter']) ? body['parameter'] : []) as JsonObject[]
  const named = (name: string) => parameters.find(parameter => parameter['name'] === name)
  const profile = named('profile')
  return {
    resource: named('resource')?.['resource'] as JsonObject | undefined,
    profile: text(profile?.['valueUri'] ?? profile?.['valueCanonical']),
  }
}

function profilesOf(resource: JsonObject, asked: string | undefined): string[] {
  const stated = (resource['meta'] as JsonObject | undefined)?.['profile']
  return [...(Array.isArray(stated) ? (stated as string[]) : []), ...(asked === undefined ? [] : [asked])]
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
