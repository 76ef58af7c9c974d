// A draft: one resource while a unit of work is being built, from its stored version to the puts that change it.
import type { ResourcePut } from '#kernel/commit.ts'
import type { IndexRows } from '#kernel/index-entry.ts'
import type { ResourceIntent } from '#kernel/intent.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { StoredVersion } from '#kernel/ports/storage.ts'
import type { Authority } from './authority.ts'
import { contentOf, hasTag, lateTag, metaOf, printBody, provisionalTag, withoutTag, withTag } from './body.ts'
import { type Fact, type Facts, noFacts, parseFacts, printFacts } from './facts.ts'
import { diffRows, type Extractor } from './index-diff.ts'
import { type Merged, merge, withdraw } from './merge.ts'

export type Draft = {
  readonly type: string
  readonly id: string
  /** Version in the store; 0 when there is none. */
  readonly version: number
  /** Body in the store, parsed; undefined when there is none or it was deleted. */
  readonly before: JsonObject | undefined
  content: JsonObject
  meta: JsonObject
  facts: Facts
  /** Contents that only history keeps, in order. */
  readonly late: JsonObject[]
  changed: boolean
  factsChanged: boolean
}

/** A resource as the store has it: what a draft starts from. */
export type Standing = { readonly version: number; readonly before: JsonObject | undefined; readonly facts: Facts }

export function standingOf(stored: StoredVersion | undefined, parse: (body: Buffer) => JsonObject): Standing {
  const before = stored && stored.op !== 'delete' ? parse(stored.body) : undefined
  return { version: stored?.version ?? 0, before, facts: before ? parseFacts(stored!.facts) : noFacts }
}

export function openDraft(type: string, id: string, stored: StoredVersion | undefined, parse: (body: Buffer) => JsonObject): Draft {
  return draftOn(type, id, standingOf(stored, parse))
}

export function draftOn(type: string, id: string, { version, before, facts }: Standing): Draft {
  const content = before ? contentOf(before) : {}
  const meta = before ? metaOf(before) : {}
  return { type, id, version, before, content, meta, facts, late: [], changed: false, factsChanged: false }
}

/** What the store has once the puts of the draft are committed. */
export function standingAfter(draft: Draft): Standing {
  const versions = draft.late.length + (draft.changed || draft.late.length > 0 ? 1 : 0)
  const version = draft.version + versions
  const before = versions > 0 ? { resourceType: draft.type, id: draft.id, meta: draft.meta, ...draft.content } : draft.before
  return { version, before, facts: draft.facts }
}

/** What a message says about the resource; `again` when the message was worked on before (its late facts are in history already). */
export function speak(draft: Draft, intent: ResourceIntent, fact: Fact, authority: Authority, again: boolean): void {
  const exists = draft.before !== undefined || draft.changed
  const merged = merge(exists ? { content: draft.content, facts: draft.facts } : undefined, intent, fact, authority)
  take(draft, merged)
  if (merged.late && !again) draft.late.push(merged.late)
  if (fact.mentioned && !exists) draft.meta = withTag(draft.meta, provisionalTag)
  if (!fact.mentioned && hasTag(draft.meta, provisionalTag.code)) {
    draft.meta = withoutTag(draft.meta, provisionalTag.code)
    draft.changed = true
  }
}

/** Takes back what a message said before and, mapped anew, no longer says. */
export function unsay(draft: Draft, message: number, keeps: ReadonlySet<string>): void {
  take(draft, withdraw({ content: draft.content, facts: draft.facts }, message, keeps))
}

/** Sets elements that the platform itself owns (links of a merge, entered-in-error). */
export function decree(draft: Draft, elements: JsonObject, fact: Fact): void {
  const facts = new Map(draft.facts)
  draft.content = { ...draft.content }
  for (const element in elements) {
    if (elements[element] === undefined) delete draft.content[element]
    else draft.content[element] = elements[element]
    facts.set(element, fact)
  }
  draft.facts = facts
  draft.changed = true
}

/** The puts of a draft: late versions first, so that the current one stands last; nothing when nothing differs. */
export function putsOf(draft: Draft, nowMs: number, extract: Extractor): ResourcePut[] {
  const puts: ResourcePut[] = []
  const facts = draft.changed || draft.factsChanged || draft.late.length > 0 ? printFacts(draft.facts) : ''
  let before = draft.before
  let version = draft.version
  const put = (content: JsonObject, meta: JsonObject) => {
    const after: JsonObject = { resourceType: draft.type, id: draft.id, meta, ...content }
    const rows = diffRows(before ? extract(before) : undefined, extract(after))
    puts.push({
      type: draft.type,
      id: draft.id,
      version,
      op: before ? 'update' : 'create',
      body: printBody(draft.type, draft.id, { versionId: version + 1, lastUpdatedMs: nowMs, rest: meta }, content),
      facts,
      ...rows,
    })
    before = after
    version++
  }
  for (const content of draft.late) put(content, withTag(draft.meta, lateTag))
  if (draft.changed || draft.late.length > 0) put(draft.content, draft.meta)
  else if (draft.factsChanged) puts.push({ type: draft.type, id: draft.id, version, op: 'touch', body: '', facts, ...unchangedRows })
  return puts
}

/** The put that takes a stored resource out of reads and searches. */
export function removalOf({ type, id, version, before }: Draft, extract: Extractor): ResourcePut {
  return { type, id, version, op: 'delete', body: '', facts: '', ...diffRows(extract(before!), undefined) }
}

function take(draft: Draft, merged: Merged): void {
  draft.content = merged.content
  draft.facts = merged.facts
  draft.changed ||= merged.changed
  draft.factsChanged ||= merged.factsChanged
}

const noRows: IndexRows = { entries: [], patients: [], codes: [] }
const unchangedRows = { opens: noRows, closes: noRows }
