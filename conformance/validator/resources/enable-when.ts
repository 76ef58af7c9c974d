// enableWhen (questionnaire-definitions.html#Questionnaire.item.enableWhen): whether an item is asked, given the answers so far.
import { ExactDecimal } from '#formats/fhir/decimal.ts'
import type { Raw } from '../definitions/definition.ts'
import { isEqual } from '../profile/fixed.ts'
import { compareNumbers, compareTexts } from '../profile/limits.ts'
import { listOf, type Responses } from './questionnaire-response.ts'

export function isEnabled(question: Raw, { answers }: Responses): boolean {
  const conditions = listOf(question['enableWhen'])
  if (conditions.length === 0) return true
  const holds = (condition: Raw) => isMet(condition, answers.get(String(condition['question'])) ?? [])
  return question['enableBehavior'] === 'all' ? conditions.every(holds) : conditions.some(holds)
}

function isMet(condition: Raw, answers: readonly Raw[]): boolean {
  const operator = String(condition['operator'])
  const expected = chosen(condition, 'answer')
  const given = answers.map(answer => chosen(answer, 'value')).filter(value => value !== undefined)
  if (operator === 'exists') return given.length > 0 === (expected !== false)
  if (operator === '!=') return given.length > 0 && !given.some(value => isSame(value, expected))
  return given.some(value => (operator === '=' ? isSame(value, expected) : isOrdered(operator, value, expected)))
}

/** The value of a choice: `answerBoolean`, `valueCoding`. */
export function chosen(of: Raw, prefix: string): unknown {
  return Object.entries(of).find(([name]) => name.startsWith(prefix) && /^[A-Z]/.test(name.slice(prefix.length)))?.[1]
}

function isSame(left: unknown, right: unknown): boolean {
  if (typeof left === 'object' && typeof right === 'object' && left !== null && right !== null && 'code' in left && 'code' in right)
    return (left as Raw)['code'] === (right as Raw)['code'] && ((left as Raw)['system'] ?? '') === ((right as Raw)['system'] ?? '')
  return isEqual(left, right)
}

function isOrdered(operator: string, left: unknown, right: unknown): boolean {
  const order = compareValues(left, right)
  if (order === undefined) return false
  return operator === '>'
    ? order > 0
    : operator === '<'
      ? order < 0
      : operator === '>='
        ? order >= 0
        : operator === '<='
          ? order <= 0
          : false
}

/** Undefined for what has no order. */
export function compareValues(left: unknown, right: unknown): number | undefined {
  if (typeof left === 'string' && typeof right === 'string') return compareTexts(left, right)
  const [a, b] = [amount(left), amount(right)]
  return compareNumbers(a, b)
}

function amount(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !(value instanceof ExactDecimal) ? (value as Raw)['value'] : value
}
