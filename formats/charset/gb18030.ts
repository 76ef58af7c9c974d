// GB 18030 as bytes: where a byte sequence stops being valid, and which character a two-byte code means (GB 18030-2022, mapping of the WHATWG encoding standard).

const decoder = new TextDecoder('gb18030', { fatal: true })

/** The text, or undefined where the bytes are not valid: `gbInvalidAt` tells where. */
export function decodeGb18030(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

/** Bytes of the character at `at`: 1, 2 or 4; 0 where no valid character starts. */
export function gbLength(bytes: Uint8Array, at: number): 0 | 1 | 2 | 4 {
  const first = bytes[at]!
  if (first <= 0x80) return 1
  if (first === 0xff) return 0
  const second = bytes[at + 1] ?? 0
  if (second >= 0x40) return second === 0x7f || second === 0xff ? 0 : 2
  if (second < 0x30 || second > 0x39) return 0
  const third = bytes[at + 2] ?? 0
  const fourth = bytes[at + 3] ?? 0
  if (third < 0x81 || third > 0xfe || fourth < 0x30 || fourth > 0x39) return 0
  return isMapped(fourByteIndex(first, second, third, fourth)) ? 4 : 0
}

/** Offset of the first byte that starts no valid character; -1 when all is valid. */
export function gbInvalidAt(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; ) {
    const length = gbLength(bytes, at)
    if (length === 0) return at
    at += length
  }
  return -1
}

export function fourByteIndex(first: number, second: number, third: number, fourth: number): number {
  return (((first - 0x81) * 10 + second - 0x30) * 126 + third - 0x81) * 10 + fourth - 0x30
}

/** Four-byte codes are one line of numbers: the rest of the Basic Multilingual Plane, a hole, then U+10000 to U+10FFFF. */
function isMapped(index: number): boolean {
  return index <= 39_419 || (index >= supplementaryIndex && index <= 1_237_575)
}

/** Index of U+10000 among the four-byte codes. */
export const supplementaryIndex = 189_000

const leads = 0xfe - 0x81 + 1
const trails = 0xfe - 0x40 + 1

/** Code points of all two-byte codes by `twoByteIndex`, read once from the runtime's own decoder. */
export function twoByteCodePoints(): Uint16Array {
  const pairs = new Uint8Array(leads * trails * 2)
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const at = 2 * twoByteIndex(lead, trail)
      pairs[at] = lead
      // 0x7f is no trail byte: its place is filled by a neighbour that is.
      pairs[at + 1] = trail === 0x7f ? 0x7e : trail
    }
  }
  const text = decoder.decode(pairs)
  return Uint16Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))
}

export function twoByteIndex(lead: number, trail: number): number {
  return (lead - 0x81) * trails + trail - 0x40
}
