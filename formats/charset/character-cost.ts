// How surprising a character is in a message of a Chinese hospital: -ln of a rough probability. Rare in one reading and common in the other decides a charset.
import { commonCharacters } from './common-characters.ts'
import { decodeGb18030 } from './gb18030.ts'

/** Costs are kept in tenths, so that a table of bytes can hold them. */
export const costUnit = 10

const cost = {
  common: 67,
  level1: 95,
  level2: 122,
  ideograph: 154,
  punctuation: 80,
  symbol: 85,
  letter: 110,
  foreign: 200,
  control: 200,
  private: 180,
}

/** A letter of another script after one of the same block: Uyghur, Tibetan or Russian names come in words, mistaken bytes do not. */
export const foreignCost = cost.foreign
export const foreignNextCost = 60

/** A single Chinese character between ASCII letters or digits pays this on top: `37°C` is likelier than `37掳C`. */
export const loneIdeographCost = 35

/** An ASCII byte that only one of two readings leaves as it is. */
export const asciiCost = 35

/** A byte that starts no character: the text is damaged there. */
export const damageCost = 200

/** [first, last, cost]; later rows win. Blocks of Unicode as far as they tell one reading from the other. */
const blocks: readonly (readonly [number, number, number])[] = [
  [0x0000, 0xffff, cost.foreign],
  [0x0080, 0x009f, cost.control],
  [0x00c0, 0x00ff, cost.letter],
  [0x0391, 0x03c9, cost.letter],
  [0x2010, 0x203f, cost.punctuation],
  [0x2100, 0x22ff, 100],
  [0x2460, 0x2473, 100],
  [0x2500, 0x25ff, 130],
  [0x3000, 0x3011, cost.punctuation],
  [0x3400, 0x9fff, cost.ideograph],
  [0xe000, 0xf8ff, cost.private],
  [0xff01, 0xff5e, cost.punctuation],
]

const clinicalSymbols = '°±×÷·µμαβγδ²³½℃≤≥→↑↓％‰Ⅰ①√～—…“”‘’'

/** Cost of every character of the Basic Multilingual Plane, in tenths. */
export function characterCosts(): Uint8Array {
  const costs = new Uint8Array(0x10000)
  for (const [first, last, tenths] of blocks) costs.fill(tenths, first, last + 1)
  for (const character of gb2312Rows(0xd8, 0xf7)) costs[character.charCodeAt(0)] = cost.level2
  for (const character of gb2312Rows(0xb0, 0xd7)) costs[character.charCodeAt(0)] = cost.level1
  for (const character of commonCharacters) costs[character.charCodeAt(0)] = cost.common
  for (const character of clinicalSymbols) costs[character.charCodeAt(0)] = cost.symbol
  return costs
}

/** Beyond the Basic Multilingual Plane: rare ideographs of names, or the improbable rest. */
export function supplementaryCost(codePoint: number): number {
  return codePoint >= 0x20000 && codePoint <= 0x323af ? cost.ideograph : cost.private
}

/** A four-byte code of GB 18030 by its distance from U+10000; below that lie the rarer ideographs of the basic plane. */
export function fourByteCost(beyondBasic: number): number {
  return beyondBasic < 0 ? cost.ideograph : supplementaryCost(0x10000 + beyondBasic)
}

/** Rows of GB 2312: level 1 (the 3,755 common characters) is 0xB0 to 0xD7, level 2 (3,008 more) is 0xD8 to 0xF7. */
function gb2312Rows(first: number, last: number): string {
  const bytes: number[] = []
  for (let lead = first; lead <= last; lead++) {
    for (let trail = 0xa1; trail <= (lead === 0xd7 ? 0xf9 : 0xfe); trail++) bytes.push(lead, trail)
  }
  return decodeGb18030(Uint8Array.from(bytes)) ?? ''
}
