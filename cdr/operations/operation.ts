// An operation ($name) carries its own spec: where it is called, what it needs, its handler. Other rooms hand theirs in; routes and capabilities come from the list.
import type { Result } from '#kernel/result.ts'
import type { Answer } from '../rest/answer.ts'
import type { Call, Rest } from '../rest/call.ts'

export type Operation = {
  /** Without the dollar sign. */
  readonly name: string
  /** Canonical URL of its OperationDefinition. */
  readonly definition: string
  readonly level: 'system' | 'type' | 'instance'
  /** Resource types it is called on; empty for every type. */
  readonly types: readonly string[]
  /** May it be called by GET: does it change nothing? */
  readonly safe: boolean
  /** The right its caller needs on the type; `none`: it touches nothing by itself and checks what it looks up. */
  readonly touch: 'read' | 'write' | 'none'
  handle(call: Call, rest: Rest): Promise<Result<Answer>> | Result<Answer>
}
