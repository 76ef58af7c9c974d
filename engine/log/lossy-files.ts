// A disk in memory that forgets what was not made durable, as a power cut does: writes since the last sync are lost, kept or torn at random, and so are
// names of files whose directory was not synced. It can also refuse: full, or failing to sync.
import type { FilePort, OpenFile } from './file-port.ts'

/** Whole numbers from 0 to below `n`; seeded by the test. */
export type Dice = (n: number) => number

type Change = { readonly at: number; readonly bytes: Uint8Array }
type Stored = { durable: Uint8Array; content: Uint8Array; unsynced: Change[]; named: boolean }

/** What the next write does: fails before anything, after some bytes, or after all of them when it should become durable. */
export type Refusal = { readonly code: 'ENOSPC' | 'EIO'; readonly after: 'nothing' | 'part' | 'all' }

export class LossyFiles implements FilePort {
  readonly #dice: Dice
  #files = new Map<string, Stored>()
  #removed = new Map<string, Stored>()
  #generation = 0
  /** Calls until the power is cut; then every call fails and nothing more is kept. */
  #callsLeft = Number.POSITIVE_INFINITY
  #refusal: Refusal | undefined

  constructor(dice: Dice) {
    this.#dice = dice
  }

  cutPowerAfter(calls: number): void {
    this.#callsLeft = calls
  }

  refuseNextWrite(refusal: Refusal): void {
    this.#refusal = refusal
  }

  /** The disk after the power came back. */
  restart(): void {
    for (const [path, file] of this.#removed) if (this.#dice(2) === 0) this.#files.set(path, file)
    this.#removed.clear()
    for (const [path, file] of [...this.#files]) {
      if (!file.named && this.#dice(2) === 0) this.#files.delete(path)
      else this.#files.set(path, { ...this.#survivor(file), named: true })
    }
    this.#generation++
    this.#callsLeft = Number.POSITIVE_INFINITY
    this.#refusal = undefined
  }

  /** Changes a byte that was durable, as a failing disk does. */
  damage(path: string, at: number): void {
    const file = this.#files.get(path)!
    file.durable[at]! ^= 0xff
    file.content = file.durable.slice()
  }

  get paths(): string[] {
    return [...this.#files.keys()].sort()
  }

  contentOf(path: string): Uint8Array {
    return this.#files.get(path)!.content
  }

  async makeDirectory(): Promise<void> {
    this.#call()
  }

  async list(path: string): Promise<string[]> {
    this.#call()
    return this.paths.filter(name => name.startsWith(`${path}/`)).map(name => name.slice(path.length + 1))
  }

  async create(path: string): Promise<OpenFile> {
    this.#call()
    if (this.#files.has(path)) throw Object.assign(new Error('exists'), { code: 'EEXIST' })
    this.#files.set(path, { durable: new Uint8Array(), content: new Uint8Array(), unsynced: [], named: false })
    return this.#openFile(path)
  }

  async open(path: string): Promise<OpenFile> {
    this.#call()
    if (!this.#files.has(path)) throw Object.assign(new Error('no such file'), { code: 'ENOENT' })
    return this.#openFile(path)
  }

  async remove(path: string): Promise<void> {
    this.#call()
    const file = this.#files.get(path)
    if (!file) throw Object.assign(new Error('no such file'), { code: 'ENOENT' })
    this.#files.delete(path)
    if (file.named) this.#removed.set(path, file)
  }

  async syncDirectory(path: string): Promise<void> {
    this.#call()
    for (const [name, file] of this.#files) if (name.startsWith(`${path}/`)) file.named = true
    this.#removed.clear()
  }

  #openFile(path: string): OpenFile {
    const generation = this.#generation
    const file = () => {
      if (generation !== this.#generation) throw new Error('this file was opened before the power cut')
      this.#call()
      return this.#files.get(path)!
    }
    return {
      size: async () => file().content.length,
      read: async (into, at) => {
        const part = file().content.subarray(at, at + into.length)
        into.set(part)
        return part.length
      },
      write: async (chunks, at) => {
        await this.#write(file(), Buffer.concat(chunks), at)
        this.#sync(file())
      },
      truncate: async length => {
        const stored = file()
        stored.content = stored.content.slice(0, length)
        this.#sync(stored)
      },
      close: async () => undefined,
    }
  }

  async #write(file: Stored, bytes: Uint8Array, at: number): Promise<void> {
    const refusal = this.#refusal
    this.#refusal = undefined
    const length = refusal?.after === 'nothing' ? 0 : refusal?.after === 'part' ? this.#dice(bytes.length) : bytes.length
    const change = { at, bytes: bytes.slice(0, length) }
    file.unsynced.push(change)
    file.content = applied(file.content, change)
    if (refusal) throw Object.assign(new Error(refusal.code), { code: refusal.code })
    await Promise.resolve()
  }

  #sync(file: Stored): void {
    file.durable = file.content.slice()
    file.unsynced = []
  }

  /** Each write that was not synced survives whole, in part, or not at all; whatever the order they were made in. */
  #survivor(file: Stored): Stored {
    let content = file.durable
    for (const change of file.unsynced) {
      const fate = this.#dice(3)
      if (fate === 0) continue
      if (fate === 1) content = applied(content, change)
      else {
        const from = this.#dice(change.bytes.length + 1)
        const to = from + this.#dice(change.bytes.length - from + 1)
        content = applied(content, { at: change.at + from, bytes: change.bytes.slice(from, to) })
      }
    }
    return { durable: content, content: content.slice(), unsynced: [], named: file.named }
  }

  #call(): void {
    if (this.#callsLeft <= 0) throw Object.assign(new Error('the power is cut'), { code: 'EIO' })
    this.#callsLeft--
  }
}

function applied(content: Uint8Array, { at, bytes }: Change): Uint8Array {
  if (bytes.length === 0) return content
  const grown = new Uint8Array(Math.max(content.length, at + bytes.length))
  grown.set(content)
  grown.set(bytes, at)
  return grown
}
