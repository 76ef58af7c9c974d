// Versions that were read lately, by key: a version never changes, so what is kept here is true at any time. Two generations: when the young one is
// full it becomes the old one, and what nobody asked for since is forgotten.
import type { StoredVersion } from '#kernel/ports/storage.ts'

/** Of each generation of one connection. */
const bodyBytesMax = 8 * 1024 * 1024
/** What a version takes beside its body, roughly. */
const versionBytes = 300

export class KeptVersions {
  #young = new Map<number, StoredVersion>()
  #old = new Map<number, StoredVersion>()
  #youngBytes = 0

  find(key: number): StoredVersion | undefined {
    const young = this.#young.get(key)
    if (young) return young
    const old = this.#old.get(key)
    if (old) this.keep(key, old)
    return old
  }

  keep(key: number, version: StoredVersion): void {
    const bytes = version.body.length + versionBytes
    if (bytes > bodyBytesMax / 8) return
    if (this.#youngBytes + bytes > bodyBytesMax) {
      this.#old = this.#young
      this.#young = new Map()
      this.#youngBytes = 0
    }
    this.#young.set(key, version)
    this.#youngBytes += bytes
  }
}
