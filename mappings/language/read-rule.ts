// A rule as it stands in YAML: one row of a plan, saying where from, where to, and how.

import type { Entry } from './entry.ts'
import type { Condition, Expression } from './expression.ts'
import { parseCondition, parseExpression } from './parse-expression.ts'
import type { Rule, Work } from './plan.ts'
import { readConstants } from './read-key.ts'
import { parseTargetPath } from './target-path.ts'

const members = [
  'id',
  'own',
  'from',
  'to',
  'map',
  'refer',
  'code',
  'call',
  'value',
  'set',
  'given',
  'clear',
  'when',
  'else',
  'assume',
  'fault',
  'note',
]

/** `within` is the id of the rule around a nested one, which may do without an id of its own. */
export function readRules(entry: Entry | undefined, within = ''): Rule[] {
  if (!entry) return []
  if (!entry.isList) entry.wrong('a list of rules is expected')
  return entry.items().flatMap(item => {
    const rule = readRule(item, within)
    return rule ? [rule] : []
  })
}

function readRule(entry: Entry, within: string): Rule | undefined {
  if (!entry.isMap) {
    entry.wrong('a rule is a map')
    return undefined
  }
  const id = entry.get('id')?.text() ?? entry.get('own')?.text()
  const toText = entry.get('to')?.text() ?? ''
  entry.rule = id ?? (within === '' ? toText : `${within}/${toText}`)
  entry.allow(members)
  if (id === undefined && within === '') entry.wrong('a rule has an id, or a name as `own`')
  if (entry.get('id') && entry.get('own')) entry.wrong('`id` names a row of the guide, `own` a rule without one: not both')
  const to = parseTargetPath(toText)
  if (!to.ok) entry.wrong(toText === '' ? 'a rule says where `to`' : to.fault)
  const does = readWork(entry)
  if (!to.ok || !does) return undefined
  const code = entry.get('code')?.text()
  const otherwise = entry.get('else')?.json()
  return {
    id: entry.rule,
    own: entry.get('own') !== undefined,
    at: entry.at,
    to: to.value,
    toText,
    when: readCondition(entry.get('when')),
    does,
    assume: entry.get('assume')?.flag() ?? false,
    fault: entry.get('fault')?.flag() ?? false,
    ...(code === undefined ? {} : { code }),
    ...(otherwise === undefined ? {} : { otherwise }),
  }
}

function readWork(entry: Entry): Work | undefined {
  const named = ['map', 'refer', 'call', 'value', 'set', 'clear'].filter(name => entry.get(name))
  if (named.length > 1) entry.wrong(`\`${named.join('` and `')}\` do not go together`)
  const from = readExpression(entry.get('from'))
  const [how] = named
  if (how === 'set') return { kind: 'set', rules: readRules(entry.get('set'), entry.rule), ...(from ? { from } : {}) }
  if (how === 'value') return { kind: 'constant', value: entry.get('value')!.json() }
  if (how === 'clear') return { kind: 'clear' }
  if (how === 'call') return readCall(entry)
  const refer = entry.get('refer')?.texts() ?? []
  if (refer[0]?.startsWith('@')) return { kind: 'refer', alias: refer[0].slice(1) }
  if (!from) {
    entry.wrong('a rule says where `from`, or gives a `value`')
    return undefined
  }
  if (how === 'refer') return { kind: 'name', from, plans: refer }
  return how === 'map'
    ? { kind: 'map', from, plan: entry.get('map')!.text(), given: readConstants(entry.get('given')) }
    : { kind: 'value', from }
}

function readCall(entry: Entry): Work | undefined {
  const call = readExpression(entry.get('call'))
  if (call?.kind === 'call') return { kind: 'call', call }
  if (call) entry.wrong('`call` names a function and what it takes: name(PID-3)')
  return undefined
}

export function readExpression(entry: Entry | undefined): Expression | undefined {
  if (!entry) return undefined
  const parsed = parseExpression(entry.text())
  if (parsed.ok) return parsed.value
  entry.wrong(parsed.fault)
  return undefined
}

export function readCondition(entry: Entry | undefined): Condition | undefined {
  if (!entry) return undefined
  const parsed = parseCondition(entry.text())
  if (parsed.ok) return parsed.value
  entry.wrong(parsed.fault)
  return undefined
}
