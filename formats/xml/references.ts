// References in text and attribute values: the five predefined entities and character references, nothing else (XML 1.0, 4.1 and 4.6).
import type { FaultArgs, FaultCode } from '#kernel/fault.ts'
import { isAllowed } from './characters.ts'

const predefined: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

export type ReferenceTrouble = { readonly code: FaultCode; readonly offset: number; readonly args: FaultArgs }

/** The text with its references resolved, or what is wrong at which offset in it. */
export function resolveReferences(raw: string): string | ReferenceTrouble {
  let text = ''
  let from = 0
  for (let at = raw.indexOf('&'); at >= 0; at = raw.indexOf('&', from)) {
    const form = /&(?:([A-Za-z_][\w.-]*)|#(\d+)|#x([\dA-Fa-f]+));/y
    form.lastIndex = at
    const match = form.exec(raw)
    if (!match) return { code: 'xml.bad-ampersand', offset: at, args: {} }
    const [whole, name, decimal, hexadecimal] = match
    const meaning = name === undefined ? characterOf(decimal ?? hexadecimal!, decimal === undefined ? 16 : 10) : entity(name)
    if (meaning === undefined) {
      const short = whole.slice(0, 40)
      const code = name === undefined ? 'xml.bad-character-reference' : 'xml.entity-unknown'
      return { code, offset: at, args: name === undefined ? { reference: short } : { name: short.slice(1).replace(';', '') } }
    }
    text += raw.slice(from, at) + meaning
    from = at + whole.length
  }
  return from === 0 ? raw : text + raw.slice(from)
}

function entity(name: string): string | undefined {
  return Object.hasOwn(predefined, name) ? predefined[name] : undefined
}

function characterOf(digits: string, base: number): string | undefined {
  const codePoint = Number.parseInt(digits, base)
  return isAllowed(codePoint) ? String.fromCodePoint(codePoint) : undefined
}
