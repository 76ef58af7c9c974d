// Bytes → text: UTF-8, GB 18030, ASCII or Latin-1, by what the bytes are rather than by what the sender declares (docs: MSH-18, table 0211).
import { isAscii, isUtf8 } from 'node:buffer'
import { type Fault, fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { decodeGb18030, gbInvalidAt } from './gb18030.ts'
import { latin1LogOdds, utf8LogOdds } from './likelihood.ts'
import { type CharsetName, charsetNamed } from './names.ts'
import { utf8InvalidAt } from './utf8.ts'

export type Decoded = {
  readonly text: string
  readonly charset: CharsetName
  /** Probability that the reading is the right one, 0 to 1; 1 where the bytes allow no other. */
  readonly confidence: number
  /** Another reading that the bytes allow and that is not ruled out: `decodeAs(bytes, alternative)` gives it. */
  readonly alternative?: CharsetName
}

/** What a declaration weighs against the evidence of the characters, as log-odds: senders declare wrongly, though mostly they do not. */
const declarationWeight = 3

/** A reading at least this sure is told without an alternative. */
const sure = 0.9999

/**
 * Reads a message whose declaration may be wrong or absent. A byte order mark is taken off. Order of the decision:
 * pure ASCII; valid as UTF-8 only; valid as GB 18030 only; valid as both: the likelier. Latin-1 is read only where declared.
 * Text that is far likelier damaged UTF-8 than sound GB 18030 is a fault: to read it as GB 18030 would store nonsense.
 * @param declared as the sender wrote it (MSH-18, XML encoding); empty or undefined when nothing is declared
 * @returns faults `charset.undecodable` with the byte offset, `charset.unknown` for other character sets (UTF-16, Big5 …)
 */
export function decode(bytes: Uint8Array, declared?: string): Result<Decoded> {
  const mark = byteOrderMark(bytes)
  if (mark) return mark.charset ? decodeAs(bytes, mark.charset) : failed(fault('charset.unknown', { args: { charset: mark.name } }))
  if (isAscii(bytes)) return ok({ text: latin1Text(bytes), charset: 'us-ascii', confidence: 1 })
  const declaredName = declared ? charsetNamed(declared) : undefined
  const utf8 = isUtf8(bytes)
  if (declared && !declaredName && !utf8) return failed(fault('charset.unknown', { args: { charset: declared } }))
  if (declaredName === 'iso-8859-1' && !utf8) return decodeDeclaredLatin1(bytes)
  return decodeChinese(bytes, utf8, declaredName)
}

/**
 * Reads the bytes as the character set the caller names; a byte order mark of that character set is taken off.
 * @returns fault `charset.undecodable` with the offset of the first byte that starts no valid character
 */
export function decodeAs(bytes: Uint8Array, charset: CharsetName): Result<Decoded> {
  const mark = byteOrderMark(bytes)
  const start = mark?.charset === charset ? mark.length : 0
  const content = start > 0 ? bytes.subarray(start) : bytes
  const text = readers[charset](content)
  if (text !== undefined) return ok({ text, charset, confidence: 1 })
  return failed(undecodable(start + invalidAt[charset](content), charset))
}

const readers: Readonly<Record<CharsetName, (bytes: Uint8Array) => string | undefined>> = {
  'utf-8': bytes => (isUtf8(bytes) ? utf8Text(bytes) : undefined),
  gb18030: decodeGb18030,
  'us-ascii': bytes => (isAscii(bytes) ? latin1Text(bytes) : undefined),
  'iso-8859-1': latin1Text,
}

const invalidAt: Readonly<Record<CharsetName, (bytes: Uint8Array) => number>> = {
  'utf-8': utf8InvalidAt,
  gb18030: gbInvalidAt,
  'us-ascii': bytes => bytes.findIndex(byte => byte >= 0x80),
  'iso-8859-1': () => -1,
}

function decodeChinese(bytes: Uint8Array, utf8: boolean, declared: CharsetName | undefined): Result<Decoded> {
  const odds = utf8LogOdds(bytes) + (declared === 'utf-8' ? declarationWeight : declared === 'gb18030' ? -declarationWeight : 0)
  const confidence = probability(odds)
  if (utf8 && odds >= 0 && confidence >= sure) return ok({ text: utf8Text(bytes), charset: 'utf-8', confidence })
  const gbText = decodeGb18030(bytes)
  if (utf8 && gbText === undefined) return ok({ text: utf8Text(bytes), charset: 'utf-8', confidence: 1 })
  if (utf8 && odds >= 0) return ok({ text: utf8Text(bytes), charset: 'utf-8', confidence, alternative: 'gb18030' })
  if (gbText === undefined || odds >= 0) {
    return failed(odds >= 0 ? undecodable(utf8InvalidAt(bytes), 'utf-8') : undecodable(gbInvalidAt(bytes), 'gb18030'))
  }
  if (!utf8) return ok({ text: gbText, charset: 'gb18030', confidence: 1 })
  return ok(
    confidence >= sure
      ? { text: gbText, charset: 'gb18030', confidence }
      : { text: gbText, charset: 'gb18030', confidence, alternative: 'utf-8' },
  )
}

/** Declared as 8859/1: often the untouched default of a system that sends GB 18030, sometimes the truth. */
function decodeDeclaredLatin1(bytes: Uint8Array): Result<Decoded> {
  const gbText = decodeGb18030(bytes)
  if (gbText === undefined) return ok({ text: latin1Text(bytes), charset: 'iso-8859-1', confidence: 1 })
  const odds = latin1LogOdds(bytes) + declarationWeight
  const confidence = probability(odds)
  return odds >= 0
    ? ok({ text: latin1Text(bytes), charset: 'iso-8859-1', confidence, alternative: 'gb18030' })
    : ok({ text: gbText, charset: 'gb18030', confidence, alternative: 'iso-8859-1' })
}

/** Probability of the likelier of two readings. */
function probability(logOdds: number): number {
  return 1 / (1 + Math.exp(-Math.abs(logOdds)))
}

function undecodable(offset: number, charset: CharsetName): Fault {
  return fault('charset.undecodable', { at: String(offset), args: { offset, charset } })
}

type Mark = { readonly name: string; readonly length: number; readonly charset?: CharsetName }

const marks: readonly (Mark & { readonly bytes: readonly number[] })[] = [
  { name: 'UTF-8', length: 3, charset: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { name: 'GB18030', length: 4, charset: 'gb18030', bytes: [0x84, 0x31, 0x95, 0x33] },
  { name: 'UTF-16', length: 2, bytes: [0xff, 0xfe] },
  { name: 'UTF-16', length: 2, bytes: [0xfe, 0xff] },
  // Without a mark, text that starts with a Latin letter or `<` shows UTF-16 by its zero bytes.
  { name: 'UTF-16', length: 0, bytes: [0x4d, 0x00, 0x53, 0x00] },
  { name: 'UTF-16', length: 0, bytes: [0x00, 0x4d, 0x00, 0x53] },
  { name: 'UTF-16', length: 0, bytes: [0x3c, 0x00] },
  { name: 'UTF-16', length: 0, bytes: [0x00, 0x3c] },
]

function byteOrderMark(bytes: Uint8Array): Mark | undefined {
  const first = bytes[0]!
  // Most messages start with `M` and a letter: two looks settle it.
  if (first > 0x3c && first < 0x80 && bytes[1] !== 0) return undefined
  return marks.find(mark => mark.bytes.every((byte, index) => bytes[index] === byte))
}

function utf8Text(bytes: Uint8Array): string {
  return asBuffer(bytes).toString('utf8')
}

function latin1Text(bytes: Uint8Array): string {
  return asBuffer(bytes).toString('latin1')
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
