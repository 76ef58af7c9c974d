// Laws that hold whatever the values: collections, equality and equivalence, dates across zones, decimals against rationals.
import { expect } from 'chai'
import fc from 'fast-check'
import { must } from '#kernel/result.ts'
import { compile, type Expression } from './expression.ts'

const integer = fc.integer({ min: -1000, max: 1000 })
const decimal = fc.tuple(fc.integer({ min: -100000, max: 100000 }), fc.integer({ min: 0, max: 5 })).map(([n, s]) => literalOf(BigInt(n), s))
const text = fc.string({ unit: fc.constantFrom('a', 'b', '珅', '𠮷', ' '), maxLength: 4 })
const day = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
  .map(d => d.toISOString().slice(0, 10))
const scalar = fc.oneof(
  integer.map(String),
  decimal,
  text.map(quoted),
  day.map(d => `@${d}`),
  fc.boolean().map(String),
)
const collection = fc.array(scalar, { maxLength: 6 }).map(items => items.reduce((all, item) => `${all}.combine(${item})`, '{}'))

function literalOf(coefficient: bigint, scale: number): string {
  const digits = String(coefficient < 0n ? -coefficient : coefficient).padStart(scale + 1, '0')
  const plain = scale === 0 ? `${digits}.0` : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  return coefficient < 0n ? `(-${plain})` : plain
}

function quoted(value: string): string {
  return `'${value}'`
}

function evaluate(expression: string): unknown[] {
  return must(must(compile(expression)).run({})).values.map(({ value }) => (typeof value === 'object' ? JSON.stringify(value) : value))
}

/** The expression is true for all values of its letters. */
function always(law: string, letters: Record<string, fc.Arbitrary<string>>): void {
  it(law, () => {
    fc.assert(
      fc.property(fc.record(letters), values => {
        const expression = law.replace(/\b[A-Z]\b/g, letter => values[letter] ?? letter)
        expect(evaluate(expression), expression).to.deep.equal([true])
      }),
      { numRuns: 200 },
    )
  })
}

describe('FHIRPath laws', () => {
  describe('collections', () => {
    always('(A.union(B)) ~ (B.union(A))', { A: collection, B: collection })
    always('A.union(A) ~ A.distinct()', { A: collection })
    always('A.distinct().isDistinct()', { A: collection })
    always('A.distinct().count() <= A.count()', { A: collection })
    always('A.union(B).count() <= A.count() + B.count()', { A: collection, B: collection })
    always('A.combine(B).count() = A.count() + B.count()', { A: collection, B: collection })
    always('A.intersect(B).subsetOf(A) and A.intersect(B).subsetOf(B)', { A: collection, B: collection })
    always('A.exclude(B).intersect(B).empty()', { A: collection, B: collection })
    always('A.distinct().count() = A.intersect(B).count() + A.exclude(B).distinct().count()', { A: collection, B: collection })
    always('A.subsetOf(B) implies B.supersetOf(A)', { A: collection, B: collection })
    always('A.first().combine(A.tail()) ~ A', { A: collection })
    always('A.take(2).combine(A.skip(2)) ~ A', { A: collection })
    always('A.where(true).count() = A.count() and A.where(false).empty()', { A: collection })
    always('A.select($this) ~ A', { A: collection })
    always('A.exists() = A.empty().not()', { A: collection })
    always('A.all($this in A)', { A: collection })
    always('A.count() = A.aggregate($total + 1, 0)', { A: collection })
  })

  describe('equality and equivalence', () => {
    always('X = X', { X: scalar })
    always('(X = Y) ~ (Y = X)', { X: scalar, Y: scalar })
    always('X ~ X', { X: scalar })
    always('(X ~ Y) = (Y ~ X)', { X: scalar, Y: scalar })
    always('(X = Y) ~ true implies X ~ Y', { X: scalar, Y: scalar })
    always('(X != Y) ~ (X = Y).not()', { X: scalar, Y: scalar })
    always('(X !~ Y) = (X ~ Y).not()', { X: scalar, Y: scalar })
    always('A ~ A', { A: collection })
    always('((X < Y) or (X = Y) or (X > Y))', { X: decimal, Y: decimal })
    always('((X < Y) or (X = Y) or (X > Y))', { X: text.map(quoted), Y: text.map(quoted) })
    always('(X <= Y and Y <= Z) implies X <= Z', { X: decimal, Y: decimal, Z: decimal })
  })

  describe('decimals', () => {
    always('X + Y = Y + X', { X: decimal, Y: decimal })
    always('(X + Y) + Z = X + (Y + Z)', { X: decimal, Y: decimal, Z: decimal })
    always('X * (Y + Z) = X * Y + X * Z', { X: decimal, Y: decimal, Z: decimal })
    always('X - Y = -(Y - X)', { X: decimal, Y: decimal })
    always('Y = 0 or (X * Y) / Y = X', { X: decimal, Y: decimal })
    always('Y = 0 or (X div Y) * Y + (X mod Y) = X', { X: decimal, Y: decimal })
    always('X.round(2) - X <= 0.005 and X - X.round(2) <= 0.005', { X: decimal })
    always('X.floor() <= X and X <= X.ceiling()', { X: decimal })
    always('X.lowBoundary(6) <= X and X <= X.highBoundary(6)', { X: decimal })
    always('X.toString().toDecimal() = X', { X: decimal })

    it('are what rationals say', () => {
      const parts = fc.tuple(fc.bigInt(-(10n ** 25n), 10n ** 25n), fc.integer({ min: 0, max: 12 }))
      fc.assert(
        fc.property(parts, parts, ([a, s], [b, t]) => {
          const [x, y] = [literalOf(a, s), literalOf(b, t)]
          const [m, n] = [10n ** BigInt(t), 10n ** BigInt(s)]
          expect(evaluate(`${x} < ${y}`), `${x} < ${y}`).to.deep.equal([a * m < b * n])
          expect(evaluate(`${x} = ${y}`)).to.deep.equal([a * m === b * n])
          expect(evaluate(`${x} + ${y} = ${literalOf(a * m + b * n, s + t)}`)).to.deep.equal([true])
          expect(evaluate(`${x} * ${y} = ${literalOf(a * b, s + t)}`)).to.deep.equal([true])
        }),
      )
    })
  })

  describe('dates', () => {
    const days = fc.integer({ min: -20000, max: 20000 }).map(n => `(${n} 'd')`)
    const months = fc.integer({ min: 0, max: 600 }).map(n => `${n} months`)
    always('D + N - N = D', { D: day.map(d => `@${d}`), N: days })
    always('(D + M) >= D', { D: day.map(d => `@${d}`), M: months })
    always("D.difference(D + N, 'day') = N.value", { D: day.map(d => `@${d}`), N: days })
    always('D.lowBoundary(8) = D and D.highBoundary(8) = D', { D: day.map(d => `@${d}`) })
    always('D.toString().toDate() = D', { D: day.map(d => `@${d}`) })

    it('are the same moment in every zone', () => {
      const moment = fc.date({ min: new Date('1970-01-02T00:00:00Z'), max: new Date('2099-01-01T00:00:00Z'), noInvalidDate: true })
      const offset = fc.integer({ min: -12 * 4, max: 14 * 4 }).map(quarters => quarters * 15)
      fc.assert(
        fc.property(moment, moment, offset, offset, (a, b, x, y) => {
          const [left, right] = [zoned(a, x), zoned(b, y)]
          expect(evaluate(`@${left} < @${right}`), `${left} < ${right}`).to.deep.equal([a < b])
          expect(evaluate(`@${left} = @${zoned(a, y)}`)).to.deep.equal([true])
          expect(evaluate(`@${left} + 90 minutes = @${zoned(a, y)} + 1.5 'h' + 30 'min'`)).to.deep.equal([true])
        }),
      )
    })
  })

  it('answer the same on a known type and on one found out while running', () => {
    const expressions = [
      'name.given',
      "name.where(use = 'official').family",
      'birthDate < @2000',
      'children().count()',
      'name.given | name.family',
    ]
    const patient = { resourceType: 'Patient', birthDate: '1974-12-25', name: [{ use: 'official', family: '欧阳', given: ['珅', '𠮷'] }] }
    const typed = (text: string): Expression => must(compile(text, { type: 'Patient' }))
    for (const text of expressions) {
      const known = must(typed(text).run(patient))
      const found = must(must(compile(`%p.select(${text})`)).run({}, { variables: { p: patient } }))
      expect(JSON.stringify(found), text).to.equal(JSON.stringify(known))
    }
  })
})

/** An instant as it is written at an offset in minutes. */
function zoned(moment: Date, offset: number): string {
  const local = new Date(moment.getTime() + offset * 60_000).toISOString().slice(0, -1)
  const size = Math.abs(offset)
  return `${local}${offset < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`
}
