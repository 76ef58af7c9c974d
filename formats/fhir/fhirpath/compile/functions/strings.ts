// String manipulation (FHIRPath sections String Manipulation and Additional String Functions). Positions count characters, not UTF-16 units.
import { Buffer } from 'node:buffer'
import { Regex } from '../../regex/regex.ts'
import { Trouble } from '../../trouble.ts'
import { type Item, itemsOf } from '../../values/collection.ts'
import { typeNameOf } from '../../values/node.ts'
import { systemItem } from '../../values/system.ts'
import type { Call, FunctionTable } from '../call.ts'
import { type Expr, systemType } from '../expr.ts'
import { operand, selfDescribing } from '../operands.ts'
import { badArgument, checkLength, type Running, type ScalarFunction, scalar } from '../scalar.ts'
import { escapeHtml, escapeJson, unescapeHtml, unescapeJson } from './escaping.ts'

type Strings = (input: string, args: readonly string[], call: Running) => Item | undefined

/** A function of a string and further strings. */
function strings(count: number, result: ScalarFunction['result'], run: Strings): ReturnType<typeof scalar> {
  return scalar({
    input: 'String',
    args: Array.from({ length: count }, () => 'String' as const),
    result,
    run: (input, args, call) => run(input as string, args as readonly string[], call),
  })
}

/** A function of a string, a regular expression, `count` more strings and the optional flags. */
function matching(
  count: number,
  result: 'Boolean' | 'String',
  run: (input: string, regex: Regex, args: readonly string[], call: Running) => Item,
) {
  return scalar({
    input: 'String',
    args: ['String', ...Array.from({ length: count }, () => 'String' as const), 'String'],
    optional: 1,
    result,
    run: (input, args, call) => {
      const [pattern, ...rest] = args as readonly (string | undefined)[]
      const flags = rest[count] ?? ''
      if (/[^im]/.test(flags)) throw badArgument(call, flags)
      return run(input as string, Regex.of(pattern!, flags, call.at), rest as readonly string[], call)
    },
  })
}

export const stringFunctions: FunctionTable = {
  indexOf: strings(1, 'Integer', (input, [part]) => characterIndex(input, input.indexOf(part!))),
  lastIndexOf: strings(1, 'Integer', (input, [part]) => characterIndex(input, input.lastIndexOf(part!))),
  substring: scalar({
    input: 'String',
    args: ['Integer', 'Integer'],
    optional: 1,
    result: 'String',
    run: (input, [start, length]) => substring(input as string, start as number, length as number | undefined),
  }),
  startsWith: strings(1, 'Boolean', (input, [prefix]) => input.startsWith(prefix!)),
  endsWith: strings(1, 'Boolean', (input, [suffix]) => input.endsWith(suffix!)),
  contains: strings(1, 'Boolean', (input, [part]) => input.includes(part!)),
  upper: strings(0, 'String', input => input.toUpperCase()),
  lower: strings(0, 'String', input => input.toLowerCase()),
  replace: strings(2, 'String', (input, [pattern, substitution], call) => replaced(input, pattern!, substitution!, call)),
  matches: matching(0, 'Boolean', (input, regex, _, call) => regex.test(input, call.evaluation)),
  matchesFull: matching(0, 'Boolean', (input, regex, _, call) => regex.testFull(input, call.evaluation)),
  replaceMatches: matching(1, 'String', (input, regex, [substitution], call) =>
    regex.pattern === '' ? input : regex.replace(input, substitution!, call.evaluation),
  ),
  length: strings(0, 'Integer', input => lengthOf(input)),
  toChars: scalar({ input: 'String', result: 'String', many: true, run: input => [...(input as string)] }),
  trim: strings(0, 'String', input => input.replace(/^[ \t\r\n]+/, '').replace(/(?<![ \t\r\n])[ \t\r\n]+$/, '')),
  split: scalar({
    input: 'String',
    args: ['String'],
    result: 'String',
    many: true,
    run: (input, [separator], call) => split(input as string, separator as string, call),
  }),
  join: { args: [0, 1], compile: compileJoin },
  encode: strings(1, 'String', (input, [format], call) => (encoders[format!] ?? unknownFormat(format!, call))(input)),
  decode: strings(1, 'String', (input, [format], call) => (decoders[format!] ?? unknownFormat(format!, call))(input)),
  escape: strings(1, 'String', (input, [target], call) => (escapers[target!] ?? unknownFormat(target!, call))(input)),
  unescape: strings(1, 'String', (input, [target], call) => (unescapers[target!] ?? unknownFormat(target!, call))(input)),
}

const astral = /[\ud800-\udbff]/

function lengthOf(text: string): number {
  return astral.test(text) ? [...text].length : text.length
}

/** From an index in UTF-16 units to one in characters. */
function characterIndex(text: string, index: number): number {
  return index > 0 && astral.test(text) ? lengthOf(text.slice(0, index)) : index
}

function substring(text: string, start: number, length: number | undefined): string | undefined {
  const characters = astral.test(text) ? [...text] : text
  if (start < 0 || start >= characters.length) return undefined
  const end = length === undefined ? undefined : start + Math.max(length, 0)
  return typeof characters === 'string' ? characters.slice(start, end) : characters.slice(start, end).join('')
}

function replaced(text: string, pattern: string, substitution: string, call: Running): string {
  const parts = pattern === '' ? ['', ...text, ''] : text.split(pattern)
  checkLength(text.length + parts.length * substitution.length, call.at)
  return parts.join(substitution)
}

function split(text: string, separator: string, call: Running): Item[] {
  const parts = separator === '' ? [...text] : text.split(separator)
  call.evaluation.spend(parts.length)
  return parts
}

function compileJoin({ compiler, input, args, scope, name, at }: Call): Expr {
  const run = selfDescribing(input)
  const separator = args[0] ? operand(compiler.argument(args[0], scope), name, at) : () => ''
  return {
    type: systemType('String'),
    single: true,
    ordered: true,
    run: (focus, evaluation) => {
      const items = itemsOf(run(focus, evaluation))
      const between = separator(focus, evaluation) ?? ''
      const texts = items.map(item => systemItem(item)).filter(value => value !== undefined)
      const wrong = texts.find(value => typeof value !== 'string')
      if (wrong !== undefined) throw new Trouble('fhirpath.input-type', at, { name, type: typeNameOf(wrong) })
      checkLength(
        (texts as string[]).reduce((sum, text) => sum + text.length + String(between).length, 0),
        at,
      )
      return texts.length === 0 ? undefined : texts.join(String(between))
    },
  }
}

const encoders: Readonly<Record<string, (text: string) => string>> = {
  hex: text => Buffer.from(text).toString('hex'),
  base64: text => Buffer.from(text).toString('base64'),
  urlbase64: text => Buffer.from(text).toString('base64').replaceAll('+', '-').replaceAll('/', '_'),
  ascii: text => text.replace(/[^\x00-\x7f]/gu, '?'),
}

const decoders: Readonly<Record<string, (text: string) => string | undefined>> = {
  hex: text => (/^(?:[0-9a-fA-F]{2})*$/.test(text) ? decoded(Buffer.from(text, 'hex')) : undefined),
  base64: text => (/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text) ? decoded(Buffer.from(text, 'base64')) : undefined),
  urlbase64: text => (/^[A-Za-z0-9_\-\s]*={0,2}\s*$/.test(text) ? decoded(Buffer.from(text, 'base64url')) : undefined),
}

/** Bytes that are no UTF-8 have no string: the result is empty. */
function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const escapers: Readonly<Record<string, (text: string) => string>> = { html: escapeHtml, json: escapeJson }
const unescapers: Readonly<Record<string, (text: string) => string>> = { html: unescapeHtml, json: unescapeJson }

function unknownFormat(format: string, call: Running): never {
  throw badArgument(call, format)
}
