// What every step of identity works on, inside one unit of work.
import type { WorkInput } from '#kernel/ports/repository.ts'
import type { Reader } from '#kernel/ports/storage.ts'
import { ok, type Result } from '#kernel/result.ts'
import { type Draft, openDraft } from '../store/draft.ts'
import type { Fact } from '../store/facts.ts'
import type { RepositoryTools } from '../store/unit-of-work.ts'
import type { Redirects } from './redirect.ts'

export type IdentityWork = {
  readonly input: Pick<WorkInput, 'tenant' | 'mapped' | 'message'>
  readonly drafts: Map<string, Draft>
  readonly redirects: Redirects
  readonly reader: Reader
  readonly tools: Pick<RepositoryTools, 'clock' | 'parse' | 'digest'>
  readonly fact: Fact
}

/** The draft of another Patient, opened when this work has not touched it yet. */
export async function draftOf(work: IdentityWork, name: string): Promise<Result<Draft>> {
  const open = work.drafts.get(name)
  if (open) return ok(open)
  const [type, id] = name.split('/') as [string, string]
  const stored = await work.reader.read([{ type, id }])
  if (!stored.ok) return stored
  const draft = openDraft(type, id, stored.value[0], work.tools.parse)
  work.drafts.set(name, draft)
  return ok(draft)
}
