// What a profile says of one element: types, values, limits, codes, invariants (elementdefinition.html).
import type { TypeDefinition } from '#formats/fhir/model/model.ts'
import { chosen, type ElementBinding, extensionValue, type Raw } from '../definitions/definition.ts'
import { checkCodes, codesOf, ruleOf } from '../program/binding.ts'
import { compileInvariant, type Invariant } from '../program/invariant.ts'
import { focusOf, type Located } from '../walk/item.ts'
import type { Run } from '../walk/run.ts'
import { checkFixed, checkPattern } from './fixed.ts'
import { limitRule } from './limits.ts'
import type { ProfileNode } from './tree.ts'
import { typeRule } from './types.ts'

export type ElementRules = { check(item: Located, run: Run): void }

type Rule = (item: Located, run: Run) => void

export function elementRules(node: ProfileNode): ElementRules {
  const rules = [
    typeRule(node),
    valueRule(node),
    limitRule(node),
    lengthRule(node),
    presenceRule(node),
    ...bindingRules(node),
    invariantRule(node),
  ]
  const kept = rules.filter(rule => rule !== undefined)
  return {
    check(item, run) {
      for (const rule of kept) rule(item, run)
    },
  }
}

function valueRule({ rules, profile }: ProfileNode): Rule | undefined {
  const element = rules as Parameters<typeof chosen>[0]
  const fixed = chosen(element, 'fixed')
  const pattern = chosen(element, 'pattern')
  if (!fixed && !pattern) return undefined
  return (item, run) => {
    if (fixed) checkFixed(item, fixed, profile, run)
    if (pattern) checkPattern(item, pattern, profile, run)
  }
}

function lengthRule({ rules: { maxLength } }: ProfileNode): Rule | undefined {
  if (maxLength === undefined) return undefined
  return ({ value }, run) => {
    if (typeof value === 'string' && value.length > maxLength) run.error('validator.max-length', { length: value.length, max: maxLength })
  }
}

function presenceRule({ rules, path, profile }: ProfileNode): Rule | undefined {
  if (!rules.mustHaveValue) return undefined
  return ({ value, type }, run) => {
    if (type.kind === 'primitive' && value === undefined) run.error('validator.must-have-value', { path, profile })
  }
}

const maxValueSet = 'http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet'

function bindingRules({ rules: { binding } }: ProfileNode): Rule[] {
  if (!binding) return []
  const max = extensionValue(binding, maxValueSet)
  const all = [
    ruleOf(binding.strength, binding.valueSet),
    typeof max === 'string' ? ruleOf('maximum', max) : undefined,
    ...additional(binding),
  ]
  return all
    .filter(rule => rule !== undefined)
    .map(rule => ({ value, type }, run) => {
      if (value === undefined) return
      const asked = codesOf(value, type.name)
      if (asked) checkCodes(asked, value, rule, run)
    })
}

const additionalBinding = 'http://hl7.org/fhir/tools/StructureDefinition/additional-binding'

/** Additional bindings (elementdefinition.html#additional of R5) that need no judgement of their usage. */
function additional(binding: ElementBinding) {
  const named = (binding.additional ?? []).map(one => ({ purpose: one['purpose'], valueSet: one['valueSet'], usage: one['usage'] }))
  const extended = (binding.extension ?? [])
    .filter(one => one['url'] === additionalBinding)
    .map(one => {
      const parts = new Map(((one['extension'] as Raw[] | undefined) ?? []).map(part => [part['url'], part]))
      return {
        purpose: parts.get('purpose')?.['valueCode'],
        valueSet: parts.get('valueSet')?.['valueCanonical'],
        usage: parts.get('usage'),
      }
    })
  return [...named, ...extended]
    .filter(({ usage }) => usage === undefined)
    .map(({ purpose, valueSet }) => ruleOf(String(purpose), typeof valueSet === 'string' ? valueSet : undefined))
}

/** Compiled for each type the element turns out to have. */
function invariantRule({ constraints }: ProfileNode): Rule | undefined {
  if (constraints.size === 0) return undefined
  const byType = new Map<TypeDefinition, readonly Invariant[]>()
  return (item, run) => {
    let invariants = byType.get(item.type)
    if (!invariants) byType.set(item.type, (invariants = compileFor(item.type)))
    if (invariants.length === 0) return
    const focus = focusOf(item)
    for (const invariant of invariants) invariant.check(focus, run)
  }

  function compileFor(type: TypeDefinition): readonly Invariant[] {
    const known = new Set(type.invariants.map(({ key }) => key))
    return [...constraints.values()]
      .filter(({ key }) => !known.has(key))
      .map(constraint => compileInvariant({ ...constraint, bestPractice: isBestPractice(constraint) }, type.name, constraint.profile))
      .filter(invariant => invariant !== undefined)
  }
}

function isBestPractice(constraint: { readonly extension?: readonly Raw[] }): boolean {
  return extensionValue(constraint, 'http://hl7.org/fhir/StructureDefinition/elementdefinition-bestpractice') === true
}
