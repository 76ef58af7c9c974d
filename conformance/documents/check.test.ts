// The checker: silent about what the house writes, whatever the report; loud about each planted mistake; calm about hostile bytes; tolerant of foreign habits.
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { parse } from 'yaml'
import { pageOf } from '#formats/cda/page.ts'
import { readCda } from '#formats/cda/read.ts'
import { faultText } from '#kernel/fault.ts'
import { checkCharacter } from '#kernel/id-card.ts'
import { must } from '#kernel/result.ts'
import { openDocuments } from '#mappings/cda/documents.ts'
import { reportResources, type SampleItem, type SampleReport } from '#mappings/cda/sample-report.ts'
import { reportSamples, sampleIdentity, writeSample } from '#mappings/cda/samples.ts'
import { loadTerminology } from '#terminology/load.ts'
import { oidUse } from '#terminology/oid-registry.ts'
import { documentChecker } from './check.ts'

type Mistake = {
  readonly what: string
  readonly in?: string
  readonly change: readonly [string, string]
  readonly finds: string
  readonly at: string
  readonly severity?: string
}

const { maps, dictionary } = must(loadTerminology())
const documents = must(openDocuments({ codes: maps, book: dictionary }))
const writer = documents.writers.find(({ code }) => code === 'C0007')!
const checker = documentChecker({ specs: documents.specs, book: dictionary, knowsOid: oid => oidUse(oid, dictionary) !== undefined })
const check = (xml: string | Uint8Array) => checker.check(typeof xml === 'string' ? Buffer.from(xml) : xml)
const sample = (name: string) => {
  const { report, identity } = reportSamples.find(each => each.name === name)!
  return writeSample(writer, reportResources(report), identity).xml
}
const mistakes = parse(readFileSync(new URL('./mistakes.yaml', import.meta.url), 'utf8')) as readonly Mistake[]

describe('the document checker finds', () => {
  for (const { what, in: base = 'critical-values', change, finds, at, severity = 'error' } of mistakes) {
    it(what, () => {
      const sound = sample(base)
      expect(sound, 'the text to be changed').to.include(change[0])
      const { findings, valid } = check(sound.replace(change[0], () => change[1]))
      const found = findings.find(({ fault }) => fault.code === finds && fault.at === at)
      expect(found, JSON.stringify(findings.map(({ severity: s, fault }) => [s, fault.code, fault.at]))).to.include({ severity })
      expect(found!.line, 'a line').to.be.greaterThan(1)
      for (const language of ['zh', 'en'] as const) expect(faultText(found!.fault, language)).not.to.match(/\{\w+\}|undefined/)
      if (severity === 'error') expect(valid).to.equal(false)
    })
  }
})

const person = fc.constantFrom(
  '欧阳珅',
  '𠮷田誠',
  '䶮䶮',
  '买买提·艾力',
  '阿卜杜热合曼·买买提江·图尔荪托合提·努尔买买提·亚森',
  '王 <小>',
  "O'Neil & Söhne",
  '张"三"',
)
const staff = fc.record({ number: fc.stringMatching(/^Z\d{2}[DT]\d{2}$/), name: person })
const decimal = fc
  .tuple(fc.integer({ min: -9999, max: 99999 }), fc.integer({ min: 0, max: 4 }))
  .map(([whole, places]) => (whole / 10 ** places).toFixed(places))
const item: fc.Arbitrary<SampleItem> = fc.record(
  {
    code: fc.stringMatching(/^[A-Z][A-Z0-9-]{0,7}$/),
    name: fc.constantFrom('白细胞计数', '尿蛋白', 'C反应蛋白 (hs)', '×10^9 & <项目>', '抗-HBs'),
    loinc: fc.constantFrom('6690-2', '2744-1'),
    value: fc.oneof(
      decimal,
      decimal.map(number => `<${number.replace('-', '')}`),
      fc.constantFrom('阴性', '±', '1:320', '', '见备注\n第二行', '坏\u0007字符'),
    ),
    unit: fc.constantFrom('×10^9/L', '个/μL', 'mmol/L', '%'),
    range: fc.constantFrom('3.50-9.50', '阴性', '≤5.0', '-3.0-3.0'),
    flag: fc.constantFrom('N', 'H', 'L', 'HH', 'LL', 'A', 'AA'),
    note: fc.constantFrom('危急值，已电话通知临床', '复查 & 确认 <2 次>'),
  },
  { requiredKeys: ['code', 'name', 'value'] },
)
const card = fc.integer({ min: 0, max: 499 }).map(n => {
  const digits = `99011819600526${String(n * 2 + 1).padStart(3, '0')}`
  return digits + checkCharacter(digits)
})
const report: fc.Arbitrary<SampleReport> = fc.record({
  number: fc.stringMatching(/^\d{13}$/),
  panel: fc.constantFrom({ code: 'CBC', name: '血常规' }, { code: 'UA', name: '尿常规' }),
  status: fc.constantFrom('final', 'corrected', 'amended'),
  collected: fc.constant('2026-03-03T15:01:38+08:00'),
  received: fc.constantFrom('2026-03-03T15:10:10+08:00', '2026-03-03T07:10:10Z'),
  issued: fc.constantFrom('2026-03-03T16:07:07+08:00', '2026-03-03T16:07:07.250+08:00'),
  patient: fc.record(
    {
      recordNumber: fc.stringMatching(/^88\d{6}$/),
      name: person,
      gender: fc.constant('male'),
      birthDate: fc.constant('1960-05-26'),
      idCard: card,
      phone: fc.constant('12709017876'),
    },
    { requiredKeys: ['recordNumber', 'name', 'gender', 'birthDate'] },
  ),
  visit: fc.constantFrom<NonNullable<SampleReport['visit']>>(
    { class: 'AMB', number: 'M26030300038', start: '2026-03-03T14:20:00+08:00', department: 'Z01' },
    { class: 'EMER', number: 'E26030300006', start: '2026-03-03T14:20:00+08:00', department: 'Z11' },
    {
      class: 'IMP',
      number: 'ZY26030300001',
      start: '2026-03-01T09:11:27+08:00',
      department: 'Z01',
      place: { ward: 'ZW2', room: '05', bed: '15' },
    },
  ),
  diagnoses: fc.constantFrom([], [{ code: 'I21.100', name: '下壁急性透壁性心肌梗死' }]),
  specimen: fc.constantFrom({ number: '260303145557', code: '06', name: '动脉血' }),
  requester: staff,
  technician: staff,
  verifier: staff,
  items: fc.uniqueArray(item, { minLength: 1, maxLength: 12, selector: ({ code }) => code }),
})

describe('what the house writes', () => {
  it('stands every check without a finding, and is read as it was meant', () => {
    fc.assert(
      fc.property(report, generated => {
        const { xml } = writeSample(writer, reportResources(generated), sampleIdentity)
        expect(check(xml).findings.map(({ fault }) => `${fault.code} ${fault.at}`)).to.deep.equal([])
        const { document } = must(readCda(Buffer.from(xml)))
        expect(document.patient.name).to.equal(generated.patient.name)
        const page = pageOf(document, { spec: documents.specs.get('C0007')! })
        expect(page.sections[1]!.tables[0]!.rows).to.have.length(generated.items.length)
      }),
      { numRuns: 80 },
    )
  })

  it('agrees with its registration, and a difference in any part of it is found', () => {
    const registered = {
      number: sampleIdentity.number,
      code: 'C0007',
      title: '检验报告',
      effectiveTimeMs: sampleIdentity.writtenAtMs,
      patientName: '欧阳珅',
      patientIds: { '2.16.156.10011.1.13': '88000922', '2.16.156.10011.1.3': '990118196005260051' },
    }
    const bytes = Buffer.from(sample('critical-values'))
    expect(checker.check(bytes, registered).findings).to.deep.equal([])
    const other = {
      number: 'x',
      code: 'C0006',
      title: '检查报告',
      effectiveTimeMs: 0,
      patientName: '欧阳',
      patientIds: { '2.16.156.10011.1.13': '1' },
    }
    for (const [part, value] of Object.entries(other)) {
      const { findings, valid } = checker.check(bytes, { ...registered, [part]: value })
      expect([valid, findings.map(({ fault }) => fault.code)], part).to.deep.equal([false, ['document.registered-differs']])
      expect(JSON.stringify(findings), 'no patient data in a finding').not.to.match(/欧阳|990118/)
    }
  })
})

describe('a document from elsewhere', () => {
  const foreign = `<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:mif="urn:hl7-org:v3/mif" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <realmCode code="CN"/><typeId root="2.16.840.1.113883.1.3" extension="POCD_MT000040"/><templateId root="2.16.156.10011.2.1.1.27"/>
  <!-- 流水号 --><id root="2.16.156.10011.1.1" extension="RN001"/>
  <code code="C0007" codeSystem="2.16.156.10011.2.4" codeSystemName="卫生信息共享文档规范编码体系"/><title>检验记录</title>
  <effectiveTime value="20260303160709"/>
  <confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/><languageCode code="zh-CN"/><setId/><versionNumber/>
  <recordTarget><patientRole><id root="2.16.156.10011.1.11" extension="000480001"/><id root="2.16.156.10011.1.12" extension="-"/>
    <patientType><patienttypeCode code="01" codeSystem="2.16.156.10011.2.3.1.271" displayName="门诊"/></patientType><telecom value=""/>
    <patient><name>示例甲</name><administrativeGenderCode code="2" codeSystem="2.16.156.10011.2.3.3.4"/><age unit="岁" value="58"/></patient></patientRole></recordTarget>
  <author><time value="20260303"/><assignedAuthor><id root="2.16.156.10011.1.7" extension="-"/><assignedPerson><name>示例乙</name></assignedPerson></assignedAuthor></author>
  <custodian><assignedCustodian><representedCustodianOrganization><id root="2.16.156.10011.1.5" extension="123456789012345678"/></representedCustodianOrganization></assignedCustodian></custodian>
  <authenticator><time/><signatureCode/><assignedEntity><id root="2.16.156.10011.1.4" extension="-"/><code displayName="检验技师"/><assignedPerson><name>无</name></assignedPerson></assignedEntity></authenticator>
  <relatedDocument typeCode="RPLC"><parentDocument><id/><setId/><versionNumber/></parentDocument></relatedDocument>
  <component><structuredBody>
    <component><section><code code="29548-5" codeSystem="2.16.840.1.113883.6.1" displayName="Diagnosis"/><text/>
      <entry><observation classCode="OBS" moodCode="EVN"><code code="DE05.01.024.00" codeSystem="2.16.156.10011.2.2.1" displayName="诊断代码"/>
        <value xsi:type="CD" code="I21.100" codeSystem="2.16.156.10011.2.3.3.11.3" displayName="急性心肌梗死"/></observation></entry></section></component>
    <component><section><code displayName="检验报告章节"/><text/>
      <entry><observation classCode="OBS" moodCode="EVN"><code code="DE04.50.130.00" codeSystem="2.16.156.10011.2.2.1" displayName="检验报告结果"/><value xsi:type="ST">无</value></observation></entry>
      <entry><organizer classCode="CLUSTER" moodCode="EVN"><component><observation classCode="OBS" moodCode="EVN"><code code="DE08.10.026.00" codeSystem="2.16.156.10011.2.2.1" displayName="检验报告科室"/><value xsi:type="ST">-</value></observation></component></organizer></entry>
    </section></component>
  </structuredBody></component>
</ClinicalDocument>`

  it('may call sodium NA, by its name; NA without a name says nothing', () => {
    const emptyCodes = (attributes: string) =>
      check(foreign.replace('code="I21.100"', attributes)).findings.filter(({ fault }) => fault.code === 'document.empty-word').length
    expect(emptyCodes('code="NA" x=""')).to.equal(emptyCodes('code="I21.100"'))
    const unnamed = foreign.replace('code="I21.100" codeSystem="2.16.156.10011.2.3.3.11.3" displayName="急性心肌梗死"', 'code="NA"')
    const words = check(unnamed).findings.filter(({ fault }) => fault.code === 'document.empty-word')
    expect(words.length).to.equal(emptyCodes('code="I21.100"') + 1)
  })

  it('is judged without being misunderstood', () => {
    const codes = Map.groupBy(check(foreign).findings, ({ severity }) => severity)
    expect(codes.get('error')?.map(({ fault }) => fault.code)).to.deep.equal(['document.number-length'])
    expect(new Set(codes.get('warning')?.map(({ fault }) => fault.code))).to.include.all.keys(
      ...[
        'document.title-other',
        'document.empty-word',
        'document.code-variant',
        'document.system-variant',
        'document.replaces-incomplete',
      ],
      ...['document.narrative-empty', 'document.section-missing'],
    )
  })

  it('is read as a page: empty words are not shown, codes get their words', () => {
    const displayOf = (system: string, code: string) => dictionary.display(system, code)
    const page = pageOf(must(readCda(Buffer.from(foreign))).document, { spec: documents.specs.get('C0007')!, displayOf })
    const facts = page.header.flatMap(group => group.facts.map(({ key, value }) => [key, value]))
    expect(facts).to.deep.include.members([
      ['patient.sex', '女性'],
      ['patient.age', '58岁'],
      ['id.2.16.156.10011.1.11', '000480001'],
    ])
    expect(facts.map(([key]) => key)).not.to.include.members(['id.2.16.156.10011.1.12', 'authenticator'])
    expect(page.sections.map(({ title }) => title)).to.deep.equal(['诊断记录', '检验报告'])
    expect(page.sections[1]!.tables[0]!.rows).to.deep.equal([[{}]])
  })
})

describe('hostile bytes', () => {
  const sound = sample('little-known')
  const root = '<ClinicalDocument xmlns="urn:hl7-org:v3">'
  const nested = (levels: number) =>
    `${'<entryRelationship><observation>'.repeat(levels)}${'</observation></entryRelationship>'.repeat(levels)}`
  const inBody = (inner: string) => sound.replace('<entry>', () => `<entry><observation>${inner}</observation></entry><entry>`)
  const cases: [string, Uint8Array | string, string][] = [
    ['no bytes', '', 'xml.no-root'],
    ['words', '检验报告', 'xml.text-outside-root'],
    ['another document', '<Bundle xmlns="http://hl7.org/fhir"/>', 'document.not-cda'],
    ['the root without its namespace', '<ClinicalDocument/>', 'document.not-cda'],
    ['a DTD', `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${root}&x;</ClinicalDocument>`, 'xml.doctype'],
    ['an entity bomb', `<!DOCTYPE l [<!ENTITY a "${'b'.repeat(99)}">]>${root}&a;</ClinicalDocument>`, 'xml.doctype'],
    ['an entity nobody declared', `${root}&nbsp;</ClinicalDocument>`, 'xml.entity-unknown'],
    ['ten megabytes', `${root}${' '.repeat(10 * 1024 * 1024)}</ClinicalDocument>`, 'xml.too-large'],
    ['a thousand levels', `${root}${'<a>'.repeat(1000)}`, 'xml.too-deep'],
    ['half a document', sound.slice(0, sound.indexOf('<component>')), 'xml.unclosed'],
    ['UTF-16', Buffer.from(`\ufeff${sound}`, 'utf16le'), 'charset.unknown'],
    ['a control character', sound.replace('检验报告', '检验\u0001报告'), 'xml.bad-character'],
  ]
  for (const [what, bytes, code] of cases) {
    it(`are one finding: ${what}`, () => {
      const { valid, findings } = check(bytes)
      expect([valid, findings.map(({ fault }) => fault.code)]).to.deep.equal([false, [code]])
    })
  }

  it('in GB18030 are read, whatever the declaration says', () => {
    for (const declared of ['GB18030', 'UTF-8']) {
      const bytes = iconv.encode(sound.replace('encoding="UTF-8"', `encoding="${declared}"`), 'gb18030')
      expect(check(bytes).findings, declared).to.deep.equal([])
    }
  })

  it('nested deep, or wrong a thousand times, end in a finding that says so', () => {
    expect(check(inBody(nested(20))).findings.map(({ fault }) => fault.code)).to.include('document.too-deep')
    const many = check(sound.replace('<entry>', `${'<entry/>'.repeat(2000)}<entry>`)).findings
    expect([many.length, many.at(-1)!.fault.code]).to.deep.equal([501, 'document.findings-cut'])
  })

  it('never throw, whatever is cut out or put in', () => {
    const debris = fc.constantFrom(
      '<',
      '>',
      '"',
      '&',
      '<entry>',
      '</section>',
      'xsi:type="CD"',
      'root="2.9999"',
      '\u0000',
      '𠮷',
      ' xmlns=""',
      '<value/>',
    )
    const wound = fc.tuple(fc.nat(sound.length), fc.nat(40), debris)
    fc.assert(
      fc.property(fc.array(wound, { minLength: 1, maxLength: 4 }), wounds => {
        const text = wounds.reduce((left, [at, cut, put]) => left.slice(0, at) + put + left.slice(at + cut), sound)
        const { findings } = check(text)
        for (const { fault } of findings) expect(faultText(fault, 'zh')).not.to.match(/\{\w+\}/)
        const read = readCda(Buffer.from(text))
        if (read.ok) pageOf(read.value.document)
      }),
      { numRuns: 300 },
    )
  })
})
