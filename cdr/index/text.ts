// Search text (search.html#string): the form in which two spellings of the same words are equal, kept with the spelling itself for `:exact`.

/** Longer text is cut before it is indexed: nobody searches by the five-hundredth character, and a row must stay small. */
export const indexedCharactersMax = 400

const separator = '\u001f'
const ascii = /^[\x20-\x7e]*$/
const plainHan = /^[\u4e00-\u9fff]+$/
const marks = /\p{M}+/gu
const spaces = /\s+/g
/** The several middle dots of minority names, and the full stop that some systems write instead. */
const hanJoint = /(?<=\p{Script=Han})[\s.·•‧∙⋅・]+(?=\p{Script=Han})/gu
const dots = /[•‧∙⋅・]/g

/** Case, width, accents and runs of spaces do not count; between Chinese characters neither spaces nor middle dots do. */
export function foldText(text: string): string {
  if (plainHan.test(text)) return text
  if (ascii.test(text)) return text.toLowerCase().trim().replace(spaces, ' ')
  return text
    .normalize('NFKD')
    .replace(marks, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(dots, '·')
    .replace(hanJoint, '')
    .replace(spaces, ' ')
    .trim()
}

/** What a string row holds: the folded text, and after a separator the spelling where it differs. Prefix and substring searches meet the first part. */
export function indexedText(text: string): string {
  const spelling = text.slice(0, indexedCharactersMax).replaceAll(separator, ' ')
  const folded = foldText(spelling)
  return folded === spelling ? folded : `${folded}${separator}${spelling}`
}
