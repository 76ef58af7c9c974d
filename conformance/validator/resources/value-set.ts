// ValueSet (valueset.html#compositions): codes that their systems have, filters on properties that they define.
import type { Raw } from '../definitions/definition.ts'
import type { TypeCheck } from '../program/type-program.ts'
import { isObject } from '../walk/by-type.ts'
import type { Run } from '../walk/run.ts'
import { listOf } from './questionnaire-response.ts'

/** Properties that every code system has (valueset.html#filter). */
const common = new Set([
  'concept',
  'code',
  'display',
  'parent',
  'child',
  'notSelectable',
  'inactive',
  'status',
  'deprecated',
  'constraint',
  'expression',
])

export const valueSet: TypeCheck = (set, run) => {
  const { compose } = set
  if (!isObject(compose)) return
  for (const kind of ['include', 'exclude'])
    listOf(compose[kind]).forEach((part, index) => {
      const { depth } = run.trail
      for (const step of ['.compose', `.${kind}`, index]) run.trail.push(step)
      checkPart(part, run)
      run.trail.cut(depth)
    })
}

function checkPart(part: Raw, run: Run): void {
  const { system } = part
  if (typeof system !== 'string') return
  const isSet = run.world.definitions.find('ValueSet', system) !== undefined && !run.world.definitions.find('CodeSystem', system)
  if (isSet) return run.error('validator.value-set-system', { system }, '.system')
  listOf(part['concept']).forEach((concept, index) => {
    if (typeof concept['code'] !== 'string') return
    const facts = run.world.codes.lookup(system, concept['code'])
    if (facts.kind === 'unknown-code' && !facts.partial)
      run.error('validator.value-set-code', { system, code: concept['code'] }, `.concept[${index}]`)
    const { display } = concept
    const isOther = facts.kind === 'known' && typeof display === 'string' && facts.displays.length > 0 && !facts.displays.includes(display)
    if (isOther)
      run.hint('validator.value-set-display', { code: concept['code'], found: display, expected: facts.displays[0]! }, `.concept[${index}]`)
  })
  const definition = run.world.definitions.find('CodeSystem', system) as Raw | undefined
  if (definition) listOf(part['filter']).forEach((filter, index) => checkFilter(filter, index, definition, run))
}

function checkFilter({ property, op, value }: Raw, index: number, system: Raw, run: Run): void {
  if (typeof property !== 'string') return
  const defined = listOf(system['property']).find(one => one['code'] === property)
  const filter = listOf(system['filter']).find(one => one['code'] === property)
  const at = `.filter[${index}]`
  if (!defined && !filter && !common.has(property))
    return run.error('validator.value-set-filter-property', { system: String(system['url']), property }, at)
  if (filter && Array.isArray(filter['operator']) && !filter['operator'].includes(op))
    return run.error('validator.value-set-filter-op', { property, op: String(op) }, at)
  if (defined && typeof value === 'string' && (op === '=' || op === 'in')) {
    const wrong = (op === 'in' ? value.split(',') : [value]).find(one => !isValue(one.trim(), defined['type'], system, run))
    if (wrong !== undefined) run.error('validator.value-set-filter-value', { property, value: wrong }, at)
  }
}

const formats: Readonly<Record<string, RegExp>> = {
  boolean: /^(?:true|false)$/,
  integer: /^-?\d+$/,
  decimal: /^-?\d+(?:\.\d+)?$/,
  dateTime: /^\d{4}(?:-\d\d(?:-\d\d(?:T.*)?)?)?$/,
}

function isValue(value: string, type: unknown, system: Raw, run: Run): boolean {
  if (type === 'code') return run.world.codes.lookup(String(system['url']), value).kind !== 'unknown-code'
  if (type !== 'Coding') return formats[String(type)]?.test(value) ?? true
  const hash = value.indexOf('#')
  return hash > 0 && run.world.codes.lookup(value.slice(0, hash).split('|')[0]!, value.slice(hash + 1)).kind !== 'unknown-code'
}
