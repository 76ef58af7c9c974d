// $validate (resource-operation-validate.html): what the validator says of a resource, and whether it could be created, updated or deleted, without doing it.
import { readStored } from '#formats/fhir/json/stored.ts'
import { type Fault, fault } from '#kernel/fault.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Finding, Validator } from '#kernel/ports/validator.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { patientOf } from '../access/audit.ts'
import { permit } from '../access/scope.ts'
import type { Answer } from '../rest/answer.ts'
import type { Call, Rest } from '../rest/call.ts'
import { locate } from '../rest/locate.ts'
import { note } from '../rest/note.ts'
import { findingsOutcome } from '../rest/outcome.ts'
import { structuralValidator } from '../rest/structure.ts'
import { readQuery } from '../search/query.ts'
import type { Operation } from './operation.ts'
import { partNamed, partsIn, textOf } from './parameters.ts'

const shared = {
  name: 'validate',
  definition: 'http://hl7.org/fhir/OperationDefinition/Resource-validate',
  types: [],
  touch: 'read',
  handle,
} as const

/** Called on a type, and on an instance: then the resource is to become that instance, or, where none is sent, is the stored one. */
export const validateOperations: readonly Operation[] = [
  { ...shared, level: 'type', safe: false },
  { ...shared, level: 'instance', safe: true },
]

const modes = ['create', 'update', 'delete', 'profile'] as const

type Asked = {
  readonly resource: JsonObject | undefined
  readonly profiles: readonly string[]
  readonly mode: (typeof modes)[number] | undefined
}

async function handle(call: Call, rest: Rest): Promise<Result<Answer>> {
  const asked = readAsked(call)
  if (!asked.ok) return asked
  const { mode, profiles } = asked.value
  const subject = await subjectOf(asked.value, call, rest)
  if (!subject.ok) return subject
  const obstacle = mode === undefined || mode === 'profile' ? undefined : obstacleTo(mode, subject.value, call)
  const findings: Finding[] = obstacle ? [{ severity: 'error', fault: obstacle }] : []
  if (mode !== 'delete') {
    const validator = await validatorOf(call, rest)
    if (!validator.ok) return validator
    findings.push(...validator.value.validate(subject.value, { profiles, mode: 'strict' }))
  }
  return ok({ status: 200, body: JSON.stringify(findingsOutcome(findings, call.caller.language)) })
}

/** The resource itself with the rest in the query, or Parameters with all of it. */
function readAsked({ resource: body = {}, query: text, path }: Call): Result<Asked> {
  const query = readQuery(text)
  if (!query.ok) return query
  const isWrapped = body['resourceType'] === 'Parameters' && path['type'] !== 'Parameters'
  const parts = isWrapped ? partsIn(body) : []
  const inQuery = (wanted: string) => query.value.filter(({ name }) => name === wanted).map(({ value }) => value)
  const mode = inQuery('mode')[0] ?? textOf(partNamed(parts, 'mode'))
  if (mode !== undefined && !(modes as readonly string[]).includes(mode))
    return failed(fault('http.parameter', { at: 'mode', args: { name: 'mode', reason: modes.join(' | ') } }))
  const resource = isWrapped ? (partNamed(parts, 'resource')?.['resource'] as JsonObject | undefined) : body
  const profiles = [...inQuery('profile'), ...parts.filter(part => part['name'] === 'profile').flatMap(part => textOf(part) ?? [])]
  return ok({
    resource: resource && Object.keys(resource).length > 0 ? resource : undefined,
    profiles: [...new Set(profiles)],
    mode: mode as Asked['mode'],
  })
}

/** What was sent; on an instance without a body, and before a deletion, what is stored. */
async function subjectOf({ resource, mode }: Asked, call: Call, rest: Rest): Promise<Result<JsonObject>> {
  const { type, id } = call.path as { type: string; id?: string }
  if (resource && mode !== 'delete') {
    const found = resource['resourceType']
    if (found === type) return ok(resource)
    return failed(fault('fhir.type-mismatch', { at: 'resourceType', args: { expected: type, found: String(found ?? '—').slice(0, 64) } }))
  }
  if (id === undefined) return failed(fault('http.parameter', { at: 'resource', args: { name: 'resource', reason: type } }))
  const located = await locate(call.caller, type, id, rest)
  if (!located.ok) return located
  const { stored } = located.value
  const touch = { action: 'read', subject: `${type}/${id}`, patient: patientOf(type, id, stored.body) }
  const noted = note(rest, call.caller, [stored.tenant], touch)
  if (!noted.ok) return noted
  if (stored.op === 'delete') return failed(fault('fhir.deleted', { args: { type, id } }))
  return ok(readStored(stored.body.toString('utf8')))
}

/** Why the interaction would be refused before anybody looked at the content. */
function obstacleTo(mode: 'create' | 'update' | 'delete', resource: JsonObject, { caller, path }: Call): Fault | undefined {
  const { type, id } = path as { type: string; id?: string }
  const permitted = permit(caller.principal, 'write', type)
  if (!permitted.ok) return permitted.fault
  if (!caller.writes.ok) return caller.writes.fault
  if (mode !== 'update' || id === undefined || resource['id'] === id) return undefined
  return fault('fhir.id-mismatch', { at: `${type}.id`, args: { expected: id, found: String(resource['id'] ?? '—').slice(0, 70) } })
}

/** With what the tenant of a write keeps; where none is said, what every visible tenant keeps. */
function validatorOf({ caller }: Call, rest: Rest): Promise<Result<Validator>> | Result<Validator> {
  if (!rest.validatorFor) return ok(structuralValidator)
  return rest.validatorFor(caller.writes.ok ? [caller.writes.value] : caller.reads)
}
