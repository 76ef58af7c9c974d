// Decodes kept bytes as they were decoded when they came, or by what they are when nothing is known.
import { type Decoded, decodeAs } from '#formats/charset/decode.ts'
import type { CharsetName } from '#formats/charset/names.ts'
import { decodeMessage } from '#formats/hl7v2/declared-charset.ts'
import type { Result } from '#kernel/result.ts'

export function decodeKept(bytes: Buffer, charset: string): Result<Decoded> {
  return charset === '' ? decodeMessage(bytes) : decodeAs(bytes, charset as CharsetName)
}
