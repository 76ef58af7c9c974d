// An overlay as it stands in YAML: a site's differences from the base plans, and who has authority over which elements.
import type { Entry } from './entry.ts'
import type { MessageChange, Overlay, PlanChange } from './plan.ts'
import { readConstants, readKeys } from './read-key.ts'
import { readSteps, readTakes } from './read-message.ts'
import { readRules } from './read-rule.ts'

const members = ['overlay', 'uses', 'constants', 'authorities', 'systems', 'numbers', 'codes', 'authority', 'plans', 'messages', 'note']

export function readOverlay(root: Entry): Overlay {
  root.allow(members)
  const uses = root.get('uses')?.texts()
  return {
    kind: 'overlay',
    name: root.get('overlay')!.text(),
    at: root.at,
    ...(uses ? { uses } : {}),
    constants: readConstants(root.get('constants')),
    authorities: root.get('authorities')?.dictionary() ?? new Map(),
    systems: root.get('systems')?.dictionary() ?? new Map(),
    numbers: root.get('numbers')?.dictionary() ?? new Map(),
    codes: root.get('codes')?.dictionary() ?? new Map(),
    authority: (root.get('authority')?.items() ?? []).map(readAuthority),
    plans: new Map((root.get('plans')?.members() ?? []).map(([name, entry]) => [name, readPlanChange(entry)])),
    messages: new Map((root.get('messages')?.members() ?? []).map(([name, entry]) => [name, readMessageChange(entry)])),
  }
}

function readAuthority(entry: Entry): Overlay['authority'][number] {
  entry.allow(['elements', 'order'])
  if (!entry.get('elements') || !entry.get('order')) entry.wrong('`elements` and `order` are expected')
  return { elements: entry.get('elements')?.text() ?? '', order: entry.get('order')?.texts() ?? [] }
}

function readPlanChange(entry: Entry): PlanChange {
  entry.allow(['remove', 'replace', 'add', 'key'])
  const key = entry.get('key')
  return {
    at: entry.at,
    remove: readIds(entry.get('remove')),
    replace: readRules(entry.get('replace')),
    add: readRules(entry.get('add')),
    ...(key ? { keys: readKeys(key) } : {}),
  }
}

function readMessageChange(entry: Entry): MessageChange {
  entry.allow(['takes', 'required', 'time', 'remove', 'add'])
  const takes = entry.get('takes')
  const required = entry.get('required')?.texts()
  const time = entry.get('time')?.texts()
  return {
    at: entry.at,
    remove: readIds(entry.get('remove')),
    add: readSteps(entry.get('add'), true),
    ...(takes ? { takes: readTakes(takes) } : {}),
    ...(required ? { required } : {}),
    ...(time ? { time } : {}),
  }
}

function readIds(entry: Entry | undefined): { id: string; at: Entry['at'] }[] {
  return (entry?.items() ?? []).map(item => ({ id: item.text(), at: item.at }))
}
