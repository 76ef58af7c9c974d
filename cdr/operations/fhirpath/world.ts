// What expressions of a request may ask of the world: terminology and profiles as the validator of the tenant knows them, references fetched between the rounds.
import type { EvaluationContext } from '#formats/fhir/fhirpath/evaluation.ts'
import { isInValueSet } from '#formats/fhir/model/value-sets.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Codes } from '#kernel/ports/codes.ts'
import type { Validator } from '#kernel/ports/validator.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { Call, Rest } from '../../rest/call.ts'
import type { FhirPathAsked } from './asked.ts'

/** `fetched`: references and what they led to, filled between the rounds. */
export async function worldOf(
  asked: FhirPathAsked,
  fetched: ReadonlyMap<string, JsonObject | null>,
  { caller }: Call,
  rest: Rest,
): Promise<Result<EvaluationContext>> {
  const tenants = caller.writes.ok ? [caller.writes.value] : caller.reads
  const usesTerms = /memberOf|subsume|conformsTo/.test(`${asked.expression}${asked.context ?? ''}`)
  const codes = usesTerms && rest.codesFor ? await rest.codesFor(tenants) : undefined
  if (codes && !codes.ok) return codes
  const validator = usesTerms && rest.validatorFor ? await rest.validatorFor(tenants) : undefined
  if (validator && !validator.ok) return validator
  return ok({
    ...(asked.resource ? { resource: asked.resource, rootResource: asked.resource } : {}),
    variables: asked.variables,
    clock: rest.clock,
    resolve: reference => fetched.get(reference),
    memberOf: codes ? memberOf(codes.value) : (valueSet, { code, system }) => isInValueSet(valueSet, code, system) ?? null,
    ...(codes ? { subsumes: (system, ancestor, descendant) => codes.value.subsumes(system, ancestor, descendant) ?? null } : {}),
    conformsTo: (structure, value) => (validator ? conforms(structure, value, validator.value) : null),
  })
}

/** Null where the value set, or a code system it draws on, is not at hand. */
function memberOf(codes: Codes): NonNullable<EvaluationContext['memberOf']> {
  return (valueSet, coding) => {
    const membership = codes.membership(valueSet, coding)
    return membership === 'member' ? true : membership === 'outside' ? false : null
  }
}

/** Resources only: null for what else is asked about, and for a structure nobody knows. */
function conforms(structure: string, value: unknown, validator: Validator): boolean | null {
  if (typeof value !== 'object' || value === null || !('resourceType' in value)) return null
  const findings = validator.validate(value as JsonObject, { profiles: [structure], mode: 'strict' })
  if (findings.some(({ fault }) => fault.code === 'validator.profile-unknown' && fault.args?.['profile'] === structure)) return null
  return !findings.some(({ severity }) => severity === 'error' || severity === 'fatal')
}
