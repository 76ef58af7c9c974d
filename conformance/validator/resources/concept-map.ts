// ConceptMap (conceptmap.html): codes that the source and target systems have, and that are in the value sets it says it maps.
import type { Raw } from '../definitions/definition.ts'
import type { TypeCheck } from '../program/type-program.ts'
import type { Run } from '../walk/run.ts'
import { listOf } from './questionnaire-response.ts'

export const conceptMap: TypeCheck = (map, run) => {
  const source = map['sourceCanonical'] ?? map['sourceUri']
  const target = map['targetCanonical'] ?? map['targetUri']
  listOf(map['group']).forEach((group, index) => {
    listOf(group['element']).forEach((element, at) => {
      checkCode(element['code'], group['source'], source, `.group[${index}].element[${at}].code`, run)
      listOf(element['target']).forEach((one, to) => {
        checkCode(one['code'], group['target'], target, `.group[${index}].element[${at}].target[${to}].code`, run)
      })
    })
  })
}

function checkCode(code: unknown, system: Raw[string], set: unknown, at: string, run: Run): void {
  if (typeof code !== 'string' || typeof system !== 'string') return
  const facts = run.world.codes.lookup(system, code)
  if (facts.kind === 'unknown-code' && !facts.partial) return run.error('validator.concept-map-code', { system, code }, at)
  if (typeof set === 'string' && run.world.codes.membership(set, { system, code }) === 'outside')
    run.error('validator.concept-map-set', { code, set }, at)
}
