// Character bigrams of search text: 肺炎 finds 社区获得性肺炎, and a name of two characters is found by either. The last character stands alone as well.

export const spellingSeparator = '\u001f'

/** The folded part of a string entry: what prefix and substring searches see. */
export function foldedPart(text: string): string {
  const end = text.indexOf(spellingSeparator)
  return end < 0 ? text : text.slice(0, end)
}

/** Every bigram of the folded part once, with a number for the text so that equal bigrams of two texts are two rows. */
export function grams(text: string): [gram: string, place: number][] {
  const folded = foldedPart(text)
  const place = sumOf(text)
  const characters = [...folded]
  const found = new Set(characters.map((character, i) => character + (characters[i + 1] ?? '')))
  return [...found].map(gram => [gram, place])
}

/** The grams a text that contains `part` must have: whole bigrams, and a prefix where the part is a single character. */
export function gramsOfPart(part: string): string[] {
  const characters = [...part]
  if (characters.length < 2) return characters
  return [...new Set(characters.slice(0, -1).map((character, i) => character + characters[i + 1]!))]
}

/** FNV-1a over UTF-16 units, 32 bits: it only tells apart the texts of one resource. */
function sumOf(text: string): number {
  let sum = 0x811c9dc5
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193)
  return sum >>> 0
}
