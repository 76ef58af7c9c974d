// Reads expressions and conditions: `PID-13 | PID-40`, `concat('+', XTN.5)`, `PID-3[*] where CX.5 = 'MR'`, `PID-29 is empty and $event != 'A13'`.
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Condition, Expression } from './expression.ts'

const lengthMax = 2_000
const depthMax = 20

/** The fault of a Result here is the reason in words; who reads the plan knows the place. */
export function parseExpression(text: string): Result<Expression, string> {
  return parse(text, parser => parser.expression())
}

export function parseCondition(text: string): Result<Condition, string> {
  return parse(text, parser => parser.condition())
}

class SyntaxTrouble extends Error {}

function parse<T>(text: string, read: (parser: Parser) => T): Result<T, string> {
  if (text.length > lengthMax) return failed(`longer than ${lengthMax} characters`)
  try {
    const parser = new Parser(tokens(text))
    const value = read(parser)
    parser.end()
    return ok(value)
  } catch (thrown) {
    if (thrown instanceof SyntaxTrouble) return failed(`${thrown.message} in \`${text}\``)
    throw thrown
  }
}

type Token = { readonly kind: 'word' | 'literal' | 'variable' | 'alias' | 'sign' | 'end'; readonly text: string }

/** Literals stand in quotes (doubled inside); paths and names are words, brackets of paths included. */
const grammar = /\s*(?:('(?:[^']|'')*')|\$([A-Za-z]\w*)|@([A-Za-z]\w*)|(\.?[A-Za-z_](?:[\w.-]|\[(?:\d+|\*|\+)\])*)|(!=|[|(),=?])|(\S))/gy

function tokens(text: string): Token[] {
  const found: Token[] = []
  grammar.lastIndex = 0
  for (let match = grammar.exec(text); match; match = grammar.exec(text)) {
    const [, literal, variable, alias, word, sign, other] = match
    if (other !== undefined) throw new SyntaxTrouble(`unexpected ${other}`)
    if (literal !== undefined) found.push({ kind: 'literal', text: literal.slice(1, -1).replaceAll("''", "'") })
    else if (variable !== undefined) found.push({ kind: 'variable', text: variable })
    else if (alias !== undefined) found.push({ kind: 'alias', text: alias })
    else if (word !== undefined) found.push({ kind: 'word', text: word })
    else found.push({ kind: 'sign', text: sign! })
  }
  return found
}

const end: Token = { kind: 'end', text: 'the end' }
const keywords = new Set(['and', 'or', 'not', 'in', 'is', 'where', 'matches', 'empty', 'valued'])

class Parser {
  readonly #tokens: readonly Token[]
  #at = 0
  #depth = 0

  constructor(list: readonly Token[]) {
    this.#tokens = list
  }

  end(): void {
    if (this.#at < this.#tokens.length) throw new SyntaxTrouble(`unexpected ${this.#peek.text}`)
  }

  expression(): Expression {
    const items = [this.#single()]
    while (this.#take('|')) items.push(this.#single())
    return items.length === 1 ? items[0]! : { kind: 'alternatives', items }
  }

  condition(): Condition {
    const items = [this.#conjunction()]
    while (this.#takeWord('or')) items.push(this.#conjunction())
    return items.length === 1 ? items[0]! : { kind: 'any', items }
  }

  #conjunction(): Condition {
    const items = [this.#test()]
    while (this.#takeWord('and')) items.push(this.#test())
    return items.length === 1 ? items[0]! : { kind: 'all', items }
  }

  #test(): Condition {
    if (this.#takeWord('not')) return { kind: 'not', item: this.#nested(() => this.#test()) }
    if (this.#take('(')) {
      const inner = this.#nested(() => this.condition())
      this.#expect(')')
      return inner
    }
    return this.#comparison(this.expression())
  }

  #comparison(of: Expression): Condition {
    if (this.#takeWord('is')) {
      const not = this.#takeWord('not')
      if (this.#takeWord('empty')) return negate({ kind: 'empty', of }, not)
      if (this.#takeWord('valued')) return negate({ kind: 'empty', of }, !not)
      throw new SyntaxTrouble('"is" goes with empty or valued')
    }
    if (this.#takeWord('matches')) return { kind: 'matches', of, pattern: this.#word('the name of a pattern') }
    if (this.#take('=')) return { kind: 'in', of, texts: [this.#text()] }
    if (this.#take('!=')) return negate({ kind: 'in', of, texts: [this.#text()] }, true)
    const not = this.#takeWord('not')
    if (this.#takeWord('in')) return negate({ kind: 'in', of, texts: this.#texts() }, not)
    throw new SyntaxTrouble(`a comparison is expected before ${this.#peek.text}`)
  }

  #single(): Expression {
    const token = this.#next()
    if (token.kind === 'literal') return { kind: 'literal', text: token.text }
    if (token.kind === 'variable') return { kind: 'variable', name: token.text }
    if (token.kind === 'alias') return { kind: 'key', alias: token.text }
    if (token.kind !== 'word' || keywords.has(token.text)) throw new SyntaxTrouble(`a value is expected, not ${token.text}`)
    if (this.#take('(')) return { kind: 'call', name: token.text, args: this.#args() }
    if (this.#take('?')) return { kind: 'path', text: token.text, optional: true }
    if (!this.#takeWord('where')) return { kind: 'path', text: token.text }
    return { kind: 'path', text: token.text, where: this.#nested(() => this.#test()) }
  }

  #args(): Expression[] {
    const args: Expression[] = []
    if (this.#take(')')) return args
    do args.push(this.#nested(() => this.expression()))
    while (this.#take(','))
    this.#expect(')')
    return args
  }

  #texts(): (string | { variable: string })[] {
    if (this.#peek.kind === 'variable') return [this.#text()]
    this.#expect('(')
    const texts = [this.#text()]
    while (this.#take(',')) texts.push(this.#text())
    this.#expect(')')
    return texts
  }

  #text(): string | { variable: string } {
    const token = this.#next()
    if (token.kind === 'literal') return token.text
    if (token.kind === 'variable') return { variable: token.text }
    throw new SyntaxTrouble(`a text in quotes is expected, not ${token.text}`)
  }

  #word(what: string): string {
    const token = this.#next()
    if (token.kind !== 'word') throw new SyntaxTrouble(`${what} is expected, not ${token.text}`)
    return token.text
  }

  #nested<T>(read: () => T): T {
    if (++this.#depth > depthMax) throw new SyntaxTrouble(`nested deeper than ${depthMax}`)
    const value = read()
    this.#depth--
    return value
  }

  get #peek(): Token {
    return this.#tokens[this.#at] ?? end
  }

  #next(): Token {
    const token = this.#peek
    this.#at++
    return token
  }

  #take(sign: string): boolean {
    return this.#taken('sign', sign)
  }

  #takeWord(word: string): boolean {
    return this.#taken('word', word)
  }

  #taken(kind: Token['kind'], text: string): boolean {
    if (this.#peek.kind !== kind || this.#peek.text !== text) return false
    this.#at++
    return true
  }

  #expect(sign: string): void {
    if (!this.#take(sign)) throw new SyntaxTrouble(`${sign} is expected before ${this.#peek.text}`)
  }
}

function negate(item: Condition, not: boolean): Condition {
  return not ? { kind: 'not', item } : item
}
