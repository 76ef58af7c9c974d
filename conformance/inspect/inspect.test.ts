// Texts of every kind, sound and broken: each is recognised by its content and each finding says where.
import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { faultText } from '#kernel/fault.ts'
import { must } from '#kernel/result.ts'
import { openDocuments } from '#mappings/cda/documents.ts'
import { reportResources } from '#mappings/cda/sample-report.ts'
import { reportSamples, writeSample } from '#mappings/cda/samples.ts'
import { loadTerminology } from '#terminology/load.ts'
import { oidUse } from '#terminology/oid-registry.ts'
import { documentChecker } from '../documents/check.ts'
import { openValidator } from '../validator/validator.ts'
import { inspectText } from './inspect.ts'
import { type Inspected, isValid, pathOf } from './inspected.ts'

const { maps, dictionary } = must(loadTerminology())
const documents = must(openDocuments({ codes: maps, book: dictionary }))
const checker = documentChecker({ specs: documents.specs, book: dictionary, knowsOid: oid => oidUse(oid, dictionary) !== undefined })
const tools = { validator: openValidator({ settings: { bestPractice: 'ignore' } }), documents: checker }
const inspect = (text: string | Uint8Array) => inspectText(typeof text === 'string' ? Buffer.from(text) : text, tools)
const told = (of: Inspected) => of.findings.map(one => [one.fault.code, pathOf(one), one.line, one.column, one.length])

const header = 'MSH|^~\\&|HIS|ZJJ|CDR|ZJJ|20260105083000||ADT^A01^ADT_A01|M1|P|2.5.1'
const admission = [header, 'EVN||20260105083000', 'PID|1||880123^^^ZJJ^MR||欧阳^珅||19800101|F', 'PV1|1|I|W3^0312^1']
const changed = (line: number, from: string, to: string) =>
  admission.map((text, i) => (i === line - 1 ? text.replace(from, to) : text)).join('\r')

describe('a text looked at', () => {
  const hl7: [string, string | Uint8Array, unknown[][]][] = [
    ['a sound admission', admission.join('\r'), []],
    ['line feeds', admission.join('\n'), []],
    ['a frame around it', `\x0b${admission.join('\r')}\r\x1c\r`, []],
    ['GB 18030', iconv.encode(admission.join('\r'), 'gb18030'), []],
    ['an impossible day', changed(3, '19800101', '19800230'), [['hl7.bad-time', 'PID[1]-7', 3, 31, 8]]],
    ['a number that is none', changed(3, 'PID|1|', 'PID|one|'), [['hl7.bad-value', 'PID[1]-1', 3, 5, 3]]],
    ['no name', changed(3, '欧阳^珅', ''), [['hl7.field-missing', 'PID[1]-5', 3, 25, undefined]]],
    ['no control id', changed(1, 'M1', ''), [['hl7.field-missing', 'MSH[1]-10', 1, 58, undefined]]],
    ['a version of another world', changed(1, '2.5.1', '9.9'), [['hl7.version-unsupported', 'MSH[1]-12', 1, 63, 3]]],
    ['an event that is none', changed(1, 'ADT^A01^ADT_A01', 'ADT^A99'), [['hl7.event-unsupported', 'MSH[1]-9', 1, 42, 7]]],
    ['no visit', admission.slice(0, 3).join('\r'), [['hl7.segment-missing', 'PV1[1]', undefined, undefined, undefined]]],
    [
      'a line that is no segment',
      [...admission.slice(0, 2), 'hello', ...admission.slice(2)].join('\r'),
      [['hl7.bad-segment-name', undefined, 3, 1, 5]],
    ],
    ['two messages', [...admission, ...admission].join('\r'), [['hl7.second-msh', 'MSH[2]', 5, 1, header.length]]],
    ['sex said twice', changed(3, '|F', '|F~M'), [['inspect.repetitions', 'PID[1]-8', 3, 40, 3]]],
    [
      'half a character',
      Buffer.concat([Buffer.from(`${admission.join('\r')}\rZZZ|`), Buffer.from([0xd6])]),
      [['charset.undecodable', undefined, 5, 5, undefined]],
    ],
    ['delimiters that are all the same', 'MSH|||||HIS', [['hl7.bad-delimiters', 'MSH[1]-2', 1, 1, undefined]]],
  ]
  for (const [what, text, findings] of hl7) {
    it(`HL7 v2: ${what}`, () => {
      const inspected = inspect(text)
      expect([inspected.kind, told(inspected)]).to.deep.equal(['hl7v2', findings])
    })
  }

  const fhir: [string, string, string, string | undefined, unknown[][]][] = [
    ['a sound resource', '{"resourceType":"Patient","active":true}', 'fhir-json', 'Patient', []],
    [
      'in XML',
      '<?xml version="1.0"?>\n<!-- 珅 -->\n<Patient xmlns="http://hl7.org/fhir"><active value="true"/></Patient>',
      'fhir-xml',
      'Patient',
      [],
    ],
    [
      'a comma too many',
      '{\n  "resourceType": "Patient",\n}',
      'fhir-json',
      undefined,
      [['validator.json-comma-extra', undefined, 3, 1, undefined]],
    ],
    [
      'a tag left open',
      '<Patient xmlns="http://hl7.org/fhir">\n<name>\n</Patient>',
      'fhir-xml',
      'Patient',
      [['xml.end-tag-mismatch', undefined, 3, 1, undefined]],
    ],
    ['other XML', '<html><body/></html>', 'fhir-xml', 'html', [['fhir-xml.namespace', undefined, 1, 1, undefined]]],
    [
      'a DTD',
      '<!DOCTYPE Patient>\n<Patient xmlns="http://hl7.org/fhir"/>',
      'fhir-xml',
      'Patient',
      [['xml.doctype', undefined, 1, 1, undefined]],
    ],
    ['nothing', ' \n', 'unknown', undefined, [['inspect.empty', undefined, undefined, undefined, undefined]]],
    ['prose', '患者欧阳珅，女', 'unknown', undefined, [['inspect.unrecognised', undefined, undefined, undefined, undefined]]],
  ]
  for (const [what, text, kind, name, findings] of fhir) {
    it(`FHIR: ${what}`, () => {
      const inspected = inspect(text)
      expect([inspected.kind, inspected.name, told(inspected).slice(0, 1)]).to.deep.equal([kind, name, findings])
    })
  }

  it('FHIR: what the validator finds', () => {
    const inspected = inspect('{\n  "resourceType": "Patient",\n  "name": [{ "use": "maiden name" }]\n}')
    expect(told(inspected)).to.deep.equal([['validator.not-in-value-set', 'Patient.name[0].use', 3, 14, undefined]])
  })

  it('FHIR: bytes that are no UTF-8', () => {
    const inspected = inspect(iconv.encode('{"resourceType":"Patient",\n"name":[{"text":"珅"}]}', 'gb18030'))
    expect(told(inspected)).to.deep.equal([['json.encoding', undefined, 2, 18, undefined]])
  })

  it('UTF-16 is named as what it is', () => {
    const inspected = inspect(Buffer.from('\ufeff{"resourceType":"Patient"}', 'utf16le'))
    expect(told(inspected)[0]![0]).to.equal('charset.unknown')
  })

  it('CDA: a document of the house, sound and broken', () => {
    const writer = documents.writers.find(({ code }) => code === 'C0007')!
    const { report, identity } = reportSamples[0]!
    const { xml } = writeSample(writer, reportResources(report), identity)
    const sound = inspect(xml)
    expect([sound.kind, sound.name, isValid(sound)], JSON.stringify(told(sound))).to.deep.equal(['cda', 'C0007', true])
    const broken = inspect(xml.replace('<birthTime value="', '<birthTime value="99'))
    expect(isValid(broken)).to.equal(false)
    expect(broken.findings[0]).to.include.keys('line', 'column')
    expect(inspect(xml.slice(0, 900)).findings[0]!.fault.code).to.match(/^xml\./)
  })

  it('every message of the house that is meant to be sound has no error', () => {
    const adapters = new URL('../../adapters/', import.meta.url)
    const files = readdirSync(adapters, { recursive: true, encoding: 'utf8' }).filter(name => /cases\/good-.*\.hl7$/.test(name))
    expect(files.length).to.be.greaterThan(20)
    for (const name of files) {
      const inspected = inspect(readFileSync(new URL(name, adapters)))
      expect([name, inspected.kind, told(inspected), isValid(inspected)]).to.deep.equal([name, 'hl7v2', told(inspected), true])
    }
  })

  it('never throws, and every sentence is whole', () => {
    const start = fc.constantFrom('MSH|^~\\&|', '{"resourceType":"', '<ClinicalDocument xmlns="urn:hl7-org:v3">', '<', '\x0bMSH', '')
    fc.assert(
      fc.property(start, fc.string({ unit: 'binary', maxLength: 200 }), fc.uint8Array({ maxLength: 40 }), (head, tail, bytes) => {
        const { findings } = inspect(Buffer.concat([Buffer.from(head + tail), bytes]))
        for (const { fault } of findings)
          for (const language of ['zh', 'en'] as const) expect(faultText(fault, language)).not.to.match(/\{\w+\}|undefined/)
      }),
    )
  })

  const hostile: [string, string][] = [
    ['a million comments', `${'<!---->'.repeat(1_000)}x`],
    ['a million brackets', '<'.repeat(1_000_000)],
    ['ten thousand bad segments', `${header}\r${'PID|x||||||99999999\r'.repeat(10_000)}`],
    ['a field of a million repetitions', `${header}\rPID|1||${'a~'.repeat(1_000_000)}`],
    ['deep JSON', '{"a":'.repeat(100_000)],
  ]
  for (const [what, text] of hostile) {
    it(`bears ${what}`, () => {
      const { findings } = inspect(text)
      expect(findings.length).to.be.within(1, 500)
    })
  }
})
