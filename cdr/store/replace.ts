// A request states the whole resource (http.html#update): what differs from the current version is its fact, what is the same keeps the fact it had.
import type { JsonObject } from '#kernel/json.ts'
import { contentOf, lateTag, metaOf, provisionalTag, withoutTag } from './body.ts'
import type { Draft } from './draft.ts'
import type { Fact } from './facts.ts'
import { elementOf, statedElements } from './merge.ts'
import { sameJson } from './same-json.ts'

export function replace(draft: Draft, resource: JsonObject, fact: Fact): void {
  const content = contentOf(resource)
  const { versionId: _version, lastUpdated: _updated, ...stated } = metaOf(resource)
  const { versionId: _oldVersion, lastUpdated: _oldUpdated, ...held } = draft.meta
  const meta = withoutTag(withoutTag(stated, provisionalTag.code), lateTag.code)
  const { type } = draft
  const elements = statedElements({ type, content, clears: [...statedElements({ type, content: draft.content, clears: [] })] })
  const facts = new Map(draft.facts)
  let changed = draft.before === undefined || !sameJson(meta, held)
  for (const element of elements) {
    if (draft.before !== undefined && sameJson(elementOf(draft.content, element), elementOf(content, element))) continue
    facts.set(element, fact)
    changed = true
  }
  if (!changed) return
  draft.content = content
  draft.meta = meta
  draft.facts = facts
  draft.changed = true
}
