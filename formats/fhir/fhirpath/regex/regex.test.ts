// The linear machine finds what JavaScript's own matcher finds, and only patterns that cannot run away are given to the latter.
import { expect } from 'chai'
import fc from 'fast-check'
import { backtrackingDegree } from './cost.ts'
import { execute, program } from './machine.ts'
import { toNativeSource } from './native.ts'
import { hasEmptyRound, parseRegex } from './syntax.ts'

const atom = fc.constantFrom('a', 'b', '珅', '.', '[ab]', '[^a]', '\\d', '\\w', '^', '$', '\\b', '1', '𠮷')
const { pattern } = fc.letrec<{ pattern: string; item: string }>(tie => ({
  pattern: fc.oneof(
    { maxDepth: 4 },
    tie('item'),
    fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => a + b),
    fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `(?:${a}|${b})`),
  ),
  item: fc.oneof(
    { maxDepth: 4 },
    atom,
    fc.tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{1,2}', '*?', '+?')).map(([a, q]) => `(${a})${q}`),
  ),
}))
const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', '珅', '𠮷', '\n', ' '), maxLength: 8 })

describe('regular expressions of FHIRPath', () => {
  it('match alike in the machine and natively', () => {
    fc.assert(
      fc.property(pattern, text, fc.constantFrom('', 'i', 'm'), (source, input, flags) => {
        const { root, groups } = parseRegex(source)
        fc.pre(!hasEmptyRound(root))
        const native = new RegExp(toNativeSource(root), `vs${flags}`)
        const codes = Array.from(input, character => character.codePointAt(0)!)
        const found = execute(program(root, groups, flags), codes, 0, false)
        const expected = native.exec(input)
        expect(found !== undefined, `${source} on ${JSON.stringify(input)}`).to.equal(expected !== null)
        if (found && expected) {
          const matched = String.fromCodePoint(...codes.slice(found[0], found[1]))
          expect(matched, `${source} on ${JSON.stringify(input)}`).to.equal(expected[0])
        }
        if (flags === 'm') return
        const whole = new RegExp(`^(?:${toNativeSource(root)})$`, `vs${flags}`)
        expect(execute(program(root, groups, flags), codes, 0, true) !== undefined).to.equal(whole.test(input))
      }),
      { numRuns: 3000 },
    )
  })

  const degrees: [string, number][] = [
    ['[A-Z]([A-Za-z0-9_]){0,254}', 1],
    ['^[a-z]+(\\.[a-z]+)*$', 1],
    ['[A-Za-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*(\\[x])?)*', 1],
    ['abc', 1],
    ['.*a', 1],
    ['.*a.*b', 2],
    ['(a+)+', Number.POSITIVE_INFINITY],
    ['(a|a)*', Number.POSITIVE_INFINITY],
    ['(a|ab)*c', Number.POSITIVE_INFINITY],
    ['(a|b)*c', 1],
    ['(?=a+)b*', 2],
  ]
  for (const [source, degree] of degrees)
    it(`${source} backtracks to the power of ${degree}`, () => expect(backtrackingDegree(parseRegex(source).root)).to.equal(degree))
})
