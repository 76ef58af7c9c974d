// Characters and names of XML 1.0 fifth edition (productions Char, NameStartChar, NameChar; NCName of Namespaces in XML).

/** What may not stand in XML at all, in any form: control characters, halves of surrogate pairs, U+FFFE and U+FFFF. */
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

const controls = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/

/** Offset of the first character that XML does not allow; -1 when all are allowed. */
export function forbiddenAt(text: string): number {
  return text.isWellFormed() && !controls.test(text) ? -1 : text.search(forbidden)
}

export function isAllowed(codePoint: number): boolean {
  if (codePoint < 0x20) return codePoint === 0x09 || codePoint === 0x0a || codePoint === 0x0d
  return codePoint <= 0xd7ff || (codePoint >= 0xe000 && codePoint <= 0xfffd) || (codePoint >= 0x10000 && codePoint <= 0x10ffff)
}

/** `U+000B`, for people. */
export function characterName(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`
}

export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d
}

const starts = 1
const continues = 2
const ascii = new Uint8Array(128)
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz') ascii[character.charCodeAt(0)] = starts
for (const character of '-.0123456789') ascii[character.charCodeAt(0)] = continues

/** End of the name without colon that starts at `from`; `from` itself where none does. */
export function nameEnd(text: string, from: number): number {
  let at = from
  for (;;) {
    const code = text.charCodeAt(at)
    if (code < 128) {
      const kind = ascii[code]!
      if (kind === 0 || (kind === continues && at === from)) return at
      at++
    } else {
      const codePoint = text.codePointAt(at)
      if (codePoint === undefined || !(isNameStart(codePoint) || (at > from && isNameContinuation(codePoint)))) return at
      at += codePoint > 0xffff ? 2 : 1
    }
  }
}

function isNameStart(codePoint: number): boolean {
  return inRanges(codePoint, startRanges)
}

function isNameContinuation(codePoint: number): boolean {
  return codePoint === 0xb7 || (codePoint >= 0x300 && codePoint <= 0x36f) || codePoint === 0x203f || codePoint === 0x2040
}

/** NameStartChar beyond ASCII, as pairs of first and last. */
const startRanges: readonly number[] = [
  ...[0xc0, 0xd6, 0xd8, 0xf6, 0xf8, 0x2ff, 0x370, 0x37d, 0x37f, 0x1fff, 0x200c, 0x200d, 0x2070, 0x218f, 0x2c00, 0x2fef],
  ...[0x3001, 0xd7ff, 0xf900, 0xfdcf, 0xfdf0, 0xfffd, 0x10000, 0xeffff],
]

function inRanges(codePoint: number, ranges: readonly number[]): boolean {
  for (let at = 0; at < ranges.length; at += 2) if (codePoint >= ranges[at]! && codePoint <= ranges[at + 1]!) return true
  return false
}
