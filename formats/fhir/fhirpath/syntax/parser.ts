// Parses a FHIRPath expression into its syntax tree (grammar of the specification, with its operator precedence).
import { ExactDecimal } from '../../decimal.ts'
import { Trouble } from '../trouble.ts'
import { calendarUnitOf, Quantity } from '../values/quantity.ts'
import { parseTemporal } from '../values/temporal.ts'
import {
  type Argument,
  type Ast,
  type BinaryOperator,
  childrenOf,
  type InstanceMember,
  operatorsByStrength,
  type TypeSpecifier,
} from './ast.ts'
import { type Token, tokenize } from './lexer.ts'

const expressionLengthMax = 65_536
/** Nesting and length of a chain of invocations or operators: each level is a closure in a closure when it runs. */
const expressionDepthMax = 600

const integerMax = 2_147_483_647
const longMax = 9_223_372_036_854_775_807n

/** Words that may not name an element unless they are delimited. */
const reserved = new Set(['and', 'or', 'xor', 'implies', 'div', 'mod', 'true', 'false'])

/** Binding strength of each operator, the loosest first. */
const operatorLevels = new Map(operatorsByStrength.flatMap((operators, level) => operators.map(operator => [operator as string, level])))

/** Throws Trouble on a syntax error. */
export function parse(text: string): Ast {
  if (text.length > expressionLengthMax) throw new Trouble('fhirpath.too-long', 0, { max: expressionLengthMax })
  const ast = new Parser(tokenize(text)).whole()
  checkDepth(ast)
  return ast
}

class Parser {
  readonly #tokens: readonly Token[]
  #next = 0
  #depth = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  whole(): Ast {
    const ast = this.#expression()
    if (this.#peek().kind !== 'end') this.#unexpected()
    return ast
  }

  #expression(): Ast {
    if (++this.#depth > expressionDepthMax) throw new Trouble('fhirpath.too-deep', this.#peek().at, { max: expressionDepthMax })
    const ast = this.#operation(0)
    this.#depth--
    return ast
  }

  /** Precedence climbing: takes operators that bind at least as tightly as `level`. */
  #operation(level: number): Ast {
    let left = this.#unary()
    for (;;) {
      const { kind, text, at } = this.#peek()
      const found = kind === 'symbol' || kind === 'identifier' ? operatorLevels.get(text) : undefined
      if (found === undefined || found < level) return left
      this.#take()
      if (text === 'is' || text === 'as') left = { kind: 'type', at, operator: text, operand: left, type: this.#typeSpecifier() }
      else left = { kind: 'binary', at, operator: text as BinaryOperator, left, right: this.#operation(found + 1) }
    }
  }

  #typeSpecifier(): TypeSpecifier {
    const { at } = this.#peek()
    const names = [this.#identifier()]
    while (this.#accept('.')) names.push(this.#identifier())
    return { at, namespace: names.length > 1 ? names.slice(0, -1).join('.') : undefined, name: names.at(-1)! }
  }

  #unary(): Ast {
    const signs: Token[] = []
    while (this.#peek().kind === 'symbol' && (this.#peek().text === '-' || this.#peek().text === '+')) signs.push(this.#take())
    const operand = this.#invocations()
    return signs.reduceRight<Ast>((inner, { text, at }) => ({ kind: 'unary', at, operator: text as '-', operand: inner }), operand)
  }

  #invocations(): Ast {
    let input = this.#term()
    for (;;) {
      const { at } = this.#peek()
      if (this.#accept('.')) input = this.#invocation(input)
      else if (this.#accept('[')) {
        const index = this.#expression()
        this.#expect(']')
        input = { kind: 'indexer', at, input, index }
      } else return input
    }
  }

  #invocation(input: Ast | undefined): Ast {
    const { kind, text, at } = this.#peek()
    if (kind === 'special') {
      this.#take()
      return { kind: 'special', at, name: text as '$this' }
    }
    const name = this.#identifier()
    if (this.#accept('(')) return { kind: 'call', at, input, name, args: this.#arguments(name) }
    return { kind: 'member', at, input, name }
  }

  #arguments(name: string): Argument[] {
    const args: Argument[] = []
    if (this.#accept(')')) return args
    do {
      const expression = this.#expression()
      const { kind, text } = this.#peek()
      const directed = name === 'sort' && kind === 'identifier' && (text === 'asc' || text === 'desc')
      if (directed) this.#take()
      args.push(directed ? { ...expression, direction: text } : expression)
    } while (this.#accept(','))
    this.#expect(')')
    return args
  }

  #term(): Ast {
    const { kind, text, at } = this.#peek()
    if (this.#accept('(')) {
      const inner = this.#expression()
      this.#expect(')')
      return inner
    }
    if (this.#accept('{')) {
      this.#expect('}')
      return { kind: 'nothing', at }
    }
    if (this.#accept('%')) return { kind: 'variable', at, name: this.#variableName() }
    if (kind === 'identifier' && (text === 'true' || text === 'false')) {
      this.#take()
      return { kind: 'literal', at, type: 'Boolean', value: text === 'true' }
    }
    if (kind === 'identifier' || kind === 'delimited' || kind === 'special') return this.#instanceOr(this.#invocation(undefined))
    if (kind === 'end') throw new Trouble('fhirpath.unfinished', at)
    return this.#literal()
  }

  /** `Coding { system: 'x' }`: a type name before a brace makes an instance (instance selector, trial use). */
  #instanceOr(start: Ast): Ast {
    let names = start
    const dot = this.#tokens[this.#next]
    if (start.kind !== 'member') return start
    if (start.name === 'FHIR' && dot?.text === '.' && this.#tokens[this.#next + 2]?.text === '{') {
      this.#take()
      names = { kind: 'member', at: start.at, input: start, name: this.#identifier() }
    }
    if (this.#peek().kind !== 'symbol' || this.#peek().text !== '{' || names.kind !== 'member') return names
    this.#take()
    const type = { at: names.at, namespace: names.input ? 'FHIR' : undefined, name: names.name }
    const members: InstanceMember[] = []
    if (this.#accept(':')) this.#expect('}')
    else {
      do members.push(this.#instanceMember())
      while (this.#accept(','))
      this.#expect('}')
    }
    return { kind: 'instance', at: names.at, type, members }
  }

  #instanceMember(): InstanceMember {
    const { at } = this.#peek()
    const name = this.#identifier()
    this.#expect(':')
    return { name, at, value: this.#expression() }
  }

  #variableName(): string {
    const { kind, text } = this.#peek()
    if (kind !== 'string') return this.#identifier()
    this.#take()
    return text
  }

  #literal(): Ast {
    const { kind, text, at } = this.#take()
    switch (kind) {
      case 'string':
        return { kind: 'literal', at, type: 'String', value: text }
      case 'number':
        return this.#number(text, at)
      case 'long':
        if (BigInt(text) > longMax) throw new Trouble('fhirpath.literal-invalid', at, { found: text })
        return { kind: 'literal', at, type: 'Long', value: BigInt(text) }
      case 'date':
        return temporalLiteral('Date', text, at)
      case 'dateTime':
        return temporalLiteral('DateTime', text, at)
      case 'time':
        return temporalLiteral('Time', text.slice(1), at)
      default:
        this.#next--
        return this.#unexpected()
    }
  }

  #number(text: string, at: number): Ast {
    const { kind, text: unit } = this.#peek()
    const value = ExactDecimal.parse(text.replace(/^0+(?=\d)/, ''))!
    const calendar = kind === 'identifier' ? calendarUnitOf(unit) : undefined
    if (calendar !== undefined || kind === 'string') {
      this.#take()
      return { kind: 'literal', at, type: 'Quantity', value: new Quantity(value, calendar ?? unit) }
    }
    if (text.includes('.')) return { kind: 'literal', at, type: 'Decimal', value }
    if (Number(text) > integerMax) throw new Trouble('fhirpath.literal-invalid', at, { found: text })
    return { kind: 'literal', at, type: 'Integer', value: Number(text) }
  }

  #identifier(): string {
    const { kind, text, at } = this.#peek()
    if (kind === 'end') throw new Trouble('fhirpath.unfinished', at)
    if (kind !== 'delimited' && (kind !== 'identifier' || reserved.has(text))) this.#unexpected()
    this.#take()
    return text
  }

  #accept(symbol: string): boolean {
    const { kind, text } = this.#peek()
    if (kind !== 'symbol' || text !== symbol) return false
    this.#next++
    return true
  }

  #expect(symbol: string): void {
    if (this.#accept(symbol)) return
    const { kind, text, at } = this.#peek()
    if (kind === 'end') throw new Trouble('fhirpath.unfinished', at)
    throw new Trouble('fhirpath.expected', at, { expected: symbol, found: text })
  }

  #unexpected(): never {
    const { kind, text, at } = this.#peek()
    if (kind === 'end') throw new Trouble('fhirpath.unfinished', at)
    throw new Trouble('fhirpath.unexpected', at, { found: text })
  }

  #peek(): Token {
    return this.#tokens[this.#next]!
  }

  #take(): Token {
    return this.#tokens[this.#next++]!
  }
}

/** Throws when the tree is deeper than it may be; walks with a stack of its own, since the tree may be as deep as the text is long. */
function checkDepth(root: Ast): void {
  const open: [Ast, number][] = [[root, 1]]
  for (let next = open.pop(); next; next = open.pop()) {
    const [ast, depth] = next
    if (depth > expressionDepthMax) throw new Trouble('fhirpath.too-deep', ast.at, { max: expressionDepthMax })
    for (const child of childrenOf(ast)) open.push([child, depth + 1])
  }
}

function temporalLiteral(type: 'Date' | 'DateTime' | 'Time', text: string, at: number): Ast {
  const value = parseTemporal(type, text)
  if (!value) throw new Trouble('fhirpath.literal-invalid', at, { found: `@${text}` })
  return { kind: 'literal', at, type, value }
}
