// When to try again: exponential with a bound, spread by the message's own number so that retries of one outage do not come all at once.
import { limits } from '#kernel/limits.ts'

const firstDelayMs = 200

/** Milliseconds to wait after the given attempt (0 = the first); undefined when it was the last. */
export function retryDelayMs(attempt: number, seq: number, delayMsMax: number = limits.retryDelayMsMax): number | undefined {
  if (attempt + 1 >= limits.retryAttemptsMax) return undefined
  const delay = Math.min(delayMsMax, firstDelayMs * 2 ** attempt)
  return Math.round(delay * (0.75 + ((seq * 2_654_435_761) % 1_000) / 2_000))
}
