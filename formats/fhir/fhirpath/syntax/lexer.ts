// Splits a FHIRPath expression into tokens (lexical elements of the specification and its grammar).
import { Trouble } from '../trouble.ts'

export type Token = {
  readonly kind: 'identifier' | 'delimited' | 'string' | 'number' | 'long' | 'date' | 'dateTime' | 'time' | 'special' | 'symbol' | 'end'
  /** Strings and delimited identifiers: without quotes, escapes resolved. Dates: without the @. */
  readonly text: string
  readonly at: number
}

/** One alternative per kind of token, tried at a position. */
const grammar = new RegExp(
  [
    '(?<space>[ \\t\\r\\n]+|//[^\\r\\n]*)',
    '(?<comment>/\\*(?:[^*]|\\*(?!/))*\\*/)',
    '(?<identifier>[A-Za-z_][A-Za-z0-9_]*)',
    "(?<string>'(?:[^'\\\\]|\\\\[\\s\\S])*')",
    '(?<delimited>`(?:[^`\\\\]|\\\\[\\s\\S])*`)',
    '(?<quoted>"(?:[^"\\\\]|\\\\[\\s\\S])*")',
    '(?<time>@T\\d{2}(?::\\d{2}(?::\\d{2}(?:\\.\\d+)?)?)?)',
    '(?<dateTime>@\\d{4}(?:-\\d{2}(?:-\\d{2})?)?T(?:\\d{2}(?::\\d{2}(?::\\d{2}(?:\\.\\d+)?)?)?(?:Z|[+-]\\d{2}:\\d{2})?)?)',
    '(?<date>@\\d{4}(?:-\\d{2}(?:-\\d{2})?)?)',
    '(?<long>\\d+L(?![A-Za-z0-9_]))',
    '(?<number>\\d+(?:\\.\\d+)?)',
    '(?<special>\\$(?:this|index|total)(?![A-Za-z0-9_]))',
    '(?<symbol>!=|!~|<=|>=|/(?!\\*)|[-+*&|=~<>()[\\]{}.,:%])',
  ].join('|'),
  'y',
)

export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    grammar.lastIndex = at
    const match = grammar.exec(text)
    if (!match) throw new Trouble(unmatched(text, at), at, { found: String.fromCodePoint(text.codePointAt(at)!) })
    const [kind, source] = Object.entries(match.groups!).find(([, value]) => value !== undefined)!
    if (kind !== 'space' && kind !== 'comment') tokens.push(token(kind as Token['kind'], source, at))
    at += source.length
  }
  tokens.push({ kind: 'end', text: '', at: text.length })
  return tokens
}

function unmatched(text: string, at: number) {
  if (text.startsWith('/*', at)) return 'fhirpath.comment-unfinished'
  return /['`"]/.test(text[at]!) ? 'fhirpath.string-unfinished' : 'fhirpath.unexpected'
}

function token(kind: Token['kind'] | 'quoted', source: string, at: number): Token {
  if (kind === 'string' || kind === 'delimited') return { kind, text: withoutEscapes(source.slice(1, -1), at), at }
  // Double quotes delimited identifiers in the first releases; R4's own text still writes %"vs-…".
  if (kind === 'quoted') return { kind: 'delimited', text: withoutEscapes(source.slice(1, -1), at), at }
  if (kind === 'date' || kind === 'dateTime' || kind === 'time') return { kind, text: source.slice(1), at }
  return { kind, text: kind === 'long' ? source.slice(0, -1) : source, at }
}

const escapes: Record<string, string> = { r: '\r', n: '\n', t: '\t', f: '\f' }

/** A backslash before any other character than those of the specification is dropped. */
function withoutEscapes(source: string, at: number): string {
  if (!source.includes('\\')) return source
  const value = source.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, hex?: string, char?: string) =>
    hex === undefined ? (escapes[char!] ?? char!) : String.fromCharCode(Number.parseInt(hex, 16)),
  )
  if (!value.isWellFormed()) throw new Trouble('fhirpath.literal-invalid', at, { found: source })
  return value
}
