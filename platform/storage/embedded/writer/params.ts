// Which parameters a version has entries of: a string with one character per entry, the name's number as code point. `:missing` looks for characters in it.

/** Control characters and the surrogate range are jumped over: every name is one well-formed character. */
const first = 0x100
const surrogates = 0xd800
const surrogatesEnd = 0xe000

export function paramCharacter(name: number): string {
  const point = first + name
  return String.fromCodePoint(point < surrogates ? point : point + surrogatesEnd - surrogates)
}

/** The string after some entries closed and others opened. */
export function changeParams(params: string, closes: readonly number[], opens: readonly number[]): string {
  let changed = params
  for (const name of closes) {
    const character = paramCharacter(name)
    const at = changed.indexOf(character)
    if (at >= 0) changed = changed.slice(0, at) + changed.slice(at + character.length)
  }
  for (const name of opens) changed += paramCharacter(name)
  return changed
}
