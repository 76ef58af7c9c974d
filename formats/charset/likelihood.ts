// Which reading of the same bytes is likelier, UTF-8 or GB 18030: two readers walk abreast and each pays for the characters it sees.
import {
  asciiCost,
  characterCosts,
  costUnit,
  damageCost,
  foreignCost,
  foreignNextCost,
  fourByteCost,
  loneIdeographCost,
  supplementaryCost,
} from './character-cost.ts'
import { fourByteIndex, gbLength, supplementaryIndex, twoByteCodePoints, twoByteIndex } from './gb18030.ts'
import { utf8Length } from './utf8.ts'

/** Beyond this difference of costs (in tenths) no further evidence is read: the odds are e²⁰ to one. */
const certain = 200

/** Tables of 180 KB, made when the first message with a character beyond ASCII arrives. */
let tables: Tables | undefined
type Tables = { readonly costs: Uint8Array; readonly gbCosts: Uint8Array }

/**
 * Log-odds (natural logarithm) that the bytes are UTF-8 rather than GB 18030; negative when GB 18030 is likelier.
 * Works on damaged text too: a byte that starts no character costs as much as a very rare one.
 */
export function utf8LogOdds(bytes: Uint8Array): number {
  tables ??= makeTables()
  const walk = { at: 0, odds: 0 }
  while (Math.abs(walk.odds) <= certain) {
    walk.at = nextBeyondAscii(bytes, walk.at)
    if (walk.at === bytes.length) break
    readRegion(bytes, walk, tables)
  }
  return walk.odds / costUnit
}

/** Both readers go from a byte beyond ASCII to the first ASCII byte where they stand together again. */
function readRegion(bytes: Uint8Array, walk: { at: number; odds: number }, { costs, gbCosts }: Tables): void {
  const start = walk.at
  let odds = walk.odds
  let utf8At = start
  let gbAt = start
  let block = 0
  // Text without any ASCII ends early too, at odds that the reader behind can no longer turn.
  while ((utf8At !== gbAt || (utf8At < bytes.length && bytes[utf8At]! >= 0x80)) && Math.abs(odds) <= 3 * certain) {
    if (utf8At <= gbAt) {
      const length = utf8Length(bytes, utf8At)
      const cost = utf8Cost(bytes, utf8At, length, costs)
      const nextBlock = cost === foreignCost ? bytes[utf8At]! >> 2 : 0
      odds -= nextBlock !== 0 && nextBlock === block ? foreignNextCost : cost
      block = nextBlock
      utf8At += length || 1
    } else {
      const length = gbLength(bytes, gbAt)
      odds += gbCost(bytes, gbAt, length, gbCosts)
      gbAt += length || 1
    }
  }
  if (utf8At - start === 2 && (isLetterOrDigit(bytes[start - 1]) || isLetterOrDigit(bytes[utf8At]))) odds += loneIdeographCost
  walk.at = utf8At
  walk.odds = odds
}

function isLetterOrDigit(byte = 0): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)
}

/** Log-odds that the bytes are Latin-1 rather than GB 18030; Latin-1 holds no Chinese, so every letter beyond ASCII pays for itself. */
export function latin1LogOdds(bytes: Uint8Array): number {
  tables ??= makeTables()
  const { costs, gbCosts } = tables
  let odds = 0
  for (let at = nextBeyondAscii(bytes, 0); at < bytes.length && Math.abs(odds) <= certain; at = nextBeyondAscii(bytes, at)) {
    const length = gbLength(bytes, at)
    odds += gbCost(bytes, at, length, gbCosts)
    for (const end = at + (length || 1); at < end; at++) odds -= bytes[at]! < 0x80 ? asciiCost : costs[bytes[at]!]!
  }
  return odds / costUnit
}

function utf8Cost(bytes: Uint8Array, at: number, length: 0 | 1 | 2 | 3 | 4, costs: Uint8Array): number {
  const first = bytes[at]!
  if (length === 3) return costs[((first & 0x0f) << 12) | ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f)]!
  if (length === 2) return costs[((first & 0x1f) << 6) | (bytes[at + 1]! & 0x3f)]!
  if (length === 1) return asciiCost
  if (length === 0) return damageCost
  return supplementaryCost(
    ((first & 0x07) << 18) | ((bytes[at + 1]! & 0x3f) << 12) | ((bytes[at + 2]! & 0x3f) << 6) | (bytes[at + 3]! & 0x3f),
  )
}

function gbCost(bytes: Uint8Array, at: number, length: 0 | 1 | 2 | 4, gbCosts: Uint8Array): number {
  if (length === 2) return gbCosts[twoByteIndex(bytes[at]!, bytes[at + 1]!)]!
  // The one-byte euro sign 0x80 is a leftover of code page 936, never seen beside Chinese text.
  if (length === 1) return bytes[at]! < 0x80 ? asciiCost : damageCost
  if (length === 0) return damageCost
  return fourByteCost(fourByteIndex(bytes[at]!, bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!) - supplementaryIndex)
}

function nextBeyondAscii(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length && bytes[at]! < 0x80) at++
  return at
}

function makeTables(): Tables {
  const costs = characterCosts()
  return { costs, gbCosts: Uint8Array.from(twoByteCodePoints(), codePoint => costs[codePoint]!) }
}
