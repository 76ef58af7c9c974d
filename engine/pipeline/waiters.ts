// Callers who want to know what became of a message: they are told when it settles, or that it is taking longer.
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Settled } from './item.ts'

export class Waiters {
  readonly #waiting = new Map<string, ((settled: Settled) => void)[]>()

  /** Resolves when the message is settled for good, or with `message.processing-timeout`. Ask before the message can settle. */
  wait(name: string, msMax: number): Promise<Result<Settled>> {
    return new Promise(resolve => {
      const list = this.#waiting.get(name) ?? []
      const timer = setTimeout(() => {
        this.#drop(name, onSettled)
        resolve(failed(fault('message.processing-timeout', { args: { ms: msMax } })))
      }, msMax)
      const onSettled = (settled: Settled) => {
        clearTimeout(timer)
        resolve(ok(settled))
      }
      list.push(onSettled)
      this.#waiting.set(name, list)
    })
  }

  tell(name: string, settled: Settled): void {
    if (settled.status === 'retrying') return
    const list = this.#waiting.get(name)
    if (!list) return
    this.#waiting.delete(name)
    for (const onSettled of list) onSettled(settled)
  }

  #drop(name: string, onSettled: (settled: Settled) => void): void {
    const left = this.#waiting.get(name)?.filter(each => each !== onSettled) ?? []
    if (left.length > 0) this.#waiting.set(name, left)
    else this.#waiting.delete(name)
  }
}
