// One answer against its question (questionnaire.html#answer): type, options, value set, limits and the extensions that constrain it.
import { fullMatcher } from '../codes/pattern.ts'
import { byteCount } from '../datatypes/attachment.ts'
import { extensionValue, type Raw, valueOfExtension } from '../definitions/definition.ts'
import { isObject } from '../walk/by-type.ts'
import type { Run } from '../walk/run.ts'
import { chosen, compareValues } from './enable-when.ts'
import { extensionRoot, listOf, type Responses } from './questionnaire-response.ts'

/** Members that may carry an answer, by the type of the question (item-type). */
const members: Readonly<Record<string, readonly string[]>> = {
  boolean: ['valueBoolean'],
  decimal: ['valueDecimal'],
  integer: ['valueInteger'],
  date: ['valueDate'],
  dateTime: ['valueDateTime'],
  time: ['valueTime'],
  string: ['valueString'],
  text: ['valueString'],
  url: ['valueUri'],
  choice: ['valueCoding', 'valueString', 'valueInteger', 'valueDate', 'valueTime', 'valueReference'],
  'open-choice': ['valueCoding', 'valueString', 'valueInteger', 'valueDate', 'valueTime', 'valueReference'],
  attachment: ['valueAttachment'],
  reference: ['valueReference'],
  quantity: ['valueQuantity'],
  question: [],
}

type Answered = { readonly member: string; readonly value: unknown; readonly question: Raw; readonly run: Run }

export function checkAnswer(answer: Raw, question: Raw, all: readonly Raw[], { run, questionnaire }: Responses): void {
  const member = Object.keys(answer).find(name => /^_?value[A-Z]/.test(name))
  if (member === undefined) return run.error('validator.answer-missing')
  if (member.startsWith('_')) return
  const type = String(question['type'])
  const allowed = members[type]
  if (allowed && allowed.length > 0 && !allowed.includes(member))
    return run.error('validator.answer-type', { expected: allowed.map(name => name.slice(5)).join(', '), found: member.slice(5) })
  const { depth } = run.trail
  run.trail.push(`.value.ofType(${member === 'valueDateTime' ? 'dateTime' : typeName(member)})`)
  const answered: Answered = { member, value: answer[member], question, run }
  checkOptions(answered, all, questionnaire)
  checkLimits(answered)
  checkText(answered)
  if (member === 'valueAttachment' && isObject(answer[member])) checkAttachment(answer[member], question, run)
  if (member === 'valueQuantity' && isObject(answer[member])) checkUnit(answer[member], question, run)
  run.trail.cut(depth)
}

function typeName(member: string): string {
  const name = member.slice(5)
  return /^(?:Coding|Attachment|Reference|Quantity)$/.test(name) ? name : name[0]!.toLowerCase() + name.slice(1)
}

function checkOptions({ member, value, question, run }: Answered, all: readonly Raw[], questionnaire: Raw): void {
  const options = listOf(question['answerOption'])
  const isOpen = question['type'] === 'open-choice' && member === 'valueString'
  if (isOpen) return
  if (options.length > 0) {
    const option = options.find(one => isOption(one[member], value))
    if (!option) return run.error('validator.answer-option', { found: print(value) })
    const isExclusive = extensionValue(option as { extension?: readonly Raw[] }, `${extensionRoot}questionnaire-optionExclusive`) === true
    if (isExclusive && all.length > 1) run.error('validator.answer-exclusive', { found: print(value) })
  }
  const set = question['answerValueSet']
  if (typeof set === 'string' && isObject(value) && member === 'valueCoding') checkSet(value, set, question, questionnaire, run)
}

function isOption(option: unknown, value: unknown): boolean {
  if (!isObject(option) || !isObject(value)) return option === value && option !== undefined
  if ('reference' in option) return option['reference'] === value['reference']
  return option['code'] === value['code'] && (option['system'] ?? '') === (value['system'] ?? '')
}

function checkSet(coding: Raw, set: string, question: Raw, questionnaire: Raw, run: Run): void {
  const { system, code } = coding
  if (typeof code !== 'string') {
    if (question['type'] !== 'open-choice') run.error('validator.answer-option', { found: print(coding) })
    return
  }
  const asked = { code, system: typeof system === 'string' ? system : '' }
  const inner = set.startsWith('#') ? listOf(questionnaire['contained']).find(one => one['id'] === set.slice(1)) : undefined
  const answer = inner ? run.world.membershipIn(inner, asked) : run.world.codes.membership(set, asked)
  if (answer === 'unknown-set') run.warning('validator.value-set-unknown', { set })
  else if (answer === 'undecided') run.hint('validator.value-set-unusable', { set, code, system: asked.system })
  else if (answer === 'outside')
    run.say(question['type'] === 'open-choice' ? 'warning' : 'error', 'validator.answer-option', { found: print(coding) })
}

function checkLimits({ value, question, run }: Answered): void {
  const limits = listOf(question['extension'])
  for (const extension of limits) {
    const limit = valueOfExtension(extension)
    const order = compareValues(value, limit)
    if (order === undefined) continue
    if (extension['url'] === `${extensionRoot}minValue` && order < 0)
      run.error('validator.min-value', { found: print(value), min: print(limit) })
    if (extension['url'] === `${extensionRoot}maxValue` && order > 0)
      run.error('validator.max-value', { found: print(value), max: print(limit) })
  }
}

function checkText({ value, question, run }: Answered): void {
  const { maxLength } = question
  if (typeof value === 'string') {
    if (typeof maxLength === 'number' && value.length > maxLength)
      run.error('validator.max-length', { length: value.length, max: maxLength })
    const min = ask(question, 'minLength')
    if (typeof min === 'number' && value.length < min) run.error('validator.min-length', { length: value.length, min })
    const pattern = ask(question, 'regex')
    if (typeof pattern === 'string' && fullMatcher(pattern)?.(value) === false)
      run.error('validator.regex', { found: value, regex: pattern })
  }
  const places = ask(question, 'maxDecimalPlaces')
  const digits = /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0
  if (typeof places === 'number' && typeof value !== 'string' && digits > places)
    run.error('validator.max-decimals', { found: digits, max: places })
}

function checkAttachment(attachment: Raw, question: Raw, run: Run): void {
  const allowed = listOf(question['extension'])
    .filter(extension => extension['url'] === `${extensionRoot}mimeType`)
    .map(extension => valueOfExtension(extension))
  const type = attachment['contentType']
  if (allowed.length > 0 && !allowed.includes(type))
    run.error('validator.answer-mime-type', { found: String(type ?? ''), expected: allowed.join(', ') })
  const max = ask(question, 'maxSize')
  const size =
    typeof attachment['size'] === 'number' ? attachment['size'] : typeof attachment['data'] === 'string' ? byteCount(attachment['data']) : 0
  if (max !== undefined && size > Number(max)) run.error('validator.attachment-too-long', { found: size, max: String(max) })
}

function checkUnit(quantity: Raw, question: Raw, run: Run): void {
  const options = listOf(question['extension'])
    .filter(extension => extension['url'] === `${extensionRoot}questionnaire-unitOption`)
    .map(extension => valueOfExtension(extension))
    .filter(isObject)
  const { code, system, unit } = quantity
  if (options.length > 0 && !options.some(option => option['code'] === code && (option['system'] ?? '') === (system ?? '')))
    return run.error('validator.answer-unit', { found: String(code ?? unit ?? '') })
  const set = ask(question, 'questionnaire-unitValueSet')
  if (typeof set !== 'string' || typeof code !== 'string') return
  const answer = run.world.codes.membership(set, { code, system: typeof system === 'string' ? system : '' })
  if (answer === 'outside') run.error('validator.answer-unit', { found: code })
}

function ask(question: Raw, name: string): unknown {
  return extensionValue(question as { extension?: readonly Raw[] }, extensionRoot + name)
}

function print(value: unknown): string {
  if (!isObject(value)) return String(value)
  return 'code' in value ? `${String(value['system'] ?? '')}#${String(value['code'])}` : JSON.stringify(value)
}

export { chosen }
