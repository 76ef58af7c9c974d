// Documents out of definitions: the samples as accepted, the same bytes each time, what is owed and when, and a further document by data alone.
import { expect } from 'chai'
import { XmlDocument } from 'libxml2-wasm'
import { documentChecker } from '#conformance/documents/check.ts'
import { pageOf } from '#formats/cda/page.ts'
import { readCda } from '#formats/cda/read.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { DocumentWriter } from '#kernel/ports/documents.ts'
import { must } from '#kernel/result.ts'
import { loadTerminology } from '#terminology/load.ts'
import { oidUse } from '#terminology/oid-registry.ts'
import { openDocuments } from './documents.ts'
import { reportResources } from './sample-report.ts'
import { documentSamples, prepareSample, reportSamples, sampleCustodian, sampleIdentity, writeSample } from './samples.ts'

const { maps, dictionary } = must(loadTerminology())
const tools = { codes: maps, book: dictionary }
const documents = must(openDocuments(tools))
const c0007 = documents.writers.find(({ code }) => code === 'C0007')!
const checker = documentChecker({ specs: documents.specs, book: dictionary, knowsOid: oid => oidUse(oid, dictionary) !== undefined })
const sample = (name: string) => reportSamples.find(each => each.name === name)!
const written = (name: string) => writeSample(c0007, reportResources(sample(name).report), sample(name).identity).xml

describe('shared documents', () => {
  for (const { name, made, expected } of documentSamples(documents.writers)) {
    it(`${name} is written as accepted (npm run golden -- --accept)`, () => expect(made).to.equal(expected))
    it(`${name} stands every check`, () =>
      expect(checker.check(Buffer.from(made))).to.deep.include({ code: 'C0007', valid: true, findings: [] }))
    it(`${name} is well-formed to another reader`, () => XmlDocument.fromString(made).dispose())
  }

  it('are the same bytes for the same input, in whatever order its members stand', () => {
    const resources = reportResources(sample('critical-values').report)
    const turned = resources.map(resource => Object.fromEntries(Object.entries(resource).reverse()))
    expect(writeSample(c0007, turned, sampleIdentity).xml).to.equal(written('critical-values'))
  })

  it('keep decimals digit for digit', () => {
    const xml = written('critical-values')
    for (const number of ['value="7.152"', 'value="27.60"', '<td>5.10 mmol/L</td>', '<low value="7.350"/>']) expect(xml).to.include(number)
  })

  it('never write signs for what is not known, nor a placeholder OID', () => {
    for (const { made } of documentSamples(documents.writers)) {
      expect(made).not.to.match(/"-"|>-<|"无"|>无<|"NA"|>NA</)
      expect(made).not.to.include('2.9999')
    }
  })

  it('replace the version before them, in the same set and with a higher number', () => {
    const { document } = must(readCda(Buffer.from(written('corrected'))))
    expect(document.version).to.equal('2')
    expect(document.replaces).to.deep.equal({
      id: { root: '2.16.156.10011.1.1', extension: sampleIdentity.number },
      setId: document.setId,
      version: '1',
    })
  })

  it('say another state when the report says another thing, and the same when only its number would differ', () => {
    const state = (name: string) => prepareSample(c0007, reportResources(sample(name).report)).state
    expect(state('corrected')).not.to.equal(state('critical-values'))
    expect(prepareSample(c0007, reportResources({ ...sample('critical-values').report })).state).to.equal(state('critical-values'))
  })
})

describe('what a report asks for', () => {
  const ask = (change: JsonObject, writer: DocumentWriter = c0007) => {
    const [root, ...related] = reportResources(sample('critical-values').report)
    const byName = new Map(related.map(resource => [`${resource['resourceType']}/${resource['id']}`, resource]))
    return must(writer.prepare({ root: { ...root, ...change }, related: name => byName.get(name) ?? null, custodian: sampleCustodian }))
      .demand
  }
  const demands: [string, JsonObject, string][] = [
    ['a preliminary report nothing', { status: 'preliminary' }, 'nothing'],
    ['a registered one nothing', { status: 'registered' }, 'nothing'],
    ['a final one a document', { status: 'final' }, 'issue'],
    ['an amended one a document', { status: 'amended' }, 'issue'],
    ['a cancelled one that it be withdrawn', { status: 'cancelled' }, 'withdraw'],
    ['one entered in error that it be withdrawn', { status: 'entered-in-error' }, 'withdraw'],
    ['radiology nothing', { category: [{ coding: [{ code: 'CT' }] }] }, 'nothing'],
    ['one without category, by its results, a document', { category: undefined }, 'issue'],
  ]
  for (const [what, change, demand] of demands) it(`owes ${what}`, () => expect(ask(change)).to.equal(demand))

  it('comes in hops: what is missing is named until all is at hand', () => {
    const resources = reportResources(sample('inpatient-words').report)
    const byName = new Map(resources.map(resource => [`${resource['resourceType']}/${resource['id']}`, resource]))
    const known = new Map<string, JsonObject | null>()
    const hops: number[] = []
    for (;;) {
      const prepared = must(c0007.prepare({ root: resources[0]!, related: name => known.get(name), custodian: sampleCustodian }))
      if (prepared.needs.length === 0) break
      hops.push(prepared.needs.length)
      for (const name of prepared.needs) known.set(name, byName.get(name) ?? null)
    }
    expect(hops.length).to.be.within(2, 5)
    expect(known.size).to.equal(resources.length - 1)
  })

  it('can do without what is gone', () => {
    const [root] = reportResources(sample('critical-values').report)
    const prepared = must(c0007.prepare({ root: root!, related: () => null, custodian: sampleCustodian }))
    expect(prepared.demand).to.equal('issue')
    if (prepared.demand !== 'issue') return
    const { xml } = must(prepared.write(sampleIdentity))
    const { valid, findings } = checker.check(Buffer.from(xml))
    expect(valid).to.equal(false)
    expect(findings.map(({ fault }) => fault.code)).to.include.members(['document.patient-unnumbered', 'document.name-missing'])
  })
})

describe('a document added with data only', () => {
  const yaml = `
document: C0053
from: Encounter
issue: status = 'finished'
registers: { subject: subject, encounter: $this, authors: participant.individual, clinicalTime: period.end }
header:
  ids: { inpatientNumber: identifier.value }
  patientType: { value: class, map: encounter-class-to-cv09-00-404 }
  author: { who: participant.individual, time: period.end, precision: day }
  legalAuthenticator: { who: participant.individual, role: 主任医师, time: period.end }
  authenticators: [{ who: participant.individual, role: 住院医师 }]
  participants: [{ typeCode: PRF, classCode: ASSIGNED, who: participant.individual }]
  encounter: { of: $this, time: { low: period.start, high: period.end } }
sections:
  - code: 11450-4
    entries: [{ element: DE05.10.148.00, value: reasonCode, missing: NI }]
  - code: 46241-6
    entries: [{ element: DE05.01.024.00, each: diagnosis.where(use.coding.code = 'AD').condition.resolve().ofType(Condition), value: code, time: { value: recordedDate } }]
  - code: 8648-8
    entries:
      - { element: DE06.00.310.00, value: length }
      - { element: DE05.10.113.00, value: hospitalization.dischargeDisposition, missing: UNK }
`
  const resources: JsonObject[] = [
    {
      resourceType: 'Encounter',
      id: 'e1',
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
      identifier: [{ value: 'ZY26030300001' }],
      subject: { reference: 'Patient/p1' },
      participant: [{ individual: { reference: 'Practitioner/d1' } }],
      period: { start: '2026-03-01T09:00:00+08:00', end: '2026-03-08T10:30:00+08:00' },
      length: { value: 7, unit: '天' },
      reasonCode: [{ text: '胸痛 <3 小时，伴“压榨感”' }],
      diagnosis: [{ condition: { reference: 'Condition/c1' }, use: { coding: [{ code: 'AD' }] } }],
    },
    { resourceType: 'Patient', id: 'p1', name: [{ text: '古丽·𠮷' }], gender: 'female', birthDate: '1973-12-04' },
    { resourceType: 'Practitioner', id: 'd1', name: [{ text: '马誠' }], identifier: [{ value: 'Z01D06' }] },
    {
      resourceType: 'Condition',
      id: 'c1',
      recordedDate: '2026-03-01',
      code: { coding: [{ system: 'urn:oid:2.16.156.10011.2.3.3.11', code: 'I21.100', display: '下壁急性透壁性心肌梗死' }] },
    },
  ]

  it('is written, checked and read as a page', () => {
    const { writers, specs } = must(openDocuments(tools, new Map([['C0053.yaml', yaml]])))
    const writer = writers.find(({ code }) => code === 'C0053')!
    const { xml } = writeSample(writer, resources, sampleIdentity)
    const report = documentChecker({ specs, book: dictionary, knowsOid: oid => oidUse(oid, dictionary) !== undefined }).check(
      Buffer.from(xml),
    )
    expect(report).to.deep.include({ code: 'C0053', title: '出院小结', valid: true })
    const page = pageOf(must(readCda(Buffer.from(xml))).document, { spec: specs.get('C0053')! })
    expect(page.sections.map(({ title }) => title)).to.deep.equal(['主要健康问题', '入院诊断', '治疗计划'])
    expect(page.sections[0]!.facts[0]).to.deep.include({ name: '入院情况', value: '胸痛 <3 小时，伴“压榨感”' })
    expect(page.sections[1]!.facts[0]).to.deep.include({ value: '下壁急性透壁性心肌梗死', time: '2026-03-01' })
    expect(page.sections[2]!.facts).to.deep.equal([
      { code: 'DE06.00.310.00', name: '实际住院天数', value: '7 天' },
      { code: 'DE05.10.113.00', name: '治疗结果代码' },
    ])
  })

  it('may be of a type that no catalogue has', () => {
    const own = `
document: X0001
title: 院前急救交接单
templateRoot: 1.2.156.112600.9.1
from: Encounter
issue: 'true'
registers: { subject: subject }
header:
  ids: { medicalRecordNumber: identifier.value }
  patientType: { value: class, map: encounter-class-to-cv09-00-404 }
  author: { who: participant.individual, time: period.end }
  encounter: { of: $this, time: { low: period.start, high: period.end } }
sections:
  - display: 交接情况
    entries:
      - { element: DE05.10.148.00, name: 交接时情况, type: ST, value: reasonCode }
      - organizer: CLUSTER
        each: diagnosis.condition.resolve().ofType(Condition)
        components: [{ element: DE05.01.025.00, name: 诊断名称, type: ST, value: code }]
`
    const { writers, specs } = must(openDocuments(tools, new Map([['X0001.yaml', own]])))
    const { xml } = writeSample(writers.find(({ code }) => code === 'X0001')!, resources, sampleIdentity)
    const knowsOid = (oid: string) => oidUse(oid, dictionary) !== undefined
    const { findings } = documentChecker({ specs, book: dictionary, knowsOid }).check(Buffer.from(xml))
    expect(findings).to.deep.equal([])
    const page = pageOf(must(readCda(Buffer.from(xml))).document)
    expect(page.sections[0]!.tables).to.deep.equal([
      { columns: [{ code: 'DE05.01.025.00', name: '诊断名称' }], rows: [[{ text: '下壁急性透壁性心肌梗死' }]] },
    ])
    expect(JSON.stringify(page.sections[0]!.narrative)).to.include('诊断名称：下壁急性透壁性心肌梗死')
  })
})

describe('a definition that is wrong', () => {
  const sound = (parts: { header?: string; sections?: string; top?: string }) => `document: C0006
from: DiagnosticReport
issue: ${parts.top ?? "status = 'final'"}
registers: { subject: subject }
header:
  author: { who: resultsInterpreter }
${parts.header ?? ''}
sections:
  - code: 10154-3
    entries:
${parts.sections ?? '      - { element: DE04.01.119.00, value: conclusion }'}
`
  const wrong: [string, string, number, RegExp][] = [
    ['a path that is none', sound({ top: 'status = ' }), 3, /status =/],
    [
      'a path to an element there is not',
      sound({ sections: '      - { element: DE04.01.119.00, value: conclusions }' }),
      11,
      /conclusions/,
    ],
    [
      'a data element of another section',
      sound({ sections: '      - { element: DE05.01.024.00, value: conclusion }' }),
      11,
      /no data element of the section 主诉/,
    ],
    [
      'another type than the catalogue has',
      sound({ sections: '      - { element: DE04.01.119.00, type: PQ, value: conclusion }' }),
      11,
      /the catalogue says ST/,
    ],
    [
      'a member that means nothing',
      sound({ sections: '      - { element: DE04.01.119.00, value: conclusion, colour: red }' }),
      11,
      /colour/,
    ],
    ['a code map there is not', sound({ header: '  patientType: { value: status, map: no-such-map }' }), 7, /no-such-map/],
    ['a lead of no known type', sound({ header: '  encounter: { of: encounter.resolve(), time: { low: period.start } }' }), 7, /ofType/],
    ['a number of no known kind', sound({ header: '  ids: { libraryCard: identifier.value }' }), 7, /libraryCard/],
    [
      'a null flavour there is not',
      sound({ sections: '      - { element: DE04.01.119.00, value: conclusion, missing: DUNNO }' }),
      11,
      /NI, UNK/,
    ],
    ['a section of another type', sound({}).replace('10154-3', '8716-3'), 9, /no such section/],
    ['people that are none', sound({}).replace('who: resultsInterpreter', 'who: code'), 6, /References/],
    [
      'a code without a system',
      sound({}).replace('code: 10154-3', 'code: 29548-5').replace('DE04.01.119.00', 'DE05.01.024.00, system: zzz'),
      11,
      /zzz is no OID/,
    ],
    ['no subject for the registry', sound({}).replace('subject: subject', 'encounter: encounter'), 4, /subject/],
    ['YAML that is none', 'document: [C0006', 1, /./],
  ]
  for (const [what, yaml, line, reason] of wrong) {
    it(`is told by file and line: ${what}`, () => {
      const opened = openDocuments(tools, new Map([['wrong.yaml', yaml]]))
      expect(opened.ok).to.equal(false)
      if (opened.ok) return
      const told = opened.fault.causes!.map(cause => ({ ...cause.args }))
      expect(
        told.some(args => args['file'] === 'wrong.yaml' && args['line'] === line && reason.test(String(args['reason']))),
        JSON.stringify(told),
      ).to.equal(true)
    })
  }
})
