// Questionnaire (questionnaire.html#rules): conditions lead to questions that exist and come before.
import type { Raw } from '../definitions/definition.ts'
import type { TypeCheck } from '../program/type-program.ts'
import type { Run } from '../walk/run.ts'
import { itemsOf, linksOf, listOf } from './questionnaire-response.ts'

const depthMax = 60

export const questionnaire: TypeCheck = (resource, run) => {
  const links = linksOf(resource)
  const passed = new Set<string>()
  walk(resource, links, passed, run, 0)
}

function walk(owner: Raw, links: ReadonlyMap<string, Raw>, passed: Set<string>, run: Run, depth: number): void {
  if (depth > depthMax) return
  itemsOf(owner).forEach((item, index) => {
    const { depth: before } = run.trail
    run.trail.push('.item')
    run.trail.push(index)
    listOf(item['enableWhen']).forEach((condition, at) => checkCondition(condition, at, item, links, passed, run))
    if (typeof item['linkId'] === 'string') passed.add(item['linkId'])
    walk(item, links, passed, run, depth + 1)
    run.trail.cut(before)
  })
}

function checkCondition(
  condition: Raw,
  at: number,
  item: Raw,
  links: ReadonlyMap<string, Raw>,
  passed: ReadonlySet<string>,
  run: Run,
): void {
  const link = condition['question']
  if (typeof link !== 'string') return
  const place = `.enableWhen[${at}]`
  if (!links.has(link)) return run.error('validator.enable-when-unknown', { link }, place)
  if (link === item['linkId']) return run.error('validator.enable-when-self', { link }, place)
  if (!passed.has(link)) run.warning('validator.enable-when-later', { link }, place)
}
