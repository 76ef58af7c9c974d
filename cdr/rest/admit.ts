// What a write must be before anything is read or changed (http.html#create, #update): the right type and id, and sound by structure and by the tenant's validation.
import { type Fault, fault } from '#kernel/fault.ts'
import { isFhirId } from '#kernel/ids.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Finding, ValidationMode, Validator } from '#kernel/ports/validator.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import { type CallHeaders, preference, type Rest } from './call.ts'
import { checkStructure } from './structure.ts'

export type Admitted = { readonly resource: JsonObject; readonly findings: readonly Finding[] }

/** How the writes of one call are judged; the same for all entries of a Bundle. */
export type Judge = { readonly mode: ValidationMode; readonly validator: Validator | undefined }

/** A lenient tenant's findings change nothing, so they are looked for only when the caller asks to be told. */
export async function judgeFor(tenant: TenantCode, headers: CallHeaders, rest: Rest): Promise<Result<Judge>> {
  const mode = rest.validation(tenant)
  const isAsked = mode === 'strict' || (mode === 'lenient' && preference(headers, 'return') === 'OperationOutcome')
  if (!isAsked || !rest.validatorFor) return ok({ mode, validator: undefined })
  const validator = await rest.validatorFor([tenant])
  return validator.ok ? ok({ mode, validator: validator.value }) : validator
}

/** `id` undefined: the server gives one. */
export function admit(
  resource: JsonObject | undefined,
  asked: { readonly type: string; readonly id: string | undefined },
  judge: Judge,
): Result<Admitted> {
  if (!resource) return failed(fault('fhir.syntax', { args: { format: 'JSON', reason: '—' } }))
  const wrong = wrongName(resource, asked)
  if (wrong) return failed(wrong)
  const findings = judged(resource, judge)
  const errors = findings.filter(isError)
  if (errors.length > 0) return failed(fault('fhir.invalid', { causes: errors.map(finding => finding.fault) }))
  return ok({ resource, findings })
}

function wrongName(resource: JsonObject, asked: { readonly type: string; readonly id: string | undefined }): Fault | undefined {
  const found = resource['resourceType']
  if (found !== asked.type) return fault('fhir.type-mismatch', { args: { expected: asked.type, found: shown(found) }, at: 'resourceType' })
  if (asked.id === undefined) return undefined
  if (!isFhirId(asked.id)) return fault('fhir.id-invalid', { args: { id: asked.id.slice(0, 70) } })
  const { id } = resource
  return id === asked.id ? undefined : fault('fhir.id-mismatch', { args: { expected: asked.id, found: shown(id) }, at: `${asked.type}.id` })
}

/** Lenient tenants keep what only profiles object to; what breaks the structure cannot be kept by anybody. */
function judged(resource: JsonObject, { mode, validator }: Judge): readonly Finding[] {
  const structure = checkStructure(resource)
  if (!validator || structure.length > 0) return structure
  const findings = validator.validate(resource, { profiles: [], mode })
  return mode === 'strict' ? findings : findings.map(finding => (isError(finding) ? { ...finding, severity: 'warning' } : finding))
}

function isError({ severity }: Finding): boolean {
  return severity === 'error' || severity === 'fatal'
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 70) : '—'
}
