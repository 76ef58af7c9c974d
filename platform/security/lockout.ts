// Five failures lock an account for a quarter of an hour (等保三级 身份鉴别 b), fifty an address: many people may share one. Kept in memory: a restart forgives.
import type { Clock } from '#kernel/clock.ts'
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'

const accountFailuresMax = 5
const addressFailuresMax = 50
const lockMinutes = 15
const subjectsMax = 50_000

/** Of an account, or of the address that logins come from. */
export type Subject = `user ${string}` | `client ${string}` | `address ${string}`

export type Lockout = { check(subject: Subject): Result<void>; failure(subject: Subject): void; success(subject: Subject): void }

export function openLockout(clock: Clock): Lockout {
  const failures = new Map<string, { count: number; untilMs: number }>()
  return {
    check(subject) {
      const entry = failures.get(subject)
      const failuresMax = subject.startsWith('address ') ? addressFailuresMax : accountFailuresMax
      if (!entry || entry.count < failuresMax || entry.untilMs <= clock.now()) return ok(undefined)
      return failed(fault('auth.locked', { args: { minutes: Math.ceil((entry.untilMs - clock.now()) / 60_000) } }))
    },
    failure(subject) {
      const old = failures.get(subject)
      const count = old && old.untilMs > clock.now() ? old.count + 1 : 1
      failures.delete(subject)
      failures.set(subject, { count, untilMs: clock.now() + lockMinutes * 60_000 })
      if (failures.size > subjectsMax) failures.delete(failures.keys().next().value!)
    },
    success: subject => void failures.delete(subject),
  }
}
