// Access tokens: JWTs (RFC 7519) signed with the installation's own key; verified once, then known by their text until they expire.
import { jwtVerify, SignJWT } from 'jose'
import type { Clock } from '#kernel/clock.ts'
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Principal } from '#kernel/tenant.ts'

export const tokenSecondsMax = 3600
const knownTokensMax = 10_000

export type Tokens = {
  issue(principal: Principal, seconds?: number): Promise<string>
  verify(token: string): Promise<Result<Principal>>
  /** The principal of a token verified before, without waiting; undefined when it must be verified. */
  known(token: string): Principal | undefined
  /** Forgets every token of a principal whose account changed: the next use is checked against `isActive`. */
  forget(principalId: string): void
}

/** `isActive` answers whether the account behind a principal still exists as the token says. */
export function openTokens(key: Uint8Array, clock: Clock, isActive: (principal: Principal) => boolean): Tokens {
  const known = new Map<string, { principal: Principal; untilMs: number }>()
  const seconds = () => Math.floor(clock.now() / 1000)

  async function verify(token: string): Promise<Result<Principal>> {
    const seen = recall(token)
    if (seen) return ok(seen)
    try {
      const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'], issuer: 'huilian', currentDate: new Date(clock.now()) })
      const principal = payload['principal'] as Principal
      if (!isActive(principal)) return failed(fault('auth.invalid-token'))
      if (known.size >= knownTokensMax) known.delete(known.keys().next().value!)
      known.set(token, { principal, untilMs: (payload.exp ?? 0) * 1000 })
      return ok(principal)
    } catch {
      return failed(fault('auth.invalid-token'))
    }
  }

  function recall(token: string): Principal | undefined {
    const entry = known.get(token)
    if (entry && entry.untilMs > clock.now()) return entry.principal
    if (entry) known.delete(token)
    return undefined
  }

  return {
    issue: (principal, lifetime = tokenSecondsMax) =>
      new SignJWT({ principal })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer('huilian')
        .setSubject(principal.id)
        .setIssuedAt(seconds())
        .setExpirationTime(seconds() + lifetime)
        .sign(key),
    verify,
    known: recall,
    forget: id => {
      for (const [token, entry] of known) if (entry.principal.id === id) known.delete(token)
    },
  }
}
