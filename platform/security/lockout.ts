// Five failures lock an account or an address for a quarter of an hour (等保三级 身份鉴别 b). Kept in memory: a restart forgives.
import type { Clock } from '#kernel/clock.ts'
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'

const failuresMax = 5
const lockMinutes = 15
const subjectsMax = 50_000

export type Lockout = { check(subject: string): Result<void>; failure(subject: string): void; success(subject: string): void }

export function openLockout(clock: Clock): Lockout {
  const failures = new Map<string, { count: number; untilMs: number }>()
  return {
    check(subject) {
      const entry = failures.get(subject)
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
