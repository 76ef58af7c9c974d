// From what a message says to the change it makes: read the current versions, merge, settle identity, and give the puts and claims back as a value.
import type { Clock } from '#kernel/clock.ts'
import type { ResourcePut, VersionExpectation } from '#kernel/commit.ts'
import type { ResourceIntent } from '#kernel/intent.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Repository, Work, WorkInput } from '#kernel/ports/repository.ts'
import type { Reader } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import { type Redirects, redirectIntents, redirectsOf, withNumbersKept } from '../identity/redirect.ts'
import { settleIdentity } from '../identity/settle.ts'
import type { Authority } from './authority.ts'
import { type Draft, decree, draftOn, putsOf, speak, standingAfter, standingOf, unsay } from './draft.ts'
import { enteredInError } from './entered-in-error.ts'
import type { Fact } from './facts.ts'
import type { Extractor } from './index-diff.ts'
import { statedElements } from './merge.ts'
import { StandingMemory } from './standing-memory.ts'

export type RepositoryTools = {
  readonly clock: Clock
  readonly extract: Extractor
  readonly parse: (body: Buffer) => JsonObject
  readonly authority: (tenant: TenantCode) => Authority
  /** Keyed hash of a sensitive value (platform/storage blind index). */
  readonly digest: (value: string) => string
}

const remembered = 20_000

type Opened = { readonly tools: RepositoryTools; readonly memory: StandingMemory }

export function openRepository(tools: RepositoryTools): Repository {
  const opened: Opened = { tools, memory: new StandingMemory(remembered) }
  return { work: (input, reader) => work(input, reader, opened) }
}

async function work(input: WorkInput, reader: Reader, opened: Opened): Promise<Result<Work>> {
  const { tools } = opened
  const redirects = await redirectsOf(input.tenant, input.mapped, reader)
  if (!redirects.ok) return redirects
  const intents = redirectIntents(input.mapped.intents, redirects.value)
  const openedDrafts = await openDrafts(input, intents, redirects.value, reader, opened)
  if (!openedDrafts.ok) return openedDrafts
  const drafts = openedDrafts.value
  const authority = tools.authority(input.tenant)
  for (const intent of intents) {
    const draft = drafts.get(nameOf(intent))!
    speak(draft, withNumbersKept(intent, draft.content), factOf(input, intent.standing === 'mention'), authority, input.replay)
  }
  if (input.replay) takeBack(drafts, intents, factOf(input, false))
  const identity = await settleIdentity({
    input,
    drafts,
    redirects: redirects.value,
    reader,
    tools,
    fact: { ...factOf(input, false), source: 'identity' },
  })
  if (!identity.ok) return identity
  const nowMs = tools.clock.now()
  const resources: ResourcePut[] = []
  const expects: VersionExpectation[] = []
  for (const draft of drafts.values()) {
    const puts = putsOf(draft, nowMs, tools.extract)
    if (puts.length > 0) resources.push(...puts)
    else expects.push({ type: draft.type, id: draft.id, version: draft.version })
  }
  const settle = (committed: boolean) => settleMemory(input.tenant, drafts, opened.memory, committed)
  return ok({ expects, claims: identity.value.claims, resources, records: identity.value.records, settle })
}

/** Drafts of everything the message names, and, in a replay, of everything it made before. */
async function openDrafts(
  input: WorkInput,
  intents: readonly ResourceIntent[],
  redirects: Redirects,
  reader: Reader,
  { tools, memory }: Opened,
): Promise<Result<Map<string, Draft>>> {
  const wanted = new Map<string, { type: string; id: string }>()
  for (const { type, id } of intents) wanted.set(`${type}/${id}`, { type, id })
  for (const merge of input.mapped.merges)
    for (const side of [merge.survivor, merge.retired])
      wanted.set(`Patient/${redirects.idOf(side)}`, { type: 'Patient', id: redirects.idOf(side) })
  if (input.replay) {
    const effects = await reader.effects(input.tenant, input.message)
    if (!effects.ok) return effects
    for (const { type, id } of effects.value) wanted.set(`${type}/${id}`, { type, id })
  }
  const list = [...wanted.values()]
  const known = [...wanted].map(([name, { type }]) => memory.recall(input.tenant, type, name))
  const unknown = list.filter((_, i) => known[i] === undefined)
  const stored = unknown.length > 0 ? await reader.read(unknown) : ok([])
  if (!stored.ok) return failed(stored.fault)
  let next = 0
  return ok(
    new Map(list.map(({ type, id }, i) => [`${type}/${id}`, draftOn(type, id, known[i] ?? standingOf(stored.value[next++], tools.parse))])),
  )
}

/** Committed work is what the store has now; refused work was built on something that is not so any more. */
function settleMemory(tenant: TenantCode, drafts: ReadonlyMap<string, Draft>, memory: StandingMemory, committed: boolean): void {
  for (const [name, draft] of drafts) {
    if (committed) memory.remember(tenant, draft.type, name, standingAfter(draft))
    else memory.forget(tenant, name)
  }
}

/** What the message made before and, mapped anew, no longer yields. */
function takeBack(drafts: ReadonlyMap<string, Draft>, intents: readonly ResourceIntent[], fact: Fact): void {
  const stated = new Map<string, Set<string>>()
  for (const intent of intents) {
    const elements = stated.get(nameOf(intent)) ?? new Set()
    for (const element of statedElements(intent)) elements.add(element)
    stated.set(nameOf(intent), elements)
  }
  for (const [name, draft] of drafts) {
    const keeps = stated.get(name)
    if (keeps) unsay(draft, fact.message, keeps)
    else if ([...draft.facts.values()].every(held => held.message === fact.message)) renounce(draft, fact)
    else unsay(draft, fact.message, new Set())
  }
}

function renounce(draft: Draft, fact: Fact): void {
  const elements = enteredInError(draft.type)
  if (elements && draft.before) decree(draft, elements, fact)
}

function factOf(input: WorkInput, mentioned: boolean): Fact {
  return { source: input.source, atMs: input.eventAtMs, message: input.message, mentioned }
}

function nameOf(intent: ResourceIntent): string {
  return `${intent.type}/${intent.id}`
}
