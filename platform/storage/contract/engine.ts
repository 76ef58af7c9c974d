// What the contract suite asks of an engine, and how its tests open one: a fresh directory per test, removed afterwards.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '#kernel/clock.ts'
import type { Storage } from '#kernel/ports/storage.ts'
import { must, type Result } from '#kernel/result.ts'

export type EngineOptions = { readonly directory: string; readonly clock: Clock; readonly searchHorizonMs?: number }

export type Engine = {
  readonly name: string
  open(options: EngineOptions): Promise<Result<Storage>>
  /** Puts a backup back into an empty directory. */
  restore(from: string, to: string): Promise<Result<unknown>>
  /** Module whose export `engine` this is: a child process opens it by itself to be killed. */
  readonly module: URL
}

export function codeOf(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.fault.code
}

/** An engine in a directory of its own for every test of a `describe`. */
export class Bench {
  readonly #engine: Engine
  readonly #clock: Clock
  #storage: Storage | undefined
  #root = ''

  constructor(engine: Engine, clock: Clock) {
    this.#engine = engine
    this.#clock = clock
    beforeEach(() => {
      this.#root = mkdtempSync(join(tmpdir(), 'huilian-store-'))
    })
    afterEach(async () => {
      await this.#storage?.close()
      this.#storage = undefined
      rmSync(this.#root, { recursive: true, force: true, maxRetries: 3 })
    })
  }

  get directory(): string {
    return join(this.#root, 'data')
  }

  path(name: string): string {
    return join(this.#root, name)
  }

  async open(tenants: readonly string[] = ['ZJJ'], options: Partial<EngineOptions> = {}): Promise<Storage> {
    await this.#storage?.close()
    this.#storage = must(await this.#engine.open({ directory: this.directory, clock: this.#clock, ...options }))
    for (const tenant of tenants) must(await this.#storage.openTenant(tenant))
    return this.#storage
  }
}
