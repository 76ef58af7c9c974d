// One outbox per destination of every channel: opened with its sender, woken when a commit owes it something.
import { encode } from '#formats/charset/encode.ts'
import type { CharsetName } from '#formats/charset/names.ts'
import { setValue } from '#formats/hl7v2/edit.ts'
import { parseMessage } from '#formats/hl7v2/message.ts'
import { parsePath } from '#formats/hl7v2/path.ts'
import type { Clock } from '#kernel/clock.ts'
import { fault } from '#kernel/fault.ts'
import type { MessageLog } from '#kernel/ports/log.ts'
import type { Storage, StoredDelivery } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import type { Channel } from '../channels/channel.ts'
import type { SenderModule } from '../connectors/connector.ts'
import type { Endpoints } from '../connectors/endpoint.ts'
import { httpClient } from '../connectors/http-client.ts'
import { mllpClient } from '../connectors/mllp-client.ts'
import { decodeKept } from '../journal/decode-kept.ts'
import { Outbox, type OutboxTools } from './outbox.ts'

const senders: Readonly<Record<string, SenderModule<never>>> = { mllp: mllpClient, http: httpClient }

export type OutboxesTools = {
  readonly storage: Storage
  readonly log: MessageLog
  readonly clock: Clock
  readonly endpoints: Endpoints
  readonly onDelivered: (channel: Channel, sent: boolean) => void
}

export class Outboxes {
  readonly #outboxes = new Map<string, Outbox>()

  constructor(channels: readonly Channel[], tools: OutboxesTools) {
    for (const channel of channels) {
      for (const destination of channel.destinations) {
        const sender = senders[destination.connector.kind]
        if (!sender) throw new Error(`no sender ${destination.connector.kind}`)
        const { kind: _kind, ...settings } = destination.connector
        const own: OutboxTools = {
          storage: tools.storage,
          clock: tools.clock,
          bytes: delivery => forwardedBytes(delivery, tools),
          onDelivered: (_delivery, outcome) => outcome !== 'retrying' && tools.onDelivered(channel, outcome === 'sent'),
        }
        this.#outboxes.set(
          destination.id,
          new Outbox(channel.tenant, destination, sender.open(settings as never, destination.id, tools.endpoints), own),
        )
      }
    }
  }

  /** After a start everything still owed goes out; later, what a commit named. */
  wake(destinations: readonly string[] = [...this.#outboxes.keys()]): void {
    for (const id of destinations) this.#outboxes.get(id)?.wake()
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#outboxes.values()].map(outbox => outbox.stop()))
  }
}

const controlId = parsePath('MSH-10')!

/** The message as it came, but an HL7 v2 message under a control id of its own, so that the receiver can tell a repeat. */
async function forwardedBytes(delivery: StoredDelivery, tools: OutboxesTools): Promise<Result<Buffer>> {
  const reader = tools.storage.reader({ principal: systemPrincipal('outbox'), tenants: [delivery.tenant] })
  const message = await reader.message(delivery.tenant, delivery.message)
  if (!message.ok) return message
  if (!message.value) return failed(fault('message.unknown', { args: { id: `${delivery.tenant}-${delivery.message}` } }))
  const record = await tools.log.read(delivery.tenant, message.value.position)
  if (!record.ok || message.value.format !== 'hl7v2') return record.ok ? ok(record.value.bytes) : record
  const text = decodeKept(record.value.bytes, message.value.charset)
  if (!text.ok) return text
  const parsed = parseMessage(text.value.text)
  const edited = parsed.ok ? setValue(parsed.value, controlId, delivery.controlId) : parsed
  return edited.ok ? encode(edited.value.text, message.value.charset as CharsetName) : edited
}
