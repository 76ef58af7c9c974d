// UTF-8 as bytes (RFC 3629): how long the character at an offset is, and where a sequence stops being valid.

/** Bytes of the character at `at`: 1 to 4; 0 where no valid character starts (overlong forms and surrogates included). */
export function utf8Length(bytes: Uint8Array, at: number): 0 | 1 | 2 | 3 | 4 {
  const first = bytes[at]!
  if (first < 0x80) return 1
  if (first < 0xc2 || first > 0xf4) return 0
  const second = bytes[at + 1] ?? 0
  if (first < 0xe0) return isContinuation(second) ? 2 : 0
  if (second < secondMin(first) || second > secondMax(first) || !isContinuation(bytes[at + 2] ?? 0)) return 0
  if (first < 0xf0) return 3
  return isContinuation(bytes[at + 3] ?? 0) ? 4 : 0
}

/** Offset of the first byte that starts no valid character; -1 when all is valid. */
export function utf8InvalidAt(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; ) {
    const length = utf8Length(bytes, at)
    if (length === 0) return at
    at += length
  }
  return -1
}

function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf
}

function secondMin(first: number): number {
  return first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
}

function secondMax(first: number): number {
  return first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
}
