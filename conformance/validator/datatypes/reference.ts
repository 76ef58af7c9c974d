// Reference (references.html): well formed, resolvable where it must be, and to a type that it says itself. What an element allows is for its definition.
import type { Raw } from '../definitions/definition.ts'
import type { TypeCheck } from '../program/type-program.ts'
import { restful } from '../walk/bundle-index.ts'
import type { Run } from '../walk/run.ts'
import type { Target } from '../walk/surroundings.ts'

export const reference: TypeCheck = (value, run) => {
  const { reference: text, identifier, display } = value
  if (typeof text !== 'string') {
    const says = identifier !== undefined || display !== undefined || 'extension' in value || '_reference' in value || '_display' in value
    if (!says) run.warning('validator.reference-empty')
    return
  }
  const target = run.scope.resolve(text, run)
  if (!target) unresolved(text, run)
  checkType(text, value['type'], target, run)
}

const containedRule = 'SHALL have a contained resource if a local reference is provided'

function unresolved(text: string, run: Run): void {
  if (text.startsWith('#')) {
    run.error('validator.invariant', { key: 'ref-1', human: containedRule })
    run.error('validator.reference-unresolved', { reference: text })
    return
  }
  const isUrn = /^urn:(?:uuid|oid):/.test(text)
  if (isUrn && run.scope.bundle?.isBundle)
    return run.say(run.scope.bundle.type === 'collection' ? 'warning' : 'error', 'validator.reference-unresolved', { reference: text })
  const plain = text.replace(/\?.*$/s, '')
  if (/[\s{}|^`\\]/.test(plain) || /\s/.test(text) || text === '') return run.error('validator.reference-format', { reference: text })
  if (run.settings.restReferences && !isUrn && !restful.test(text) && !/^[A-Z]\w+\?\S+$/.test(text) && !/^https?:/.test(text))
    return run.error('validator.reference-format', { reference: text })
  const asks = run.settings.references === 'exists'
  if (asks && run.settings.resolve?.(text) === null) run.error('validator.reference-unresolved', { reference: text })
}

function checkType(text: string, type: unknown, target: Target | undefined, run: Run): void {
  if (typeof type !== 'string') return
  const found = target ? String(target.resource['resourceType']) : restful.exec(text)?.[2]
  const said = type.replace('http://hl7.org/fhir/StructureDefinition/', '')
  if (found !== undefined && said !== found && run.world.model.isResourceType(found)) run.error('validator.reference-type', { type, found })
}

/** Against the types that the definition of an element allows. */
export function checkTargetTypes(value: unknown, targets: readonly string[], run: Run): void {
  const text = (value as Raw)['reference']
  const said = (value as Raw)['type']
  if (targets.includes('Resource') || targets.length === 0) return
  const target = typeof text === 'string' ? run.scope.resolve(text, run) : undefined
  const found = target ? String(target.resource['resourceType']) : typeof text === 'string' ? restful.exec(text)?.[2] : undefined
  if (found !== undefined && run.world.model.isResourceType(found)) {
    if (!targets.includes(found)) run.error('validator.reference-target', { found, expected: targets.join(', ') })
  } else if (typeof said === 'string' && !targets.includes(said.replace('http://hl7.org/fhir/StructureDefinition/', '')))
    run.error('validator.reference-type-target', { type: said, expected: targets.join(', ') })
}
