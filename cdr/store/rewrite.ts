// A new version of a stored resource with more in it, its facts as they were: what the platform itself adds (standard codings) is nobody's word.
import type { ResourcePut } from '#kernel/commit.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { StoredVersion } from '#kernel/ports/storage.ts'
import { contentOf } from './body.ts'
import { openDraft, putsOf } from './draft.ts'
import type { Extractor } from './index-diff.ts'

export type RewriteTools = { readonly parse: (body: Buffer) => JsonObject; readonly extract: Extractor }

/** Undefined when the change leaves the resource as it is, or there is none. */
export function rewrite(
  stored: StoredVersion,
  change: (resource: JsonObject) => JsonObject | undefined,
  nowMs: number,
  { parse, extract }: RewriteTools,
): ResourcePut | undefined {
  const draft = openDraft(stored.type, stored.id, stored, parse)
  const changed = draft.before && change(draft.before)
  if (!changed) return undefined
  draft.content = contentOf(changed)
  draft.changed = true
  return putsOf(draft, nowMs, extract)[0]
}
