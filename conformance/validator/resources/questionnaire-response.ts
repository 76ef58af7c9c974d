// QuestionnaireResponse against its Questionnaire (questionnaireresponse.html#rules): items, order, answers, what is asked and what is not.
import { extensionValue, type Raw } from '../definitions/definition.ts'
import type { TypeCheck } from '../program/type-program.ts'
import { isObject } from '../walk/by-type.ts'
import type { Run } from '../walk/run.ts'
import { checkAnswer } from './answer.ts'
import { isEnabled } from './enable-when.ts'

export const extensionRoot = 'http://hl7.org/fhir/StructureDefinition/'
const depthMax = 60

export type Responses = {
  readonly run: Run
  readonly response: Raw
  readonly questionnaire: Raw
  readonly links: ReadonlyMap<string, Raw>
  /** Answers of the response by linkId, for conditions. */
  readonly answers: ReadonlyMap<string, readonly Raw[]>
  /** What is in progress need not be complete. */
  readonly isComplete: boolean
}

export const questionnaireResponse: TypeCheck = (response, run) => {
  const canonical = response['questionnaire']
  if (typeof canonical !== 'string') return void run.hint('validator.questionnaire-unsaid')
  const questionnaire = find(canonical, run)
  if (!questionnaire) {
    if (run.world.definitions.find(undefined, canonical)) return
    return run.warning('validator.questionnaire-unknown', { questionnaire: canonical }, '.questionnaire')
  }
  const context: Responses = {
    run,
    response,
    questionnaire,
    links: linksOf(questionnaire),
    answers: answersOf(response),
    isComplete: response['status'] !== 'in-progress',
  }
  checkItems(response, questionnaire, context, 0)
}

function find(canonical: string, run: Run): Raw | undefined {
  if (canonical.startsWith('#')) return run.scope.resolve(canonical, run)?.resource
  return run.world.definitions.find('Questionnaire', canonical)
}

export function itemsOf(owner: Raw): readonly Raw[] {
  return Array.isArray(owner['item']) ? owner['item'].filter(isObject) : []
}

export function linksOf(questionnaire: Raw): ReadonlyMap<string, Raw> {
  const links = new Map<string, Raw>()
  const waiting = [...itemsOf(questionnaire)]
  for (let item = waiting.pop(); item; item = waiting.pop()) {
    if (typeof item['linkId'] === 'string') links.set(item['linkId'], item)
    waiting.push(...itemsOf(item))
  }
  return links
}

function answersOf(response: Raw): ReadonlyMap<string, readonly Raw[]> {
  const found = new Map<string, Raw[]>()
  const waiting = [...itemsOf(response)]
  for (let item = waiting.pop(); item; item = waiting.pop()) {
    const own = listOf(item['answer'])
    const link = String(item['linkId'])
    found.set(link, [...(found.get(link) ?? []), ...own])
    waiting.push(...itemsOf(item), ...own.flatMap(itemsOf))
  }
  return found
}

export function listOf(value: unknown): readonly Raw[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

/** Items of a group, an answer or the response itself, against those that the questionnaire has there. */
function checkItems(owner: Raw, definition: Raw, context: Responses, depth: number): void {
  if (depth > depthMax) return
  const { run, links } = context
  const expected = itemsOf(definition)
  const order = new Map(expected.map((item, index) => [item['linkId'], index]))
  const found = new Map<unknown, { item: Raw; index: number }[]>()
  let last = -1
  itemsOf(owner).forEach((item, index) => {
    const link = item['linkId']
    if (typeof link !== 'string') return
    const at = order.get(link)
    inItem(index, run, () => {
      if (at === undefined) return run.error(links.has(link) ? 'validator.answer-link-place' : 'validator.answer-link-unknown', { link })
      if (at < last) run.error('validator.answer-order', { link })
      last = Math.max(last, at)
      found.set(link, [...(found.get(link) ?? []), { item, index }])
    })
  })
  for (const question of expected) checkQuestion(question, found.get(question['linkId']) ?? [], context, depth)
}

function inItem(index: number, run: Run, check: () => void): void {
  const { depth } = run.trail
  run.trail.push('.item')
  run.trail.push(index)
  check()
  run.trail.cut(depth)
}

function checkQuestion(question: Raw, found: readonly { item: Raw; index: number }[], context: Responses, depth: number): void {
  const { run } = context
  const link = String(question['linkId'])
  const enabled = isEnabled(question, context)
  if (found.length === 0) {
    if (question['required'] === true && enabled && context.isComplete && question['type'] !== 'display')
      run.error('validator.answer-required', { link })
    return
  }
  if (found.length > 1 && !(question['repeats'] === true && question['type'] === 'group'))
    inItem(found[1]!.index, run, () => run.error('validator.answer-many', { link, max: 1, count: found.length }))
  for (const { item, index } of found) {
    inItem(index, run, () => {
      if (!enabled && hasContent(item)) run.error('validator.answer-disabled', { link })
      else checkItem(item, question, context, depth)
    })
  }
}

function hasContent(item: Raw): boolean {
  return listOf(item['answer']).length > 0 || itemsOf(item).some(hasContent)
}

function checkItem(item: Raw, question: Raw, context: Responses, depth: number): void {
  const { run } = context
  const type = String(question['type'])
  const link = String(question['linkId'])
  const answers = listOf(item['answer'])
  if (typeof item['text'] === 'string' && typeof question['text'] === 'string' && item['text'] !== question['text'])
    run.error('validator.answer-text', { found: item['text'], expected: question['text'] })
  if (type === 'group' || type === 'display') {
    if (answers.length > 0) run.error('validator.answer-forbidden', { type })
    if (type === 'group') checkItems(item, question, context, depth + 1)
    return
  }
  if (itemsOf(item).length > 0) run.error('validator.answer-nested', { type, expected: 'answer' })
  checkCount(answers.length, question, link, context)
  answers.forEach((answer, index) => {
    const { depth: before } = run.trail
    run.trail.push('.answer')
    run.trail.push(index)
    checkAnswer(answer, question, answers, context)
    checkItems(answer, question, context, depth + 1)
    run.trail.cut(before)
  })
}

function checkCount(count: number, question: Raw, link: string, { run, isComplete }: Responses): void {
  const min = extensionValue(question as { extension?: readonly Raw[] }, `${extensionRoot}questionnaire-minOccurs`)
  const max = extensionValue(question as { extension?: readonly Raw[] }, `${extensionRoot}questionnaire-maxOccurs`)
  const least = typeof min === 'number' ? min : question['required'] === true ? 1 : 0
  if (count < least && isComplete) {
    if (least === 1) run.error('validator.answer-required', { link })
    else run.error('validator.answer-few', { link, min: least, count })
  }
  if (count > 1 && question['repeats'] !== true) run.error('validator.answer-many', { link, max: 1, count })
  else if (typeof max === 'number' && count > max) run.error('validator.answer-many', { link, max, count })
}
