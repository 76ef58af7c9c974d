// Replay of many messages as a task with progress: it goes on when the page is closed, can be stopped, and never repeats an effect (replay is idempotent).
import type { Clock } from '#kernel/clock.ts'
import { messageName } from '#kernel/envelope.ts'
import { newId } from '#kernel/ids.ts'
import type { StoredMessage } from '#kernel/ports/storage.ts'
import type { Engine } from './engine.ts'

export type ReplayTask = {
  readonly id: string
  readonly by: string
  readonly startedAtMs: number
  readonly total: number
  endedAtMs?: number
  done: number
  processed: number
  failed: number
  stopped: boolean
  /** The last few that failed again, with the code of their fault. */
  readonly troubles: { id: string; fault: string }[]
}

const tasksKept = 50
const troublesKept = 100
/** Several at a time hide the wait for the disk; lanes still keep the order of each patient. */
const atOnce = 8

export class ReplayTasks {
  readonly #engine: Pick<Engine, 'replay'>
  readonly #clock: Clock
  readonly #tasks = new Map<string, ReplayTask>()

  constructor(engine: Pick<Engine, 'replay'>, clock: Clock) {
    this.#engine = engine
    this.#clock = clock
  }

  start(messages: readonly StoredMessage[], by: string): ReplayTask {
    const task: ReplayTask = {
      id: newId(this.#clock.now()),
      by,
      startedAtMs: this.#clock.now(),
      total: messages.length,
      done: 0,
      processed: 0,
      failed: 0,
      stopped: false,
      troubles: [],
    }
    for (const old of this.#tasks.keys()) if (this.#tasks.size >= tasksKept) this.#tasks.delete(old)
    this.#tasks.set(task.id, task)
    // Oldest first, as they came.
    const waiting = [...messages].sort((a, b) => a.receivedAtMs - b.receivedAtMs || a.seq - b.seq).reverse()
    void Promise.all(Array.from({ length: atOnce }, () => this.#work(task, waiting))).then(() => {
      task.endedAtMs = this.#clock.now()
    })
    return task
  }

  of(by: string): ReplayTask[] {
    return [...this.#tasks.values()].filter(task => task.by === by).reverse()
  }

  get(id: string, by: string): ReplayTask | undefined {
    const task = this.#tasks.get(id)
    return task?.by === by ? task : undefined
  }

  async #work(task: ReplayTask, waiting: StoredMessage[]): Promise<void> {
    for (let message = waiting.pop(); message && !task.stopped; message = waiting.pop()) {
      const outcome = await this.#engine.replay(message)
      const fault = outcome.ok ? outcome.value.faults[0]?.code : outcome.fault.code
      const settled = outcome.ok && (outcome.value.status === 'processed' || outcome.value.status === 'filtered')
      task.done++
      if (settled) task.processed++
      else {
        task.failed++
        task.troubles.push({ id: messageName(message), fault: fault ?? '' })
        if (task.troubles.length > troublesKept) task.troubles.shift()
      }
    }
  }
}
