// Unsigned integers in as few bytes as they need: seven bits each, lowest first, the top bit set on all but the last (LEB128).

export function varintBytes(value: number): number {
  let bytes = 1
  for (; value >= 128; bytes++) value = Math.floor(value / 128)
  return bytes
}

/** Returns the place after it. */
export function writeVarint(space: Uint8Array, at: number, value: number): number {
  for (; value >= 128; value = Math.floor(value / 128)) space[at++] = (value % 128) | 128
  space[at++] = value
  return at
}

/** Past the end the bytes count as zero: who reads checks the lengths that come out. */
export function readVarint(bytes: Uint8Array, at: number): number {
  let value = 0
  let factor = 1
  for (let shift = 0; shift < 8; shift++) {
    const byte = bytes[at++] ?? 0
    value += (byte & 127) * factor
    if (byte < 128) break
    factor *= 128
  }
  return value
}
