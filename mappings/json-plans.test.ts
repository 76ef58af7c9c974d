// JSON messages through plans: paths by schema, decimals as received, lists, outer values, and what a checker says of wrong paths.
import { expect } from 'chai'
import { parseJson } from '#formats/fhir/json/read.ts'
import type { Mapped } from '#kernel/intent.ts'
import type { JsonValue } from '#kernel/json.ts'
import type { MapContext } from '#kernel/ports/mapper.ts'
import { must } from '#kernel/result.ts'
import { loadTerminology } from '#terminology/load.ts'
import { checkMappings, openMappings } from './mappings.ts'

const codeMaps = must(loadTerminology()).maps
const schema = {
  type: 'object',
  properties: {
    kind: { enum: ['run'] },
    number: { type: 'string' },
    when: { $ref: '#/definitions/time' },
    person: {
      type: ['object', 'null'],
      properties: { name: { type: 'string' }, sex: { enum: ['0', '1', '2', '9'] }, age: { type: 'number' }, dead: { type: 'boolean' } },
    },
    vitals: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          time: { $ref: '#/definitions/time' },
          items: {
            type: 'array',
            items: {
              type: 'object',
              properties: { item: { $ref: '#/definitions/coded' }, value: { type: 'number' }, unit: { type: 'string' } },
            },
          },
        },
      },
    },
    allergies: { type: 'array', items: { type: 'string' } },
    free: { type: 'object' },
  },
  definitions: {
    time: { type: 'string' },
    coded: { type: 'object', properties: { code: { type: 'string' }, name: { type: 'string' } } },
  },
}

const message = `message: run
format: json
schema: run.schema.json
takes: [run]
steps:
  - { make: patient, from: person, plan: person-Patient, standing: mention, required: true }
  - each: vitals
    steps:
      - each: items
        steps:
          - { make: vital, plan: items-Observation }
`
const patient = `plan: person-Patient
from: person
to: Patient
key: ["'run'", number]
rules:
  - { own: name, from: name, to: 'name[+]', map: string-HumanName }
  - { own: dead, from: dead, to: deceasedBoolean }
  - { own: allergies, from: 'allergies[*]', to: 'contact[+]', set: [{ own: text, from: this, to: name.text }] }
  - { own: second, from: 'allergies[1]', to: maritalStatus.text }
`
const name = `plan: string-HumanName
from: string
to: HumanName
rules:
  - { own: text, from: this, to: text }
`
const observation = `plan: items-Observation
from: items
to: Observation
key: [number, item.code, time]
rules:
  - { own: status, to: status, value: final }
  - { own: subject, to: subject, refer: '@patient' }
  - { own: code, from: item, to: code, map: coded-CodeableConcept }
  - { own: time, from: time, to: effectiveDateTime }
  - { own: value, to: valueQuantity, set: [{ own: number, from: value, to: value }, { own: unit, from: unit, to: unit }] }
  - { own: reason, from: free.reason, to: bodySite.text, when: item.code = 'P' }
`
const coded = `plan: coded-CodeableConcept
from: coded
to: CodeableConcept
rules:
  - { own: code, from: code, to: coding.code }
  - { own: system, from: "codingSystem('99RUN')", to: coding.system, when: code is valued }
  - { own: display, from: name, to: coding.display }
`
const files = new Map([
  ['run.yaml', message],
  ['person.yaml', patient],
  ['name.yaml', name],
  ['items.yaml', observation],
  ['coded.yaml', coded],
  ['run.schema.json', JSON.stringify(schema)],
])
const sent = `{ "kind": "run", "number": "R1", "when": "2026-03-01 08:00:00",
  "person": { "name": "古丽娜尔·阿不都热依木", "sex": "2", "dead": false },
  "vitals": [
    { "time": "2026-03-01 08:10:00", "items": [{ "item": { "code": "T", "name": "体温" }, "value": 36.0, "unit": "℃" }] },
    { "time": "2026-03-01 08:20:00", "items": [null, { "item": { "code": "P" }, "value": 88 }] }
  ],
  "allergies": ["青霉素", "海鲜"], "free": { "reason": "活动后" } }`
const context: MapContext = { tenant: 'EMS', facility: 'EMS', source: 'EMS-EPCR', zone: 'Asia/Shanghai', receivedAtMs: 0 }

function map(text = sent, options: Partial<MapContext> = {}): Mapped {
  const mappings = must(openMappings({ files, codeMaps }))
  const plan = must(mappings.planFor({ format: 'json' }, 'run'))
  return must(plan.map(must(parseJson(Buffer.from(text))) as JsonValue, { ...context, ...options }))
}

describe('plans for JSON', () => {
  it('read members, lists, items by number, and the value at hand', () => {
    const { intents, faults } = map()
    expect(faults).to.deep.equal([])
    expect(intents[0]).to.deep.include({ type: 'Patient', key: 'run#R1', standing: 'mention' })
    expect(intents[0]!.content).to.deep.equal({
      name: [{ text: '古丽娜尔·阿不都热依木' }],
      deceasedBoolean: false,
      contact: [{ name: { text: '青霉素' } }, { name: { text: '海鲜' } }],
      maritalStatus: { text: '海鲜' },
    })
  })

  it('keep decimals as received and see what encloses an item', () => {
    const [, temperature, pulse] = map().intents
    expect(JSON.stringify(temperature!.content['valueQuantity'])).to.equal('{"value":36.0,"unit":"℃"}')
    expect(temperature!.content['effectiveDateTime']).to.equal('2026-03-01T08:10:00+08:00')
    expect(temperature!.key).to.equal('R1#T#2026-03-01 08:10:00')
    expect(pulse!.content['bodySite']).to.deep.equal({ text: '活动后' })
    expect(pulse!.content['code']).to.deep.equal({
      coding: [{ code: 'P', system: 'https://huilian.example/fhir/CodeSystem/ems-epcr-99run' }],
    })
  })

  it('trace every element, and list what nothing reads', () => {
    const { trace, unread } = map(sent, { traced: true })
    expect(trace!.find(entry => entry.path === 'valueQuantity.value')).to.deep.include({
      rule: 'items-Observation#number',
      sources: ['vitals[0].items[0].value'],
    })
    expect(trace!.find(entry => entry.path === 'code.coding[0].code' && entry.intent === 2)!.sources).to.deep.equal([
      'vitals[1].items[1].item.code',
    ])
    expect(unread).to.deep.equal(['kind', 'when', 'person.sex'])
  })

  it('make nothing of what is null or of another type than the schema says', () => {
    const { intents } = map('{ "number": "R2", "person": { "name": null, "dead": "maybe" }, "vitals": {}, "allergies": "青霉素" }')
    expect(intents).to.have.length(1)
    expect(intents[0]!.content).to.deep.equal({})
  })

  it('refuse a type that no plan takes, and a message without the required key', () => {
    const mappings = must(openMappings({ files, codeMaps }))
    const unknown = mappings.planFor({ format: 'json' }, '9999')
    expect(unknown).to.nested.include({ ok: false, 'fault.code': 'json.type-unsupported' })
    const failed = must(mappings.planFor({ format: 'json' }, 'run')).map({ person: { name: '张三' } }, context)
    expect(failed).to.nested.include({ ok: false, 'fault.code': 'map.key-missing' })
  })

  const wrong: readonly [file: string, from: string, to: string, finding: RegExp][] = [
    ['person.yaml', 'from: name, to', 'from: nam, to', /schema has no nam$/],
    ['person.yaml', "from: 'allergies[*]'", 'from: allergies', /allergies is a list/],
    ['person.yaml', 'from: dead, to', 'from: dead.at, to', /schema has no dead\.at/],
    [
      'items.yaml',
      'from: time, to: effectiveDateTime',
      'from: person.age, to: effectiveDateTime',
      /cannot become|does not become|no dateTime/,
    ],
    ['run.yaml', 'each: items', 'each: item', /schema has no item/],
    ['run.yaml', 'schema: run.schema.json', 'schema: other.schema.json', /no JSON Schema other/],
    ['coded.yaml', 'from: coded', 'from: coder', /reads coder, not coded|no source type coder/],
  ]
  for (const [file, from, to, reason] of wrong) {
    it(`find ${to}`, () => {
      const changed = new Map(files).set(file, files.get(file)!.replace(from, to))
      const findings = checkMappings({ files: changed, codeMaps })
      expect(findings.map(finding => finding.reason).join('\n')).to.match(reason)
    })
  }
})
