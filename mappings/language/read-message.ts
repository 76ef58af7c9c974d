// A message plan as it stands in YAML: what it takes, what it needs, and its steps in order.
import type { MessageFormat } from '#kernel/envelope.ts'
import type { Entry } from './entry.ts'
import type { Constants, MessagePlan, Step } from './plan.ts'
import { readConstants, readKeys } from './read-key.ts'
import { readCondition, readRules } from './read-rule.ts'

const members = ['message', 'format', 'takes', 'guide', 'schema', 'required', 'time', 'keys', 'steps', 'note']
const formats: readonly MessageFormat[] = ['hl7v2', 'json', 'cda', 'fhir']

export function readMessage(root: Entry): MessagePlan {
  root.allow(members)
  for (const name of ['format', 'takes', 'steps']) if (!root.get(name)) root.wrong(`\`${name}\` is missing`)
  const format = root.get('format')?.text() as MessageFormat
  if (!formats.includes(format)) (root.get('format') ?? root).wrong(`\`format\` is one of ${formats.join(', ')}`)
  const schema = root.get('schema')?.text()
  if ((format === 'json') !== (schema !== undefined)) root.wrong('`schema` names the JSON Schema of a JSON message')
  const keys = root.get('keys')?.allow(['patient', 'visit', 'order'])
  return {
    kind: 'message',
    name: root.get('message')!.text(),
    at: root.at,
    format,
    takes: readTakes(root.get('takes')),
    guide: root.get('guide')?.texts() ?? [],
    ...(schema === undefined ? {} : { schema }),
    required: root.get('required')?.texts() ?? [],
    time: root.get('time')?.texts() ?? [],
    keys: {
      patient: keys?.get('patient')?.texts() ?? [],
      visit: keys?.get('visit')?.texts() ?? [],
      order: keys?.get('order')?.texts() ?? [],
    },
    steps: readSteps(root.get('steps')),
  }
}

/** A list of types, or a map from types to the constants they set. */
export function readTakes(entry: Entry | undefined): ReadonlyMap<string, Constants> {
  if (entry?.isMap) return new Map(entry.members().map(([type, constants]) => [type, readConstants(constants)]))
  return new Map((entry?.texts() ?? []).map(type => [type, new Map()]))
}

/** `mayStandAfter`: steps of an overlay may say behind which step they stand. */
export function readSteps(entry: Entry | undefined, mayStandAfter = false): Step[] {
  if (!entry) return []
  if (!entry.isList) entry.wrong('a list of steps is expected')
  return entry.items().map(item => readStep(item, mayStandAfter))
}

const stepMembers = [
  'after',
  'each',
  'make',
  'add',
  'merge',
  'retired',
  'plan',
  'from',
  'standing',
  'required',
  'key',
  'only',
  'when',
  'rows',
  'join',
  'set',
  'steps',
  'note',
]

function readStep(entry: Entry, mayStandAfter: boolean): Step {
  const make = entry.get('make')?.text()
  const add = entry.get('add')?.text()
  const each = entry.get('each')?.text()
  const merge = entry.get('merge')?.text()
  const name = make ?? add ?? merge ?? each ?? entry.get('from')?.text() ?? ''
  entry.rule = name
  entry.allow(stepMembers)
  if ([make, add, merge].filter(Boolean).length > 1) entry.wrong('a step makes, adds or merges: one of them')
  const after = entry.get('after')?.text()
  if (after && !mayStandAfter) entry.wrong('`after` belongs to the steps of an overlay')
  const only = entry.get('only')?.text()
  if (only !== undefined && only !== 'preview') entry.wrong('`only` says preview')
  const does = readDoing(entry, { make, add, merge })
  if (does.kind === 'steps' && !each && !does.from) entry.wrong('a step makes, adds, merges, or goes somewhere with `each` or `from`')
  const when = readCondition(entry.get('when'))
  return {
    at: entry.at,
    name,
    rows: entry.get('rows')?.texts() ?? [],
    previewOnly: only === 'preview',
    does,
    steps: readSteps(entry.get('steps')),
    ...(after ? { after } : {}),
    ...(each ? { each } : {}),
    ...(when ? { when } : {}),
  }
}

function readDoing(entry: Entry, named: { make?: string; add?: string; merge?: string }): Step['does'] {
  const plan = entry.get('plan')?.text()
  const from = entry.get('from')?.text()
  const rules = readRules(entry.get('set'), named.make ?? named.add ?? '')
  const source = { ...(plan ? { plan } : {}), ...(from ? { from } : {}) }
  if (named.make !== undefined) {
    if (!plan) entry.wrong('`make` names a `plan`')
    const standing = entry.get('standing')?.text() ?? 'speak'
    if (standing !== 'speak' && standing !== 'mention') entry.wrong('`standing` is speak or mention')
    const required = entry.get('required')?.flag() ?? false
    const key = entry.get('key')
    const keys = key ? { keys: readKeys(key) } : {}
    return {
      kind: 'make',
      alias: named.make,
      standing: standing === 'mention' ? 'mention' : 'speak',
      required,
      rules,
      ...source,
      ...keys,
      plan: plan ?? '',
    }
  }
  const join = entry.get('join')?.text()
  if (join && (named.add === undefined || plan)) entry.wrong('`join` belongs to `add` with `set`')
  if (named.add !== undefined) return { kind: 'add', alias: named.add, rules, ...source, ...(join ? { join } : {}) }
  if (named.merge === undefined) return { kind: 'steps', ...(from ? { from } : {}) }
  const retired = entry.get('retired')
  if (!retired) entry.wrong('`merge` names the key of the `retired`')
  return { kind: 'merge', survivor: named.merge, retired: retired ? readKeys(retired) : [] }
}
