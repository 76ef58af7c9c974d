// MLLP framing on bytes: 0x0B content 0x1C 0x0D (HL7 Implementation Guide, appendix C; "Minimal Lower Layer Protocol").
import { type Fault, fault } from '#kernel/fault.ts'
import { limits } from '#kernel/limits.ts'

const startByte = 0x0b
const endByte = 0x1c
const carriageReturn = 0x0d
const lineFeed = 0x0a

export type MllpEvent =
  | { readonly kind: 'frame'; readonly bytes: Buffer }
  /** `bytes` is what arrived, to be kept; of an oversized frame its first `frameBytesMax` bytes. */
  | { readonly kind: 'fault'; readonly fault: Fault; readonly bytes: Buffer }

/** `between` frames; `stray` bytes without a start byte; inside a `frame`; `overflowed`: the rest of the connection is not read any more. */
export type MllpState = 'between' | 'stray' | 'frame' | 'overflowed'

const none: readonly MllpEvent[] = []

/**
 * Cuts a byte stream into frames, however it is chunked. A frame that lies in one chunk is a view of that chunk, others are copied once.
 * 0x1C inside content is content unless 0x0D follows. Line ends between frames are ignored.
 * A start byte followed by `MSH` inside a frame means that the sender began anew: what stood before is told as cut.
 */
export class MllpDecoder {
  readonly #frameBytesMax: number
  #state: MllpState = 'between'
  #pending: Buffer = Buffer.alloc(0)
  #pendingLength = 0

  constructor(frameBytesMax: number = limits.frameBytesMax) {
    this.#frameBytesMax = frameBytesMax
  }

  get state(): MllpState {
    return this.#state
  }

  /** Bytes that wait for the end of their frame (or for a start byte, in state `stray`). */
  get pendingBytes(): number {
    return this.#pendingLength
  }

  push(chunk: Buffer): readonly MllpEvent[] {
    const events: MllpEvent[] = []
    for (let at = 0; at < chunk.length && this.#state !== 'overflowed'; ) {
      at = this.#state === 'frame' ? this.#inFrame(chunk, at, events) : this.#beforeFrame(chunk, at, events)
    }
    return events
  }

  /** The connection closed: what was left unfinished, if anything. */
  close(): readonly MllpEvent[] {
    return this.#abandon(bytes => fault('mllp.frame-cut', { args: { bytes: bytes.length } }))
  }

  /** The connector waited long enough for the rest: what was left unfinished, if anything. */
  expire(idleMs: number): readonly MllpEvent[] {
    return this.#abandon(() => fault('mllp.frame-unfinished', { args: { ms: idleMs } }))
  }

  /** Reads up to the next start byte; like `#inFrame` it returns where to go on. */
  #beforeFrame(chunk: Buffer, from: number, events: MllpEvent[]): number {
    let at = from
    if (this.#state === 'between') while (chunk[at] === carriageReturn || chunk[at] === lineFeed) at++
    const start = chunk.indexOf(startByte, at)
    const end = start < 0 ? chunk.length : start
    if (end > at) {
      this.#state = 'stray'
      if (!this.#keep(chunk, at, end)) return this.#overflow(garbage, chunk, events)
    }
    if (start < 0) return chunk.length
    if (this.#state === 'stray') events.push(strayEvent(this.#take()))
    this.#state = 'frame'
    return start + 1
  }

  #inFrame(chunk: Buffer, from: number, events: MllpEvent[]): number {
    if (this.#pendingLength > 0 && chunk[from] === carriageReturn && this.#pending[this.#pendingLength - 1] === endByte) {
      this.#pendingLength--
      return this.#finish(this.#take(), from + 1, events)
    }
    const end = frameEnd(chunk, from)
    if (end < 0) return this.#keep(chunk, from, chunk.length) ? chunk.length : this.#overflow(tooLarge, chunk, events)
    if (this.#pendingLength === 0 && end - from <= this.#frameBytesMax) return this.#finish(chunk.subarray(from, end), end + 2, events)
    return this.#keep(chunk, from, end) ? this.#finish(this.#take(), end + 2, events) : this.#overflow(tooLarge, chunk, events)
  }

  #finish(content: Buffer, next: number, events: MllpEvent[]): number {
    this.#state = 'between'
    splitAtRestart(content, events)
    return next
  }

  #abandon(reason: (bytes: Buffer) => Fault): readonly MllpEvent[] {
    const state = this.#state
    this.#state = 'between'
    if (state === 'between' || state === 'overflowed') return none
    const bytes = this.#take()
    if (state === 'stray') return [strayEvent(bytes)]
    // Some senders leave out the final carriage return: their frame is whole.
    if (bytes.at(-1) !== endByte) return [{ kind: 'fault', fault: reason(bytes), bytes }]
    const events: MllpEvent[] = []
    splitAtRestart(bytes.subarray(0, -1), events)
    return events
  }

  /** Copies bytes behind the pending ones; false (with as many copied as fit) when the limit is passed. One byte more may wait: the 0x1C of an end. */
  #keep(chunk: Buffer, from: number, to: number): boolean {
    const length = this.#pendingLength + to - from
    const endMayFollow = this.#state === 'frame' && to === chunk.length && chunk[to - 1] === endByte
    const fits = length <= this.#frameBytesMax + (endMayFollow ? 1 : 0)
    const kept = fits ? length : this.#frameBytesMax
    if (kept > this.#pending.length) {
      const grown = Buffer.allocUnsafeSlow(Math.min(Math.max(4096, 2 * kept), this.#frameBytesMax + 1))
      this.#pending.copy(grown, 0, 0, this.#pendingLength)
      this.#pending = grown
    }
    if (kept > this.#pendingLength) chunk.copy(this.#pending, this.#pendingLength, from, from + kept - this.#pendingLength)
    this.#pendingLength = kept
    return fits
  }

  #take(): Buffer {
    const bytes = this.#pending.subarray(0, this.#pendingLength)
    this.#pending = Buffer.alloc(0)
    this.#pendingLength = 0
    return bytes
  }

  #overflow(reason: (bytesMax: number) => Fault, chunk: Buffer, events: MllpEvent[]): number {
    this.#state = 'overflowed'
    events.push({ kind: 'fault', fault: reason(this.#frameBytesMax), bytes: this.#take() })
    return chunk.length
  }
}

/** Content between its framing bytes, as one buffer. */
export function frame(content: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(content.length + 3)
  framed[0] = startByte
  framed.set(content, 1)
  framed[content.length + 1] = endByte
  framed[content.length + 2] = carriageReturn
  return framed
}

function frameEnd(chunk: Buffer, from: number): number {
  let at = chunk.indexOf(endByte, from)
  while (at >= 0 && chunk[at + 1] !== carriageReturn) at = chunk.indexOf(endByte, at + 1)
  return at
}

/** The frame, or the frames of content in which a new one began before the old one ended. */
function splitAtRestart(content: Buffer, events: MllpEvent[]): void {
  let start = 0
  for (let at = content.indexOf(startByte); at >= 0; at = content.indexOf(startByte, at + 1)) {
    if (content[at + 1] !== 0x4d || content[at + 2] !== 0x53 || content[at + 3] !== 0x48) continue
    const before = content.subarray(start, at)
    if (before.at(-1) === endByte) events.push(frameEvent(before.subarray(0, -1)))
    else if (before.length > 0)
      events.push({ kind: 'fault', fault: fault('mllp.frame-cut', { args: { bytes: before.length } }), bytes: before })
    start = at + 1
  }
  events.push(frameEvent(start === 0 ? content : content.subarray(start)))
}

function frameEvent(bytes: Buffer): MllpEvent {
  return bytes.length > 0 ? { kind: 'frame', bytes } : { kind: 'fault', fault: fault('mllp.frame-empty'), bytes }
}

function strayEvent(bytes: Buffer): MllpEvent {
  return { kind: 'fault', fault: garbage(bytes.length), bytes }
}

function garbage(bytes: number): Fault {
  return fault('mllp.garbage-before-frame', { args: { bytes } })
}

function tooLarge(max: number): Fault {
  return fault('mllp.frame-too-large', { args: { max } })
}
