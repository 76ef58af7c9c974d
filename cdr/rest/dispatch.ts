// From method and path to the interaction: one way in for requests and for the entries of a Bundle, with the right checked before anything else.

import type { JsonObject } from '#kernel/json.ts'
import { ok, type Result } from '#kernel/result.ts'
import { permit } from '../access/scope.ts'
import type { Answer } from './answer.ts'
import type { Caller, CallHeaders, Rest } from './call.ts'
import { note } from './note.ts'
import type { Matched } from './route.ts'
import { router } from './routes.ts'

export type Asked = {
  readonly method: string
  readonly path: readonly string[]
  readonly query: string
  readonly headers: CallHeaders
  readonly resource: JsonObject | undefined
  readonly caller: Caller
}

export async function dispatch(asked: Asked, rest: Rest): Promise<Result<Answer>> {
  const matched = router.find(asked.method, asked.path, asked.query !== '')
  if (!matched.ok) return matched
  const admitted = mayPerform(matched.value, asked.caller, rest)
  return admitted.ok ? perform(matched.value, asked, rest) : admitted
}

/** The caller was admitted already. */
export function perform({ route, path }: Matched, asked: Asked, rest: Rest): Promise<Result<Answer>> | Result<Answer> {
  const { caller, query, headers, resource } = asked
  return route.handle({ caller, path, query, headers, resource }, rest)
}

/** A refusal stands in the audit of every tenant that was asked. */
export function mayPerform({ route, path }: Matched, caller: Caller, rest: Rest): Result<void> {
  if (route.touch === 'open' || route.touch === 'entries' || path['type'] === undefined) return ok(undefined)
  const permitted = permit(caller.principal, route.touch, path['type'])
  if (permitted.ok) return permitted
  const subject = path['id'] === undefined ? path['type'] : `${path['type']}/${path['id']}`
  const noted = note(rest, caller, caller.reads, { action: route.interaction, outcome: 'refused', subject })
  return noted.ok ? permitted : noted
}
