// HL7 v2 as the intake sees it: decoded, header read, segments split, nothing more (HL7 v2 chapter 2).
import type { CharsetName } from '#formats/charset/names.ts'
import { type ackCode, ackModes, buildAck, wantsAck } from '#formats/hl7v2/ack.ts'
import { checkHeader, type Header, messageKind, readHeader, salvageHeader } from '#formats/hl7v2/header.ts'
import { type Message, parseMessage } from '#formats/hl7v2/message.ts'
import { readTime } from '#formats/hl7v2/parse-time.ts'
import { type Path, parsePath, readAll } from '#formats/hl7v2/path.ts'
import { formatTime } from '#formats/hl7v2/time.ts'
import type { MessageTag } from '#kernel/envelope.ts'
import { type Fault, fault } from '#kernel/fault.ts'
import type { Channel } from '../channels/channel.ts'
import { decodeKept } from './decode-kept.ts'
import type { AckLetter, Reading } from './reading.ts'

export type Hl7Options = {
  /** Charset to decode with whatever the bytes say (re-decoding a kept message); empty or undefined: what the bytes are. */
  readonly charset?: string
  /** Keyed hash of values that must not stand readable in the store. */
  readonly protect: (value: string) => string
}

/** Reads as far as it goes: a message that cannot be decoded still gives the header that its refusal must name. */
export function readHl7(bytes: Buffer, framing: Fault | undefined, options: Hl7Options): Hl7Reading {
  if (framing) return new Hl7Reading(salvageHeader(bytes), undefined, '', undefined, [framing], options)
  const decoded = decodeKept(bytes, options.charset ?? '')
  if (!decoded.ok) return new Hl7Reading(salvageHeader(bytes), undefined, '', undefined, [decoded.fault], options)
  const { text, charset } = decoded.value
  const header = readHeader(text)
  if (!header.ok) return new Hl7Reading(undefined, undefined, text, charset, [header.fault], options)
  const message = parseMessage(text, { charset })
  const faults = [...checkHeader(header.value), ...(message.ok ? [] : [message.fault])]
  return new Hl7Reading(header.value, message.ok ? message.value : undefined, text, charset, faults, options)
}

class Hl7Reading implements Reading {
  readonly text: string
  readonly charset: string
  readonly faults: readonly Fault[]
  readonly #header: Header | undefined
  readonly #message: Message | undefined
  readonly #charset: CharsetName | undefined
  readonly #protect: (value: string) => string

  constructor(
    header: Header | undefined,
    message: Message | undefined,
    text: string,
    charset: CharsetName | undefined,
    faults: readonly Fault[],
    options: Hl7Options,
  ) {
    this.#header = header
    this.#message = message
    this.#charset = charset
    this.#protect = options.protect
    this.text = text
    this.charset = charset ?? ''
    this.faults = faults
  }

  get application(): string {
    return this.#header?.sendingApplication ?? ''
  }
  get facility(): string {
    return this.#header?.sendingFacility ?? ''
  }
  get type(): string {
    return this.#header ? messageKind(this.#header) : ''
  }
  get controlId(): string {
    return this.#header?.controlId ?? ''
  }

  /** The text without MSH-7. */
  get body(): string {
    const window = this.#message?.header.fieldWindow(7)
    return window ? this.text.slice(0, window.from) + this.text.slice(window.to) : this.text
  }

  eventTimeMs(places: readonly string[], zone: string): number | undefined {
    for (const place of places) {
      const path = pathOf(place)
      const segment = this.#message?.segment(path.segment)
      const time = segment ? readTime(segment, zone, path.field) : undefined
      if (time?.ok && time.value) return time.value.fromMs
    }
    return undefined
  }

  missing(required: readonly string[]): readonly Fault[] {
    const message = this.#message
    if (!message) return []
    return required.filter(name => message.find(name) < 0).map(segment => fault('hl7.segment-missing', { at: segment, args: { segment } }))
  }

  lanes(channel: Channel): { orderKeys: readonly string[]; tags: readonly MessageTag[] } {
    if (!this.#message) return { orderKeys: [], tags: [] }
    const values = (texts: readonly string[]) =>
      [...new Set(texts.flatMap(text => readAll(this.#message!, pathOf(text))))].map(this.#protect)
    const tags = (['patient', 'visit', 'order'] as const).flatMap(kind => values(channel.tags[kind]).map(value => ({ kind, value })))
    return { orderKeys: values(channel.orderKey), tags: [...tags, { kind: 'facility', value: this.facility }] }
  }

  acknowledge(code: AckLetter, faults: readonly Fault[], id: string, nowMs: number): Buffer {
    const modes = this.#header ? ackModes(this.#header) : undefined
    if (modes?.enhanced && !wantsAck(modes.accept, code === 'AA')) return Buffer.alloc(0)
    const letter = modes?.enhanced ? (code.replace('A', 'C') as ReturnType<typeof ackCode>) : code
    return buildAck({
      header: this.#header,
      code: letter,
      controlId: id,
      time: formatTime(nowMs, 'Asia/Shanghai'),
      faults,
      charset: this.#charset,
    }).bytes
  }
}

const paths = new Map<string, Path>()

/** Paths of channel.yaml were checked when the channel was loaded (channels/check.ts). */
function pathOf(text: string): Path {
  let path = paths.get(text)
  if (!path) {
    path = parsePath(text)
    if (!path) throw new Error(`not an HL7 path: ${text}`)
    paths.set(text, path)
  }
  return path
}
