// Business keys, constants and their lists, as they stand in YAML.
import type { Entry } from './entry.ts'
import { parseExpression } from './parse-expression.ts'
import type { Constants, Key, KeyPart } from './plan.ts'

/** One key is a list of parts; several keys are a list of such lists, the preferred one first. */
export function readKeys(entry: Entry): Key[] {
  const items = entry.items()
  const lists = items.some(item => item.isList) ? items : [entry]
  return lists.map(list => ({ at: list.at, parts: list.items().flatMap(readKeyPart) }))
}

/** A part that may be empty has a `?` behind it. */
function readKeyPart(entry: Entry): KeyPart[] {
  const text = entry.text()
  const optional = text.endsWith('?')
  const parsed = parseExpression(optional ? text.slice(0, -1) : text)
  if (parsed.ok) return [{ text, expression: parsed.value, optional }]
  entry.wrong(parsed.fault)
  return []
}

/** Constants are texts or lists of texts. */
export function readConstants(entry: Entry | undefined): Constants {
  return new Map((entry?.members() ?? []).map(([name, value]) => [name, value.texts()]))
}
