// The duplicate rule: same sender, facility, control id and body (without MSH-7). Such a message gets the first acknowledgement again and has no effect.
import { hash } from 'node:crypto'
import type { TenantCode } from '#kernel/tenant.ts'

export type First = { readonly seq: number; readonly ack: string }

/** Key of the rule; empty when the sender gave no control id, for then nothing can be told apart. */
export function duplicateKey(sender: string, facility: string, controlId: string, body: string): string {
  return controlId === '' ? '' : hash('sha256', `${sender}\u001f${facility}\u001f${controlId}\u001f${body}`, 'base64url').slice(0, 27)
}

const recentMax = 50_000

/** Keys of messages just received, for the time until the store knows them; a repeat that comes while the first is being written waits for it. */
export class RecentMessages {
  readonly #firsts = new Map<string, Promise<First | undefined>>()

  get(tenant: TenantCode, key: string): Promise<First | undefined> | undefined {
    return this.#firsts.get(`${tenant} ${key}`)
  }

  /** `first` resolves to undefined when the message could not be kept: a repeat is then taken as new. */
  add(tenant: TenantCode, key: string, first: Promise<First | undefined>): void {
    const name = `${tenant} ${key}`
    this.#firsts.set(name, first)
    void first.then(kept => {
      if (!kept) this.#firsts.delete(name)
    })
    if (this.#firsts.size > recentMax) this.#firsts.delete(this.#firsts.keys().next().value!)
  }
}
