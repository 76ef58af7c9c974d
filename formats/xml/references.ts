// References in text and attribute values: the five predefined entities and character references, nothing else (XML 1.0, 4.1 and 4.6).
import type { FaultArgs, FaultCode } from '#kernel/fault.ts'
import { isAllowed, nameEnd } from './characters.ts'

export type ReferenceTrouble = { readonly code: FaultCode; readonly offset: number; readonly args: FaultArgs }

/** The text with its references resolved, or what is wrong at which offset in it. */
export function resolveReferences(raw: string): string | ReferenceTrouble {
  let at = raw.indexOf('&')
  if (at < 0) return raw
  let text = raw.slice(0, at)
  while (at >= 0) {
    const end = raw.indexOf(';', at)
    const name = end < 0 ? '' : raw.slice(at + 1, end)
    const meaning = predefined(name) ?? characterOf(name)
    if (meaning === undefined) return troubleWith(name, at)
    at = raw.indexOf('&', end)
    text += meaning + raw.slice(end + 1, at < 0 ? raw.length : at)
  }
  return text
}

function predefined(name: string): string | undefined {
  switch (name) {
    case 'lt':
      return '<'
    case 'gt':
      return '>'
    case 'amp':
      return '&'
    case 'quot':
      return '"'
    case 'apos':
      return "'"
  }
}

function characterOf(name: string): string | undefined {
  const digits = /^#(?:(\d+)|x([\dA-Fa-f]+))$/.exec(name)
  if (!digits) return undefined
  const codePoint = digits[1] === undefined ? Number.parseInt(digits[2]!, 16) : Number(digits[1])
  return isAllowed(codePoint) ? String.fromCodePoint(codePoint) : undefined
}

function troubleWith(name: string, offset: number): ReferenceTrouble {
  const shown = name.slice(0, 40)
  if (/^#(\d+|x[\dA-Fa-f]+)$/.test(name)) return { code: 'xml.bad-character-reference', offset, args: { reference: `&${shown};` } }
  if (name !== '' && nameEnd(name, 0) === name.length) return { code: 'xml.entity-unknown', offset, args: { name: shown } }
  return { code: 'xml.bad-ampersand', offset, args: {} }
}
