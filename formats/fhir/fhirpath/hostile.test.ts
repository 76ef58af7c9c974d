// Hostile expressions and hostile data: a clear fault or an answer, never a crash, and never without end.
import { expect } from 'chai'
import fc from 'fast-check'
import { must } from '#kernel/result.ts'
import { syntheticResource } from '../../../bench/fhirpath/synthetic-resource.ts'
import { r4, r4SearchParameters } from '../model/r4.ts'
import { Evaluation } from './evaluation.ts'
import { compile } from './expression.ts'

function codeOf(expression: string, input: unknown = {}, stepsMax?: number): string {
  const compiled = compile(expression)
  const result = compiled.ok ? compiled.value.run(input, stepsMax === undefined ? {} : { stepsMax }) : compiled
  return result.ok ? 'ok' : result.fault.code
}

describe('FHIRPath under attack', () => {
  const expressions: [string, string, string][] = [
    ['a hundred thousand brackets', '('.repeat(60_000), 'fhirpath.too-deep'],
    ['a very long chain', `a${'.a'.repeat(30_000)}`, 'fhirpath.too-deep'],
    ['a very long sum', `1${'+1'.repeat(30_000)}`, 'fhirpath.too-deep'],
    ['very many signs', `${'-'.repeat(30_000)}1`, 'fhirpath.too-deep'],
    ['nested functions', `${'iif(true,'.repeat(3_000)}1${')'.repeat(3_000)}`, 'fhirpath.too-deep'],
    ['a megabyte of text', `'${'a'.repeat(1_000_000)}'`, 'fhirpath.too-long'],
    ['an open comment', `1 /*${'*'.repeat(60_000)}`, 'fhirpath.comment-unfinished'],
    ['an open string', `'${'\\'.repeat(60_001)}`, 'fhirpath.string-unfinished'],
    ['a number too large', '9'.repeat(5_000), 'fhirpath.literal-invalid'],
    ['a decimal too precise to multiply for ever', '9.9.power(999999999)', 'ok'],
    ['powers of powers', `2${'.power(2147483647)'.repeat(5)}`, 'ok'],
    ['endless repetition', '1.repeatAll($this)', 'fhirpath.steps'],
    ['endless counting', '1.repeat($this + 1)', 'fhirpath.steps'],
    ['growing text', `'ab'${'.select($this & $this)'.repeat(60)}.length()`, 'fhirpath.text-too-long'],
    ['growing collections', `(1 | 2)${'.select($this.combine($this))'.repeat(60)}.count()`, 'fhirpath.steps'],
    [
      'replacing everything by everything',
      `'${'a'.repeat(3000)}'.replace('a', '${'b'.repeat(3000)}').replace('b', '${'c'.repeat(3000)}')`,
      'fhirpath.text-too-long',
    ],
  ]
  for (const [name, expression, code] of expressions) it(`answers ${name} with ${code}`, () => expect(codeOf(expression)).to.equal(code))

  const patterns: [string, string][] = [
    ['(a+)+$', 'ok'],
    ['^(a|a)*$', 'ok'],
    ['(.*)*x', 'ok'],
    ['(a|aa)+$', 'ok'],
    ['(.*a){30}', 'ok'],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', 'ok'],
    ['(a*)*\\1b', 'fhirpath.regex-too-large'],
    ['(?=(a+)+b)', 'fhirpath.regex-too-large'],
    ['((a{1,1000}){1,1000}){1,1000}', 'fhirpath.regex-too-large'],
    ['a{99999}', 'fhirpath.regex-invalid'],
    [`${'('.repeat(500)}a${')'.repeat(500)}`, 'fhirpath.regex-invalid'],
    ['a'.repeat(3000), 'fhirpath.regex-too-large'],
  ]
  for (const [pattern, code] of patterns) {
    it(`answers the pattern ${pattern.slice(0, 40)} with ${code}`, () => {
      const text = `${'a'.repeat(30_000)}!`
      const expression = `%text.matches(%pattern)`
      const result = must(compile(expression)).run({}, { variables: { text, pattern } })
      expect(result.ok ? 'ok' : result.fault.code).to.equal(code)
    })
  }

  it('compares very many items in linear time', () => {
    const given = Array.from({ length: 50_000 }, (_, i) => `名${i}`)
    const patient = { resourceType: 'Patient', name: [{ given }, { given }] }
    const run = (expression: string) => must(must(compile(expression)).run(patient)).values[0]!.value
    expect(run('name.given.distinct().count()')).to.equal(50_000)
    expect(run('name.given.isDistinct()')).to.equal(false)
    expect(run('(name[0].given | name[1].given).count()')).to.equal(50_000)
    expect(run('name[0].given.intersect(name[1].given).count()')).to.equal(50_000)
    expect(codeOf('name.given.where($this.length() in (1 | 2)).count()', patient)).to.equal('ok')
    expect(codeOf('name.given.where(%context.name.given.where($this = %context.name.given.first()).exists())', patient)).to.equal(
      'fhirpath.steps',
    )
  })

  it('walks data of any depth, and refuses to compare it', () => {
    let extension: object = { url: 'urn:end' }
    for (let i = 0; i < 20_000; i++) extension = { url: 'urn:x', extension: [extension] }
    const patient = { resourceType: 'Patient', extension: [extension, structuredClone({ url: 'urn:y' })] }
    expect(must(must(compile('descendants().count()')).run(patient)).values[0]!.value).to.equal(40_004)
    const twin = { ...patient, extension: [copyOf(extension)] }
    const context = { variables: { twin } }
    const result = must(compile('extension.first() = %twin.extension.first()')).run(patient, context)
    expect(result.ok ? 'ok' : result.fault.code).to.equal('fhirpath.data-too-deep')
  })

  it('survives resources that are not what they claim', () => {
    const junk = fc.oneof(
      fc.constantFrom(null, '', 'x', 0, -1.5, true, [], {}, [null], [[]], [{}], { resourceType: 'Patient' }),
      fc.jsonValue({ maxDepth: 3 }),
    )
    for (const type of ['Patient', 'Observation', 'Bundle', 'Questionnaire', 'StructureDefinition']) {
      const searches = [...r4SearchParameters.ofType(type).values()].flatMap(p => (p.expression === undefined ? [] : [p.expression]))
      const invariants = r4.type(type)!.invariants.map(i => i.expression)
      const compiled = [...searches, ...invariants].map(text => must(compile(text, { type, mode: 'lenient' })))
      const members = fc.constantFrom(...r4.type(type)!.members.keys(), '_status', '_name', '_birthDate')
      fc.assert(
        fc.property(fc.dictionary(members, junk, { maxKeys: 12 }), json => {
          const resource = { ...json, resourceType: type }
          const evaluation = new Evaluation(r4, { stepsMax: 100_000 })
          for (const expression of compiled) {
            evaluation.begin(resource, resource, resource)
            expression.each(resource, evaluation, () => undefined)
            expression.check(resource, evaluation)
          }
        }),
        { numRuns: 60 },
      )
    }
  })

  it('survives resources with one thing wrong somewhere inside', () => {
    const junk = [null, '', 'x', 7, true, [], {}, [null], [[1]], [{}], { resourceType: 'Nothing' }]
    for (const type of ['Patient', 'Observation', 'Questionnaire', 'ValueSet', 'MedicationRequest']) {
      const expressions = [...r4SearchParameters.ofType(type).values()].flatMap(p => (p.expression === undefined ? [] : [p.expression]))
      const own = [
        ...expressions,
        ...r4.type(type)!.invariants.map(i => i.expression),
        'descendants().count()',
        'descendants() = descendants()',
      ]
      const compiled = own.map(text => must(compile(text, { type, mode: 'lenient' })))
      const whole = JSON.stringify(syntheticResource(type, r4))
      fc.assert(
        fc.property(fc.nat(), fc.constantFrom(...junk), (place, value) => {
          const resource = JSON.parse(whole) as Record<string, unknown>
          spoil(resource, place, value)
          const evaluation = new Evaluation(r4)
          for (const expression of compiled) {
            evaluation.begin(resource, resource, resource)
            expression.each(resource, evaluation, () => undefined)
          }
        }),
        { numRuns: 100 },
      )
    }
  })

  it('survives any expression over any JSON', () => {
    const word = fc.constantFrom(
      'name',
      'given',
      '.',
      '(',
      ')',
      '[',
      ']',
      '0',
      "'a'",
      '1.5',
      '@2014',
      '=',
      '~',
      '<',
      '|',
      '+',
      '-',
      '&',
      ' and ',
      ' is ',
      'where(',
      'select(',
      'first()',
      '$this',
      '{}',
      '%context',
      'children()',
      'Patient',
      'toString()',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), fc.jsonValue({ maxDepth: 3 }), (words, json) => {
        const compiled = compile(words.join(''))
        if (compiled.ok) compiled.value.run(json, { stepsMax: 10_000 })
      }),
      { numRuns: 2000 },
    )
  })
})

/** Puts a value in place of one that is there already. */
function spoil(json: Record<string, unknown>, place: number, value: unknown): void {
  const places: [Record<string, unknown>, string][] = []
  const collect = (parent: Record<string, unknown>): void => {
    for (const name of Object.keys(parent)) {
      places.push([parent, name])
      const child = parent[name]
      if (typeof child === 'object' && child !== null) collect(child as Record<string, unknown>)
    }
  }
  collect(json)
  const [parent, name] = places[place % places.length]!
  if (name !== 'resourceType') parent[name] = value
}

function copyOf(extension: object): object {
  let depth = 0
  for (let at: { extension?: object[] } | undefined = extension; at?.extension; at = at.extension[0] as { extension?: object[] }) depth++
  let copy: object = { url: 'urn:end' }
  for (let i = 0; i < depth; i++) copy = { url: 'urn:x', extension: [copy] }
  return copy
}
