// The dictionary: every name of a system, membership, fragments, expansion and search as the rest of the house asks for them.
import { expect } from 'chai'
import fc from 'fast-check'
import { must } from '#kernel/result.ts'
import { expansionCodesMax } from './dictionary.ts'
import { loadTerminology } from './load.ts'
import { oidUse } from './oid-registry.ts'

const { dictionary } = must(loadTerminology())
const faultOf = (result: { ok: boolean; fault?: { code: string } }) => (result.ok ? undefined : result.fault?.code)

describe('Dictionary', () => {
  for (const name of ['CV02.01.101', 'cv02.01.101', '2.16.156.10011.2.3.1.1', 'urn:oid:2.16.156.10011.2.3.1.1']) {
    it(`finds a table as ${name}`, () => {
      expect(dictionary.system(name)?.seed.name.zh).to.equal('身份证件类别代码表')
    })
  }

  const names: [string, string][] = [
    ['GB/T 2261.1', 'GB/T 2261.1'],
    ['GB/T 2261.1-2003', 'GB/T 2261.1'],
    ['GB/T2261.1', 'GB/T 2261.1'],
    ['HL70001', 'v2-0001'],
    ['http://hl7.org/fhir/administrative-gender', 'administrative-gender'],
    ['urn:oid:2.16.156.10011.2.3.3.11.3', 'ICD-10'],
    ['诊疗科目', 'SD01.01.003.00'],
    ['zjj-lis-item', 'zjj-lis-item'],
  ]
  for (const [name, id] of names) {
    it(`finds ${id} as ${name}`, () => {
      expect(dictionary.system(name)?.seed.id).to.equal(id)
    })
  }

  it('displays in Chinese', () => {
    expect(dictionary.display('CV06.00.226', '4')).to.equal('非医嘱离院')
    expect(dictionary.display('GB 3304', '01')).to.equal('汉族')
    expect(dictionary.display('urn:oid:2.16.156.10011.2.4', 'C0007')).to.equal('检验报告')
    expect(dictionary.display('GB 3304', '77')).to.equal(undefined)
    expect(dictionary.display('nothing', '1')).to.equal(undefined)
  })

  it('tells right codes, wrong codes and codes it cannot judge', () => {
    expect(dictionary.validateCode('CV02.01.101', '01')).to.deep.equal({ ok: true, value: { checked: true, display: '居民身份证' } })
    expect(faultOf(dictionary.validateCode('CV02.01.101', '1'))).to.equal('terminology.code-unknown')
    expect(faultOf(dictionary.validateCode('CV99.99.999', '1'))).to.equal('terminology.system-unknown')
    expect(dictionary.validateCode('ICD-10', 'Z99.999')).to.deep.equal({ ok: true, value: { checked: false } })
    expect(dictionary.validateCode('http://loinc.org', '718-7')).to.deep.equal({ ok: true, value: { checked: true } })
  })

  it('tells a wrong display, but not a narrower bracket', () => {
    expect(faultOf(dictionary.validateCode('CV02.01.101', '01', '护照'))).to.equal('terminology.display-wrong')
    expect(dictionary.validateCode('CV02.01.102', '11', '省（市）级医院').ok).to.equal(true)
    expect(dictionary.validateCode('zjj-lis-item', 'HGB', 'hb').ok).to.equal(true)
  })

  it('expands a table in its printed order and in pages', () => {
    const all = must(dictionary.expand('GB/T 2261.1'))
    expect(all.contains.map(entry => entry.code)).to.deep.equal(['0', '1', '2', '9'])
    const page = must(dictionary.expand('ICD-10', { offset: 10, count: 5 }))
    expect(page.contains.length).to.equal(5)
    expect(page.total).to.equal(dictionary.system('ICD-10')!.rows.length)
    expect(must(dictionary.expand('GB 3304', { filter: 'hz' })).contains.map(entry => entry.display)).to.include.members(['汉族', '回族'])
  })

  it('refuses an expansion that is too large', () => {
    expect(faultOf(dictionary.expand('http://terminology.hl7.org/CodeSystem/v3-ActCode'))).to.equal('terminology.expansion-too-large')
    expect(dictionary.expand('http://terminology.hl7.org/CodeSystem/v3-ActCode', { count: expansionCodesMax }).ok).to.equal(true)
  })

  const searches: [string, string][] = [
    ['高血压', '高血压'],
    ['gxy', '高血压'],
    ['xhdb', '血红蛋白'],
    ['WBC', '白细胞计数'],
    ['amoxicillin', '阿莫西林'],
    ['J18.900', '肺炎'],
  ]
  for (const [text, display] of searches) {
    it(`finds ${display} by ${text}`, () => {
      expect(dictionary.search({ text, limit: 10 }).map(hit => hit.display)).to.include(display)
    })
  }

  it('searches within systems, and finds nothing in an unknown one', () => {
    const hits = dictionary.search({ text: '肺炎', systems: ['ICD-10'], limit: 50 })
    expect(hits.length).to.be.greaterThan(3)
    expect(new Set(hits.map(hit => hit.system))).to.deep.equal(new Set(['urn:oid:2.16.156.10011.2.3.3.11']))
    expect(dictionary.search({ text: '肺炎', systems: ['nothing'], limit: 5 })).to.deep.equal([])
    expect(dictionary.search({ text: '  ', limit: 5 })).to.deep.equal([])
  })

  it('finds every code of every system by itself (law)', () => {
    const systems = dictionary.systems().filter(system => system.rows.length > 0)
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (s, r) => {
        const system = systems[s % systems.length]!
        const row = system.rows[r % system.rows.length]!
        expect(dictionary.validateCode(system.url, row[0]).ok).to.equal(true)
        expect(dictionary.display(system.url, row[0])).to.equal(row[1] || undefined)
      }),
    )
  })
})

describe('oidUse', () => {
  const uses: [string, string, string][] = [
    ['2.16.156.10011.1.3', 'identifier', '居民身份证号'],
    ['2.16.156.10011.2.3.3.4', 'code-system', '生理性别代码表'],
    ['2.16.156.10011.2.1.1.27', 'document-template', '检验报告'],
    ['2.16.156.10011.2.3.1', 'table-root', '卫生信息数据元值域代码（WS 364）'],
  ]
  for (const [oid, kind, name] of uses) {
    it(`knows ${oid}`, () => {
      expect(oidUse(oid, dictionary)).to.deep.equal({ oid, kind, name })
    })
  }
  it('does not know the placeholder of careless templates', () => {
    expect(oidUse('2.9999', dictionary)).to.equal(undefined)
  })
})
