// How the parts of a name are put together (FHIR HumanName.text): Chinese characters without blanks, family first; other scripts given name first.

const eastAsian = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}·•‧・〇]+$/u
const ideographs = /^[\u4e00-\u9fff]+$/

/** `张` `珅` → `张珅`; `古丽娜尔·阿不都热依木` stays; `DUCK` `DONALD` `D` → `DONALD D DUCK`. */
export function fullName(family: string, given: string, further: string): string {
  // Nearly every name of a Chinese hospital: no more than two parts of common characters.
  if (further === '' && ideographs.test(family) && (given === '' || ideographs.test(given))) return family + given
  const parts = [family, given, further].map(part => part.trim()).filter(part => part !== '')
  if (parts.length > 0 && parts.every(part => eastAsian.test(part))) return parts.join('')
  return [given, further, family]
    .map(part => part.trim())
    .filter(part => part !== '')
    .join(' ')
}
