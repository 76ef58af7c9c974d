// Documents (CDA, PDF) in the store: coding byte and payload, deflated (RFC 1951) where that makes them smaller.
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { limits } from '#kernel/limits.ts'

const plain = 0
const deflated = 1
/** A small text gains nothing; a large one is worth the fastest level only. */
const level = 1

export function packDocument(bytes: Uint8Array): Uint8Array {
  const packed = deflateRawSync(bytes, { level })
  const smaller = packed.length < bytes.length
  return Buffer.concat([Uint8Array.of(smaller ? deflated : plain), smaller ? packed : bytes])
}

/** Undefined when it is damaged. */
export function unpackDocument(packed: Uint8Array): Buffer | undefined {
  const payload = packed.subarray(1)
  if (packed[0] === plain) return Buffer.from(payload)
  try {
    return inflateRawSync(payload, { maxOutputLength: limits.httpBodyBytesMax })
  } catch {
    return undefined
  }
}
