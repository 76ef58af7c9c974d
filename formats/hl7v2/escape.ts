// Escape sequences of HL7 v2 (chapter 2.7): \F\ \S\ \T\ \R\ \E\ \P\ for delimiters, \X..\ for bytes, formatting commands of FT.
import { decode, decodeAs } from '#formats/charset/decode.ts'
import type { CharsetName } from '#formats/charset/names.ts'
import type { Delimiters } from './delimiters.ts'

/**
 * The text a raw value means. Delimiter escapes give their character, `\X..\` the characters its bytes are in `charset` (guessed when
 * undefined), `\.br\` and kin line breaks, `\.sk n\` blanks; highlighting and indents are dropped. Everything else that looks like a sequence
 * but is none (a path like `C:\temp`, local `\Z..\`, character-set shifts `\C..\` and `\M..\`) stays as written: nothing is lost silently.
 */
export function unescapeText(raw: string, delimiters: Delimiters, charset?: CharsetName): string {
  const mark = delimiters.escape
  if (mark === '') return raw
  let from = raw.indexOf(mark)
  if (from < 0) return raw
  let text = raw.slice(0, from)
  while (from >= 0) {
    const end = raw.indexOf(mark, from + 1)
    const meaning = end < 0 ? undefined : meaningOf(raw.slice(from + 1, end), delimiters, charset)
    const next = meaning === undefined ? from + 1 : end + 1
    const following = raw.indexOf(mark, next)
    text += (meaning ?? mark) + raw.slice(next, following < 0 ? raw.length : following)
    from = following
  }
  return text
}

/**
 * A value as it must be written between delimiters; `unescapeText` gives it back. Where the delimiters lack an escape character the value
 * is returned unchanged only if it holds no delimiter, else `undefined`: it cannot be written.
 */
export function escapeText(value: string, delimiters: Delimiters): string | undefined {
  let escaped = ''
  let copied = 0
  for (let at = 0; at < value.length; at++) {
    const sequence = sequenceFor(value.charAt(at), delimiters)
    if (sequence === undefined) continue
    if (delimiters.escape === '') return undefined
    escaped += value.slice(copied, at) + delimiters.escape + sequence + delimiters.escape
    copied = at + 1
  }
  return copied === 0 ? value : escaped + value.slice(copied)
}

function sequenceFor(character: string, delimiters: Delimiters): string | undefined {
  switch (character) {
    case delimiters.field:
      return 'F'
    case delimiters.component:
      return 'S'
    case delimiters.repetition:
      return 'R'
    case delimiters.escape:
      return 'E'
    case delimiters.subcomponent:
      return 'T'
    case delimiters.truncation:
      return 'P'
    case '\n':
      return '.br'
    // Line ends and framing bytes would end the segment or the frame.
    case '\r':
      return 'X0D'
    case '\v':
      return 'X0B'
    case '\x1c':
      return 'X1C'
  }
}

function meaningOf(sequence: string, delimiters: Delimiters, charset: CharsetName | undefined): string | undefined {
  switch (sequence) {
    case 'F':
      return delimiters.field
    case 'S':
      return delimiters.component
    case 'R':
      return delimiters.repetition || undefined
    case 'E':
      return delimiters.escape
    case 'T':
      return delimiters.subcomponent || undefined
    case 'P':
      return delimiters.truncation || undefined
    case 'H':
    case 'N':
      return ''
  }
  if (sequence.startsWith('X')) return bytesOf(sequence.slice(1), charset)
  return sequence.startsWith('.') ? formatting(sequence) : undefined
}

function formatting(command: string): string | undefined {
  const match = /^\.(br|ce|fi|nf|(sp|sk|in|ti) ?([+-]?\d{1,2})?)$/.exec(command)
  if (!match) return undefined
  const count = Math.abs(Number(match[3] ?? 1))
  if (match[1] === 'br' || match[1] === 'ce') return '\n'
  if (match[2] === 'sp') return '\n'.repeat(Math.max(1, count))
  return match[2] === 'sk' ? ' '.repeat(count) : ''
}

function bytesOf(digits: string, charset: CharsetName | undefined): string | undefined {
  if (digits.length === 0 || digits.length % 2 !== 0 || !/^[0-9A-Fa-f]+$/.test(digits)) return undefined
  const bytes = Buffer.from(digits, 'hex')
  const read = charset && charset !== 'us-ascii' ? decodeAs(bytes, charset) : decode(bytes)
  return read.ok ? read.value.text : undefined
}
