// The DocumentReferences that one work changes: the new one, and the last in its new state.
import type { ResourcePut } from '#kernel/commit.ts'
import type { JsonObject } from '#kernel/json.ts'
import { ok, type Result } from '#kernel/result.ts'
import { decree, openDraft, putsOf } from '../store/draft.ts'
import type { Fact } from '../store/facts.ts'
import { replace } from '../store/replace.ts'
import type { Work } from './produce.ts'

const type = 'DocumentReference'

/** `isNew` is false when a rebuild finds the document there already: then nothing is touched. Only a current reference takes the state given for the last. */
export async function referencePuts(
  { atMs, reader, tools }: Pick<Work, 'atMs' | 'reader' | 'tools'>,
  made: JsonObject | undefined,
  last: { readonly id: string; readonly status: string } | undefined,
): Promise<Result<{ readonly puts: readonly ResourcePut[]; readonly isNew: boolean }>> {
  const ids = [...(made ? [String(made['id'])] : []), ...(last ? [last.id] : [])]
  const stored = await reader.read(ids.map(id => ({ type, id })))
  if (!stored.ok) return stored
  const drafts = ids.map((id, i) => openDraft(type, id, stored.value[i], tools.parse))
  const own = made && drafts[0]!
  if (own?.before) return ok({ puts: [], isNew: false })
  const fact: Fact = { source: 'documents', atMs, message: 0, mentioned: false }
  if (own) replace(own, made, fact)
  const previous = last && drafts.at(-1)!
  if (previous?.before?.['status'] === 'current') decree(previous, { status: last!.status }, fact)
  const nowMs = tools.clock.now()
  return ok({ puts: drafts.flatMap(draft => putsOf(draft, nowMs, tools.extract)), isNew: own !== undefined })
}
