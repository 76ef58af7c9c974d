// The XML declaration (XML 1.0, 2.8) and, from the bytes of a document, the encoding it names.
import { type Decoded, decode } from '#formats/charset/decode.ts'
import type { Result } from '#kernel/result.ts'

const space = '[ \\t\\r\\n]+'
const equals = '[ \\t\\r\\n]*=[ \\t\\r\\n]*'
const encodingName = '[A-Za-z][A-Za-z0-9._-]*'
const form = new RegExp(
  `^<\\?xml${space}version${equals}(?:"1\\.[0-9]+"|'1\\.[0-9]+')` +
    `(?:${space}encoding${equals}(?:"(${encodingName})"|'(${encodingName})'))?` +
    `(?:${space}standalone${equals}(?:"(?:yes|no)"|'(?:yes|no)'))?[ \\t\\r\\n]*\\?>`,
)

/** Length of the declaration at the start of a text: 0 when there is none, -1 when it is not well-formed. */
export function declarationLength(text: string): number {
  if (!/^<\?xml[ \t\r\n?]/.test(text)) return 0
  return form.exec(text)?.[0].length ?? -1
}

const declarationBytesMax = 400

/** Decodes a document by its bytes and by the encoding it declares (UTF-8 where it declares none); formats/charset/decode.ts has rule and faults. */
export function decodeXml(bytes: Uint8Array): Result<Decoded> {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const head = Buffer.from(bytes.subarray(start, start + declarationBytesMax)).toString('latin1')
  const match = form.exec(head)
  return decode(bytes, match?.[1] ?? match?.[2] ?? 'UTF-8')
}
