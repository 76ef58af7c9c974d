// Reads UCUM unit expressions (ucum.org, grammar of case-sensitive codes) as a factor and a dimension, and converts between them.
import { divideDecimals, ExactDecimal, multiplyDecimals } from '../decimal.ts'
import { atoms, prefixes } from './units.ts'

/** A unit as numerator/denominator times powers of base units. */
export type Unit = {
  readonly numerator: bigint
  readonly denominator: bigint
  /** Exponent per base unit or arbitrary unit, without zeros: `{ m: 1, s: -2 }`. */
  readonly dimension: ReadonlyMap<string, number>
  /** Its scale is not a ratio scale (Cel, [pH], dB): comparable with nothing but the very same code. */
  readonly isSpecial: boolean
}

const codeLengthMax = 200
const exponentMax = 30
const cacheSizeMax = 2000
const cache = new Map<string, Unit | undefined>()

/** Undefined when the code is not a UCUM unit. */
export function parseUnit(code: string): Unit | undefined {
  if (cache.has(code)) return cache.get(code)
  const unit = code.length > codeLengthMax ? undefined : read(code)
  if (cache.size >= cacheSizeMax) cache.clear()
  cache.set(code, unit)
  return unit
}

/** Same dimension on ratio scales, so that a factor converts one into the other. */
export function areCommensurable(left: Unit, right: Unit): boolean {
  if (left.isSpecial || right.isSpecial || left.dimension.size !== right.dimension.size) return false
  return left.dimension.entries().every(([base, exponent]) => right.dimension.get(base) === exponent)
}

/** A value of one unit in another; undefined when no factor converts them, or the number overflows. */
export function convert(value: ExactDecimal, from: string, to: string): ExactDecimal | undefined {
  if (from === to) return value
  const [source, target] = [parseUnit(from), parseUnit(to)]
  if (!source || !target || !areCommensurable(source, target)) return undefined
  const product = multiplyDecimals(value, ExactDecimal.of(source.numerator * target.denominator, 0))
  return product && divideDecimals(product, ExactDecimal.of(source.denominator * target.numerator, 0))
}

/**
 * A value in the base units of its dimension, for comparison and indexing: `{ value, unit: 'g.m-3' }`. Undefined for units that are
 * not UCUM or not on a ratio scale.
 */
export function canonical(value: ExactDecimal, code: string): { value: ExactDecimal; unit: string } | undefined {
  const unit = parseUnit(code)
  if (!unit || unit.isSpecial) return undefined
  const product = multiplyDecimals(value, ExactDecimal.of(unit.numerator, 0))
  const inBase = product && divideDecimals(product, ExactDecimal.of(unit.denominator, 0))
  return inBase && { value: inBase, unit: printTerms(unit.dimension) }
}

/** `m.s-2` for exponents per atom; `1` for none. */
export function printTerms(terms: ReadonlyMap<string, number>): string {
  const sorted = [...terms].filter(([, exponent]) => exponent !== 0).sort(([a], [b]) => (a < b ? -1 : 1))
  return sorted.map(([atom, exponent]) => (exponent === 1 ? atom : atom + exponent)).join('.') || '1'
}

/** The product (or with `sign` -1 the quotient) of two unit codes, equal atoms drawn together: `m/s` by `s` is `m`. */
export function combineUnits(left: string, right: string, sign: 1 | -1): string | undefined {
  const [a, b] = [readTerms(left), readTerms(right)]
  if (!a || !b) return undefined
  for (const [atom, exponent] of b) a.set(atom, (a.get(atom) ?? 0) + sign * exponent)
  const numerator = new Map([...a].filter(([, exponent]) => exponent > 0))
  const denominator = new Map([...a].filter(([, exponent]) => exponent < 0).map(([atom, exponent]) => [atom, -exponent]))
  if (denominator.size === 0) return printTerms(numerator)
  const below = [...denominator].map(([atom, exponent]) => `/${atom}${exponent === 1 ? '' : exponent}`).join('')
  return (numerator.size === 0 ? '' : printTerms(numerator)) + below
}

const one: Unit = { numerator: 1n, denominator: 1n, dimension: new Map(), isSpecial: false }

function read(code: string): Unit | undefined {
  const terms = readTerms(code)
  if (!terms) return undefined
  let unit = one
  for (const [atom, exponent] of terms) {
    const factor = /^\d+$/.test(atom) ? { ...one, numerator: BigInt(atom) } : readAtom(atom)
    if (!factor || factor.numerator === 0n || Math.abs(exponent) > exponentMax) return undefined
    unit = multiply(unit, power(factor, exponent))
    if (factor.isSpecial && (terms.size > 1 || exponent !== 1)) return undefined
  }
  return unit
}

/** Atoms (with prefix) and numbers of a code with their exponents; undefined when the code does not parse. */
function readTerms(code: string): Map<string, number> | undefined {
  const terms = new Map<string, number>()
  const reader = { code, at: 0 }
  return code !== '' && readTerm(reader, 1, terms, 0) && reader.at === code.length ? terms : undefined
}

const groupDepthMax = 20

function readTerm(reader: { code: string; at: number }, sign: number, terms: Map<string, number>, depth: number): boolean {
  let direction = sign
  if (reader.code[reader.at] === '/') {
    direction = -sign
    reader.at++
  }
  for (;;) {
    if (!readComponent(reader, direction, terms, depth)) return false
    const operator = reader.code[reader.at]
    if (operator !== '.' && operator !== '/') return true
    direction = operator === '/' ? -sign : sign
    reader.at++
  }
}

/** Digits stand inside an atom only between brackets; those at its end are its exponent. Braces hold annotations, which mean nothing. */
const component = new RegExp(
  '(?<group>\\()|(?<annotation>\\{[^{}]*\\})|' +
    '(?:(?<atom>10[*^]|(?:\\[[^\\]\\s]*\\]|[^./(){}+\\-\\s[\\]\\d])+)(?<exponent>[+-]?\\d+)?|(?<number>\\d+))(?:\\{[^{}]*\\})?(?=[./)]|$)',
  'y',
)

function readComponent(reader: { code: string; at: number }, sign: number, terms: Map<string, number>, depth: number): boolean {
  component.lastIndex = reader.at
  const match = component.exec(reader.code)
  if (!match) return false
  reader.at = component.lastIndex
  const { group, annotation, atom, exponent, number: count } = match.groups!
  if (group) {
    if (depth >= groupDepthMax || !readTerm(reader, sign, terms, depth + 1) || reader.code[reader.at] !== ')') return false
    reader.at++
    return true
  }
  if (annotation || count === '1') return true
  if (count === undefined && !readAtom(atom!)) return false
  const name = count ?? atom!
  terms.set(name, (terms.get(name) ?? 0) + sign * Number(exponent ?? 1))
  return true
}

const atomUnits = new Map<string, Unit | undefined>()

/** An atom with or without a prefix; the whole code wins over a prefix (`cd` is the candela, `Pa` the pascal). */
function readAtom(name: string): Unit | undefined {
  if (atomUnits.has(name)) return atomUnits.get(name)
  const plain = atoms.get(name)
  const found = plain ? define(name) : readPrefixed(name)
  if (found) atomUnits.set(name, found)
  return found
}

function readPrefixed(name: string): Unit | undefined {
  for (const length of [2, 1]) {
    const factor = prefixes.get(name.slice(0, length))
    const code = name.slice(length)
    if (factor === undefined || !atoms.get(code)?.prefixed) continue
    const unit = define(code)
    if (unit) return multiply(number(factor), unit)
  }
  return undefined
}

function define(code: string): Unit | undefined {
  const atom = atoms.get(code)
  if (!atom) return undefined
  if (atom.kind === 'special') return { ...one, dimension: new Map([[code, 1]]), isSpecial: true }
  if (atom.kind !== 'derived') return { ...one, dimension: new Map([[code, 1]]) }
  const unit = atom.unit === '1' ? one : read(atom.unit!)
  return unit && multiply(number(atom.value!), unit)
}

function number(text: string): Unit {
  const { coefficient, scale } = ExactDecimal.parse(text)!
  return reduced(scale < 0 ? coefficient * 10n ** BigInt(-scale) : coefficient, scale > 0 ? 10n ** BigInt(scale) : 1n, one.dimension, false)
}

function multiply(left: Unit, right: Unit): Unit {
  const dimension = new Map(left.dimension)
  for (const [base, exponent] of right.dimension) {
    const sum = (dimension.get(base) ?? 0) + exponent
    if (sum === 0) dimension.delete(base)
    else dimension.set(base, sum)
  }
  return reduced(left.numerator * right.numerator, left.denominator * right.denominator, dimension, left.isSpecial || right.isSpecial)
}

function power(unit: Unit, exponent: number): Unit {
  const size = BigInt(Math.abs(exponent))
  const [numerator, denominator] = exponent < 0 ? [unit.denominator, unit.numerator] : [unit.numerator, unit.denominator]
  const dimension = new Map(
    [...unit.dimension].map(([base, own]) => [base, own * exponent]).filter(([, sum]) => sum !== 0) as [string, number][],
  )
  return { numerator: numerator ** size, denominator: denominator ** size, dimension, isSpecial: unit.isSpecial }
}

function reduced(numerator: bigint, denominator: bigint, dimension: ReadonlyMap<string, number>, isSpecial: boolean): Unit {
  let [a, b] = [numerator, denominator]
  while (b !== 0n) [a, b] = [b, a % b]
  return { numerator: numerator / a, denominator: denominator / a, dimension, isSpecial }
}
