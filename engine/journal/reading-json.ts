// A JSON message as the intake sees it: parsed, its envelope read by the paths of the channel.
import { parseJson } from '#formats/fhir/json/read.ts'
import { parseTime } from '#formats/hl7v2/parse-time.ts'
import type { MessageTag } from '#kernel/envelope.ts'
import { type Fault, fault, faultText } from '#kernel/fault.ts'
import type { JsonValue } from '#kernel/json.ts'
import type { Channel } from '../channels/channel.ts'
import type { AckLetter, Reading } from './reading.ts'

export type JsonOptions = {
  readonly protect: (value: string) => string
  /** Against the channel's schema. */
  readonly check: (value: JsonValue) => readonly Fault[]
}

export function readJson(bytes: Buffer, channel: Channel, options: JsonOptions): Reading {
  const text = bytes.toString('utf8')
  const parsed = parseJson(bytes)
  return new JsonReading(text, parsed.ok ? parsed.value : null, parsed.ok ? options.check(parsed.value) : [parsed.fault], channel, options)
}

class JsonReading implements Reading {
  readonly application = ''
  readonly charset = 'utf-8'
  readonly text: string
  readonly faults: readonly Fault[]
  readonly #value: JsonValue
  readonly #channel: Channel
  readonly #protect: (value: string) => string

  constructor(text: string, value: JsonValue, faults: readonly Fault[], channel: Channel, options: JsonOptions) {
    this.text = text
    this.#value = value
    this.#channel = channel
    this.#protect = options.protect
    this.faults =
      faults.length > 0 || this.type !== ''
        ? faults
        : [fault('json.field-missing', { at: channel.envelope.type, args: { field: channel.envelope.type } })]
  }

  get facility(): string {
    return this.#channel.facility
  }
  get type(): string {
    return this.#first(this.#channel.envelope.type)
  }
  get controlId(): string {
    return this.#first(this.#channel.envelope.controlId)
  }
  get body(): string {
    return this.text
  }

  /** `2026-11-23 12:04:05`, ISO 8601 or milliseconds. */
  eventTimeMs(places: readonly string[], zone: string): number | undefined {
    const text = [...places, this.#channel.envelope.time].map(place => this.#first(place)).find(value => value !== '') ?? ''
    if (/^\d{13}$/.test(text)) return Number(text)
    const digits = text
      .replace(/(\d{4})-(\d{2})-(\d{2})[ T]?/, '$1$2$3')
      .replace(/:(?=\d{2})/g, '')
      .replace('Z', '+0000')
    return text === '' ? undefined : parseTime(digits, zone)?.fromMs
  }

  missing(): readonly Fault[] {
    return []
  }

  lanes(channel: Channel): { orderKeys: readonly string[]; tags: readonly MessageTag[] } {
    const values = (paths: readonly string[]) =>
      [...new Set(paths.flatMap(path => valuesAt(this.#value, path.split('.'))))].map(this.#protect)
    const tags = (['patient', 'visit', 'order'] as const).flatMap(kind => values(channel.tags[kind]).map(value => ({ kind, value })))
    return { orderKeys: values(channel.orderKey), tags: [...tags, { kind: 'facility', value: channel.facility }] }
  }

  acknowledge(code: AckLetter, faults: readonly Fault[], id: string): Buffer {
    return Buffer.from(
      JSON.stringify({ id, ack: code, faults: faults.map(each => ({ code: each.code, at: each.at, text: faultText(each, 'zh') })) }),
    )
  }

  #first(path: string): string {
    return path === '' ? '' : (valuesAt(this.#value, path.split('.'))[0] ?? '')
  }
}

/** Scalars at a dotted path, through arrays; empty ones left out. */
export function valuesAt(value: JsonValue | undefined, path: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap(item => valuesAt(item, path))
  if (value === null || value === undefined) return []
  if (path.length === 0) return typeof value === 'object' && !('toJSON' in value) ? [] : String(value) === '' ? [] : [String(value)]
  if (typeof value !== 'object' || 'toJSON' in value) return []
  return valuesAt((value as Record<string, JsonValue | undefined>)[path[0]!], path.slice(1))
}
