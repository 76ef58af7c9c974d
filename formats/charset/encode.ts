// Text → bytes in the character set an answer or a forwarded message is due in.
import iconv from 'iconv-lite'
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { CharsetName } from './names.ts'

/** Highest code point a one-byte character set holds. */
const oneByteMax: Readonly<Partial<Record<CharsetName, number>>> = { 'us-ascii': 0x7f, 'iso-8859-1': 0xff }

/**
 * @returns fault `charset.unencodable` where the character set lacks a character (or the text holds half a surrogate pair), `at` its index in UTF-16 units
 */
export function encode(text: string, charset: CharsetName): Result<Buffer> {
  const utf8 = Buffer.from(text, 'utf8')
  // As many bytes as characters: all of it is ASCII, and every character set here agrees on that.
  if (utf8.length === text.length) return ok(utf8)
  const max = oneByteMax[charset]
  if (max !== undefined) return encodeOneByte(text, charset, max)
  if (!text.isWellFormed()) return unencodable(text, halfPairAt(text), charset)
  return ok(charset === 'utf-8' ? utf8 : iconv.encode(text, 'gb18030'))
}

function encodeOneByte(text: string, charset: CharsetName, max: number): Result<Buffer> {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) > max) return unencodable(text, at, charset)
  }
  return ok(Buffer.from(text, 'latin1'))
}

function unencodable(text: string, at: number, charset: CharsetName): Result<never> {
  const codePoint = text.codePointAt(at)!.toString(16).toUpperCase().padStart(4, '0')
  return failed(fault('charset.unencodable', { at: String(at), args: { character: `U+${codePoint}`, charset } }))
}

function halfPairAt(text: string): number {
  let at = 0
  for (const character of text) {
    if (!character.isWellFormed()) return at
    at += character.length
  }
  return -1
}
