// From the bytes of a message to its text: the declaration of MSH-18 is read before anything can be decoded.
import { isAscii, isUtf8 } from 'node:buffer'
import { type Decoded, decode } from '#formats/charset/decode.ts'
import { gbLength } from '#formats/charset/gb18030.ts'
import type { Result } from '#kernel/result.ts'

/** Decodes a message by its bytes and by what MSH-18 declares (formats/charset/decode.ts has the rule and the faults). */
export function decodeMessage(bytes: Uint8Array): Result<Decoded> {
  return isAscii(bytes) ? decode(bytes) : decode(bytes, declaredCharset(bytes))
}

const charsetField = 18
const repetitionOrComponent = /[~^]/

/**
 * MSH-18, first repetition, of a message not yet decoded; `''` when absent. Where the bytes are no UTF-8 they are walked as GB 18030, so that
 * a trail byte that looks like a separator is not taken for one.
 */
export function declaredCharset(bytes: Uint8Array): string {
  const start = findHeader(bytes)
  if (start < 0) return ''
  const separator = bytes[start + 3]!
  const oneByteSteps = isUtf8(bytes)
  let from = 0
  let field = 1
  for (let at = start + 4; at <= bytes.length; ) {
    const byte = bytes[at] ?? 0x0d
    if (byte === separator || byte === 0x0d || byte === 0x0a) {
      field++
      if (field === charsetField) return Buffer.from(bytes.subarray(from, at)).toString('latin1').split(repetitionOrComponent)[0]!
      if (byte !== separator) return ''
      from = at + 1
    }
    at += oneByteSteps || byte < 0x80 ? 1 : gbLength(bytes, at) || 1
  }
  return ''
}

/** Where MSH starts: after blanks, line ends and a byte order mark; -1 when the bytes start otherwise. */
function findHeader(bytes: Uint8Array): number {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  while (at < bytes.length && bytes[at]! <= 0x20) at++
  return bytes[at] === 0x4d && bytes[at + 1] === 0x53 && bytes[at + 2] === 0x48 ? at : -1
}
