// Plays a simulator over a real socket: waits each message's delay, sends, waits for the answer, and sends again what was not answered.
import type { Result } from '#kernel/result.ts'
import type { Answer, Sender } from '../connectors/connector.ts'

/** What a simulator yields (adapters/content/simulator.ts). */
export type Played = { readonly delayMs: number; readonly bytes: Buffer; readonly kind: string }

export type PlayerTools = {
  readonly sender: Sender
  readonly onSent?: (message: Played, answer: Result<Answer>) => void
}

const againMs = 500

export class Player {
  readonly #tools: PlayerTools
  readonly #done: Promise<void>
  #stopped = false
  #wake: (() => void) | undefined
  #sent = 0

  constructor(messages: Iterable<Played> | AsyncIterable<Played>, tools: PlayerTools) {
    this.#tools = tools
    this.#done = this.#play(messages)
  }

  get sent(): number {
    return this.#sent
  }

  /** Resolves when the story ends (stories of the demo do not). */
  get done(): Promise<void> {
    return this.#done
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#wake?.()
    await this.#done
    await this.#tools.sender.close()
  }

  async #play(messages: Iterable<Played> | AsyncIterable<Played>): Promise<void> {
    for await (const message of messages) {
      if (this.#stopped) return
      if (message.delayMs > 0) await this.#wait(message.delayMs)
      while (!this.#stopped) {
        const answer = await this.#tools.sender.send(message.bytes)
        this.#tools.onSent?.(message, answer)
        if (answer.ok) break
        await this.#wait(againMs)
      }
      if (this.#stopped) return
      this.#sent++
    }
  }

  #wait(ms: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
