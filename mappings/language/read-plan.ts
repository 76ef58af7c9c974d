// Reads a plan file: which of the three kinds it is stands in its first member (`plan`, `message`, `overlay`).
import { type Entry, readEntries } from './entry.ts'
import type { Findings } from './finding.ts'
import type { Again, Identity, Plan, PlanFile } from './plan.ts'
import { readConstants, readKeys } from './read-key.ts'
import { readMessage } from './read-message.ts'
import { readOverlay } from './read-overlay.ts'
import { readCondition, readExpression, readRules } from './read-rule.ts'

/** Undefined when the file cannot be read at all; otherwise what could be read, beside the findings. */
export function readPlanFile(text: string, file: string, findings: Findings): PlanFile | undefined {
  const root = readEntries(text, file, findings)
  if (!root) return undefined
  if (root.get('plan')) return readPlan(root)
  if (root.get('message')) return readMessage(root)
  if (root.get('overlay')) return readOverlay(root)
  root.wrong('a plan file starts with `plan`, `message` or `overlay`')
  return undefined
}

const members = ['plan', 'from', 'to', 'guide', 'given', 'needs', 'key', 'display', 'again', 'rules', 'note']

function readPlan(root: Entry): Plan {
  root.allow(members)
  for (const name of ['from', 'to', 'rules']) if (!root.get(name)) root.wrong(`\`${name}\` is missing`)
  const identity = readIdentity(root)
  const rules = readRules(root.get('rules'))
  const seen = new Set<string>()
  for (const rule of root.get('rules')?.items() ?? []) {
    const id = rule.get('id')?.text() ?? rule.get('own')?.text() ?? ''
    rule.rule = id
    if (seen.has(id)) rule.wrong(`the id ${id} is taken`)
    seen.add(id)
  }
  return {
    kind: 'plan',
    name: root.get('plan')!.text(),
    at: root.at,
    from: root.get('from')?.text() ?? '',
    to: root.get('to')?.text() ?? '',
    guide: root.get('guide')?.texts() ?? [],
    given: readConstants(root.get('given')),
    needs: (root.get('needs')?.items() ?? []).flatMap(item => readExpression(item) ?? []),
    ...(identity ? { identity } : {}),
    rules,
  }
}

function readIdentity(root: Entry): Identity | undefined {
  const key = root.get('key')
  if (!key) return undefined
  const display = readExpression(root.get('display'))
  return { keys: readKeys(key), again: readAgain(root.get('again')), ...(display ? { display } : {}) }
}

function readAgain(entry: Entry | undefined): Again {
  if (!entry) return { kind: 'unite' }
  if (!entry.isMap) {
    const word = entry.text()
    if (word === 'unite' || word === 'number') return { kind: word }
    entry.wrong('`again` is unite, number, or { join: element, when: … }')
    return { kind: 'unite' }
  }
  entry.allow(['join', 'when'])
  const when = readCondition(entry.get('when'))
  const element = entry.get('join')?.text()
  if (when && element) return { kind: 'join', element, when }
  entry.wrong('`again` with `join` says when')
  return { kind: 'unite' }
}
