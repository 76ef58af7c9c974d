// A repository whose work is judged by the validator before it is committed: what a strict channel's message makes must be sound, a lenient one's is noted.
import { readStored } from '#formats/fhir/json/stored.ts'
import { type Fault, fault } from '#kernel/fault.ts'
import type { Repository, Work } from '#kernel/ports/repository.ts'
import type { ValidationMode, Validator } from '#kernel/ports/validator.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'

export type JudgeTools = {
  /** By the tenant and the source of a message. */
  readonly mode: (tenant: TenantCode, source: string) => ValidationMode
  readonly validatorFor: (tenants: readonly TenantCode[]) => Promise<Result<Validator>>
}

/** A message is told of so many of its errors. */
const findingsMax = 20

export function judgedRepository(inner: Repository, tools: JudgeTools): Repository {
  return {
    async work(input, reader) {
      const work = await inner.work(input, reader)
      const mode = tools.mode(input.tenant, input.source)
      if (!work.ok || mode === 'off') return work
      const validator = await tools.validatorFor([input.tenant])
      const findings = validator.ok ? errorsIn(work.value, validator.value) : [validator.fault]
      if (findings.length === 0) return work
      if (mode === 'lenient') return ok({ ...work.value, findings })
      work.value.settle(false)
      return failed(validator.ok ? fault('fhir.invalid', { at: findings[0]!.at, causes: findings }) : validator.fault)
    },
  }
}

function errorsIn(work: Work, validator: Validator): readonly Fault[] {
  const errors: Fault[] = []
  for (const put of work.resources) {
    if (put.op === 'delete' || put.op === 'touch') continue
    for (const { severity, fault: found } of validator.validate(readStored(put.body), { profiles: [], mode: 'strict' })) {
      if (severity === 'error' || severity === 'fatal') errors.push(found)
      if (errors.length === findingsMax) return errors
    }
  }
  return errors
}
