// The delimiters a message brings in MSH-1 and MSH-2 (HL7 v2 chapter 2.5.4); `#` as fifth character is the truncation mark of 2.7.
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'

/** Each is one character; all but the first two may be absent (`''`) where MSH-2 is short. */
export type Delimiters = {
  readonly field: string
  readonly component: string
  readonly repetition: string
  readonly escape: string
  readonly subcomponent: string
  readonly truncation: string
}

export const usualDelimiters: Delimiters = { field: '|', component: '^', repetition: '~', escape: '\\', subcomponent: '&', truncation: '' }

/** MSH-2 as it is written. */
export function encodingCharacters(of: Delimiters): string {
  return of.component + of.repetition + of.escape + of.subcomponent + of.truncation
}

/**
 * Reads them from a text whose MSH segment starts at `start`.
 * Usable are printable ASCII characters that are no letters, digits or `"`, all different; an escape character written twice (`^~\\&`, the work of
 * a program that escaped its own configuration) counts once.
 * @returns fault `hl7.bad-delimiters`
 */
export function readDelimiters(text: string, start = 0): Result<Delimiters> {
  // Nearly every message: one comparison, no allocation.
  if (text.startsWith('MSH|^~\\&|', start)) return usual
  const field = text.charAt(start + 3)
  let end = text.indexOf(field, start + 4)
  if (end < 0 || end > start + 10) end = start + 10
  const written = text.slice(start + 3, end)
  const lineEnd = written.search(/[\r\n]/)
  const characters = withoutDoubledEscape(lineEnd < 0 ? written : written.slice(0, lineEnd))
  if (characters.length < 2 || characters.length > 6 || !usable(characters)) {
    return failed(fault('hl7.bad-delimiters', { at: 'MSH[1]-2', args: { delimiters: JSON.stringify(characters) } }))
  }
  const at = (index: number): string => characters.charAt(index)
  return ok({ field, component: at(1), repetition: at(2), escape: at(3), subcomponent: at(4), truncation: at(5) })
}

const usual = ok(usualDelimiters)

function withoutDoubledEscape(characters: string): string {
  return characters.length > 4 && characters[3] === characters[4] ? characters.slice(0, 4) + characters.slice(5) : characters
}

function usable(characters: string): boolean {
  return /^[!#-/:-@[-`{-~]+$/.test(characters) && new Set(characters).size === characters.length
}
