// Text with mistakes: each is told with line and column, those that are plain all at once.
import { expect } from 'chai'
import { faultText } from '#kernel/fault.ts'
import { outcomeOf } from '../outcome.ts'
import { openValidator } from '../validator.ts'

const validator = openValidator({ settings: { bestPractice: 'ignore' } })

function found(text: string, comments = false): string[] {
  return validator
    .validateText(text, { settings: { comments } })
    .map(({ fault, line, column }) => `${line}:${column} ${fault.code} ${fault.at}`)
}

const json: readonly [name: string, text: string, expected: readonly string[]][] = [
  ['sound text', '{"resourceType":"Patient","name":[{"family":"欧阳"}]}', []],
  ['a byte-order mark', '\ufeff{"resourceType":"Patient"}', []],
  ['nothing', ' ', ['1:2 json.empty (document)']],
  ['a list', '[]', ['1:3 json.not-object (document)']],
  [
    'commas too many and too few',
    '{"resourceType":"Patient",\n"name":[{"given":["珅",]}]\n"gender":"male"}',
    ['2:23 validator.json-comma-extra Patient.name[0].given', '3:1 validator.json-comma-missing (document)'],
  ],
  [
    'missing quotes',
    '{resourceType:"Patient","gender":male}',
    ['1:14 validator.json-quotes Patient.resourceType', '1:38 validator.json-quotes Patient.gender'],
  ],
  [
    'comments',
    '// a\n{"resourceType":"Patient" /* b */}',
    ['1:1 validator.json-comment (document)', '2:27 validator.json-comment (document)'],
  ],
  ['a member twice', '{"resourceType":"Patient","gender":"male","gender":"x"}', ['1:51 validator.duplicate-member Patient.gender']],
  ['an end too early', '{"resourceType":"Patient","name":[', ['1:35 json.unfinished (document)']],
  ['more after the end', '{"resourceType":"Patient"} x', ['1:28 json.trailing (document)']],
  [
    'what the walk finds, at its place',
    '{\n  "resourceType": "Patient",\n  "name": [\n    { "given": ["a", ""] }\n  ],\n  "gender": "x"\n}',
    ['4:22 validator.empty-string Patient.name[0].given[1]', '6:3 validator.not-in-value-set Patient.gender'],
  ],
  [
    'inside an entry and a choice',
    '{"resourceType":"Bundle","type":"collection","entry":[\n{"fullUrl":"urn:uuid:0a08fbc4-ba6a-40b5-b8af-9a18ddddaf1e","resource":{"resourceType":"Patient",\n"deceasedDateTime":"x"}}]}',
    ['3:1 validator.datetime Bundle.entry[0].resource/*Patient/null*/.deceased.ofType(dateTime)'],
  ],
]

const xml: readonly [name: string, text: string, expected: readonly string[]][] = [
  ['sound text', '<Patient xmlns="http://hl7.org/fhir"><name><family value="王"/></name><gender value="male"/></Patient>', []],
  ['a tag that does not close', '<Patient xmlns="http://hl7.org/fhir"><name></Patient>', ['1:44 xml.end-tag-mismatch (document)']],
  [
    'unknown and misplaced elements, and the value of another',
    '<Patient xmlns="http://hl7.org/fhir">\n<gender value="x"/>\n<name><family value="王"/></name>\n<nick value="y"/>\n</Patient>',
    ['3:1 fhir-xml.element-order Patient', '4:1 fhir-xml.element-unknown Patient', '2:1 validator.not-in-value-set Patient.gender'],
  ],
  [
    'a boolean that is none',
    '<Patient xmlns="http://hl7.org/fhir"><active value="yes"/></Patient>',
    ['1:38 validator.json-type Patient.active'],
  ],
  [
    'an element without anything',
    '<Patient xmlns="http://hl7.org/fhir"><active/></Patient>',
    ['1:38 validator.value-missing Patient.active'],
  ],
]

describe('text to be validated', () => {
  for (const [name, text, expected] of json) it(`JSON: ${name}`, () => expect(found(text)).to.deep.equal(expected))
  for (const [name, text, expected] of xml) it(`XML: ${name}`, () => expect(found(text)).to.deep.equal(expected))

  it('lets comments pass where they are allowed', () => {
    expect(found('// a\n{"resourceType":"Patient"}', true)).to.deep.equal([])
  })

  it('says when bytes are no UTF-8', () => {
    const findings = validator.validateText(Uint8Array.from([0x7b, 0xff, 0x7d]))
    expect(findings.map(({ fault }) => fault.code)).to.deep.equal(['json.encoding'])
  })
})

describe('the outcome of a validation', () => {
  it('has severity, code, place, position, stable id and words of both languages', () => {
    const findings = validator.validateText('{"resourceType":"Patient","gender":"x"}')
    const [issue] = outcomeOf(findings, 'zh')['issue'] as Record<string, unknown>[]
    expect(issue).to.include({ severity: 'error', code: 'code-invalid' })
    expect(issue!['expression']).to.deep.equal(['Patient.gender'])
    expect(JSON.stringify(issue)).to.include('"valueInteger":27').and.to.include('validator.not-in-value-set').and.to.include('不在值集')
    expect(faultText(findings[0]!.fault, 'en')).to.match(/^The code x is not in the value set/)
  })

  it('says that all is well', () => {
    expect(outcomeOf([], 'zh')['issue']).to.have.nested.property('[0].severity', 'information')
  })
})
