// fixed[x] and pattern[x] (elementdefinition-definitions.html#fixed): exactly the value, or at least what the pattern has.
import { ExactDecimal } from '#formats/fhir/decimal.ts'
import type { Chosen, Raw } from '../definitions/definition.ts'
import type { Located } from '../walk/item.ts'
import type { Run } from '../walk/run.ts'

export function checkFixed({ value }: Located, { value: expected }: Chosen, profile: string, run: Run): void {
  compareFixed(value, expected, profile, run)
}

export function checkPattern({ value, type }: Located, { value: pattern }: Chosen, profile: string, run: Run): void {
  if (matchesPattern(value, pattern)) return
  if (type.name === 'CodeableConcept' && isRaw(pattern) && 'coding' in pattern)
    return run.error('validator.pattern-coding', { element: 'coding', pattern: JSON.stringify(pattern['coding']), profile })
  comparePattern(value, pattern, profile, run)
}

function compareFixed(value: unknown, expected: unknown, profile: string, run: Run): void {
  if (isRaw(expected) && isRaw(value)) {
    for (const name of new Set([...Object.keys(expected), ...Object.keys(value)])) {
      if (!(name in value)) run.error('validator.fixed-missing', { element: name, profile }, `.${name}`)
      else if (!(name in expected)) run.error('validator.fixed-extra', { element: name, profile }, `.${name}`)
      else if (!isEqual(value[name], expected[name])) nested(name, run, () => compareFixed(value[name], expected[name], profile, run))
    }
  } else if (Array.isArray(expected) && Array.isArray(value)) {
    if (expected.length !== value.length)
      return run.error('validator.fixed-count', { element: '', expected: expected.length, found: value.length, profile })
    for (const [i, item] of expected.entries()) {
      run.trail.push(i)
      compareFixed(value[i], item, profile, run)
      run.trail.pop()
    }
  } else if (!isEqual(value, expected)) run.error('validator.fixed-value', { found: print(value), expected: print(expected), profile })
}

function comparePattern(value: unknown, pattern: unknown, profile: string, run: Run): void {
  if (!isRaw(pattern)) return run.error('validator.fixed-value', { found: print(value), expected: print(pattern), profile })
  for (const name in pattern) {
    const own = isRaw(value) ? value[name] : undefined
    if (own === undefined) run.error('validator.fixed-missing', { element: name, profile }, `.${name}`)
    else if (!matchesPattern(own, pattern[name])) nested(name, run, () => comparePattern(own, pattern[name], profile, run))
  }
}

function nested(name: string, run: Run, check: () => void): void {
  run.trail.push(`.${name}`)
  check()
  run.trail.pop()
}

/** Every member of the pattern is there with its value; each item of a list in it is matched by some item. */
export function matchesPattern(value: unknown, pattern: unknown): boolean {
  if (Array.isArray(pattern)) return Array.isArray(value) && pattern.every(item => value.some(own => matchesPattern(own, item)))
  if (!isRaw(pattern)) return isEqual(value, pattern)
  if (!isRaw(value)) return false
  for (const name in pattern) if (!matchesPattern(value[name], pattern[name])) return false
  return true
}

export function isEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (Array.isArray(left)) return Array.isArray(right) && left.length === right.length && left.every((item, i) => isEqual(item, right[i]))
  if (isNumber(left) && isNumber(right)) return String(left) === String(right) || Number(left) === Number(right)
  if (!isRaw(left) || !isRaw(right)) return false
  const names = Object.keys(left)
  return names.length === Object.keys(right).length && names.every(name => isEqual(left[name], right[name]))
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' || value instanceof ExactDecimal
}

function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactDecimal)
}

function print(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}
