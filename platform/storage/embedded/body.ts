// A stored body: one version as bytes in a chunk. A chunk explains itself without its tables: the head of each body is `Type/id`.
// Layout: bytes of the rest (varint), checksum of what follows it (4 bytes), coding byte, operation byte, version, bytes of the head, bytes of head
// and body (varints), payload.
import { readFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import type { ByteWriter } from './byte-writer.ts'
import { Lz4 } from './lz4.ts'
import { readVarint, varintBytes } from './varint.ts'

export type Operation = 'create' | 'update' | 'delete'
export const operations: readonly Operation[] = ['create', 'update', 'delete']

export type BodyHead = { readonly type: string; readonly id: string; readonly version: number; readonly op: Operation }
export type StoredBody = BodyHead & { readonly body: Buffer }

/** Coding byte: low nibble how the payload is written, high nibble with which dictionary (0 is none). The high half of the operation byte is for a key. */
const plain = 0
const lz4 = 1
const dictionaryNow = 1
const packedCoding = (dictionaryNow << 4) | lz4
/** In the coding byte of a text: a checksum follows. The first texts had none. */
const summed = 8

const sumBytes = 4
const coders = new Map<number, Lz4>()

/** Writes a stored body to the end of `out`; returns its size in bytes. */
export function printStored(head: BodyHead, body: string, out: ByteWriter): number {
  const name = `${head.type}/${head.id}`
  const { text, block } = coder(dictionaryNow)!.compress(name + body)
  const smaller = block.length < text.length
  const payload = smaller ? block : text
  const nameBytes = Buffer.byteLength(name)
  const start = out.length
  out.varint(sumBytes + 2 + varintBytes(head.version) + varintBytes(nameBytes) + varintBytes(text.length) + payload.length)
  const sumAt = out.length
  for (let i = 0; i < sumBytes; i++) out.byte(0)
  out.byte(smaller ? packedCoding : plain)
  out.byte(operations.indexOf(head.op))
  out.varint(head.version)
  out.varint(nameBytes)
  out.varint(text.length)
  out.bytes(payload)
  out.patchWord(sumAt, crc32(out.since(sumAt + sumBytes)))
  return out.length - start
}

/** One stored body and where the next begins; undefined when it is damaged. Without `whole` only the head is read and `body` is empty. */
export function readStored(bytes: Uint8Array, start = 0, whole = true): { readonly stored: StoredBody; readonly end: number } | undefined {
  let at = start
  const next = () => {
    const value = readVarint(bytes, at)
    at += varintBytes(value)
    return value
  }
  const end = next() + at
  if (end > bytes.length || at + sumBytes > end) return undefined
  const sum = readWord(bytes, at)
  at += sumBytes
  if (crc32(bytes.subarray(at, end)) !== sum) return undefined
  const coding = bytes[at++]!
  const op = operations[bytes[at++]! & 15]
  const version = next()
  const nameBytes = next()
  const textBytes = next()
  const payload = bytes.subarray(at, end)
  const text = coding === plain ? payload : coder(coding >> 4)?.expand(payload, whole ? textBytes : nameBytes)
  if (!text || !op || text.length < nameBytes) return undefined
  const name = textOf(text, nameBytes)
  const slash = name.indexOf('/')
  const body = whole ? Buffer.from(text.subarray(nameBytes)) : Buffer.alloc(0)
  return { stored: { type: name.slice(0, slash), id: name.slice(slash + 1), version, op, body }, end }
}

/** A text kept beside a version (facts): coding byte, checksum of it and of what follows (4 bytes), bytes of the text (varint), payload; nothing for an empty text. */
export function printText(text: string, out: ByteWriter): number {
  if (text === '') return 0
  const start = out.length
  const packed = coder(dictionaryNow)!.compress(text)
  const smaller = packed.block.length < packed.text.length
  const coding = summed | (smaller ? packedCoding : plain)
  out.byte(coding)
  const sumAt = out.length
  for (let i = 0; i < sumBytes; i++) out.byte(0)
  out.varint(packed.text.length)
  out.bytes(smaller ? packed.block : packed.text)
  out.patchWord(sumAt, crc32(out.since(sumAt + sumBytes), coding))
  return out.length - start
}

/** Undefined when it is damaged. */
export function readText(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return ''
  const coding = bytes[0]! & ~summed
  let at = 1
  if (coding !== bytes[0]) {
    if (bytes.length < at + sumBytes || crc32(bytes.subarray(at + sumBytes), bytes[0]!) !== readWord(bytes, at)) return undefined
    at += sumBytes
  }
  const length = readVarint(bytes, at)
  if (length > 256 * bytes.length) return undefined
  const payload = bytes.subarray(at + varintBytes(length))
  const text = coding === plain ? payload : coder(coding >> 4)?.expand(payload, length)
  return text?.length === length ? textOf(text, length) : undefined
}

function readWord(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
}

function coder(dictionary: number): Lz4 | undefined {
  let found = coders.get(dictionary)
  if (!found && dictionary > 0 && dictionary <= dictionaryNow) {
    found = new Lz4(readFileSync(new URL(`./dictionaries/${dictionary}.bin`, import.meta.url)))
    coders.set(dictionary, found)
  }
  return found
}

function textOf(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, length).toString()
}
