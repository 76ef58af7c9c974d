// SMART scopes on every interaction: denied unless a scope of the token covers the resource type.
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Principal } from '#kernel/tenant.ts'
import { type Interaction, mayTouch } from '#platform/security/rights.ts'

export function permit(principal: Principal, interaction: Interaction, type: string): Result<void> {
  if (mayTouch(principal, interaction, type)) return ok(undefined)
  return failed(fault('auth.scope', { args: { scope: `${type}.${interaction}` } }))
}
