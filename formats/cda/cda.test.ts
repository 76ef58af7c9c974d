// CDA as a value: what is written is read back the same, whatever the words; independent XML readers agree; narratives lose what could do harm.
import { expect } from 'chai'
import fc from 'fast-check'
import { XmlDocument as LibXml } from 'libxml2-wasm'
import { must } from '#kernel/result.ts'
import { readXmlText } from '../xml/read.ts'
import { arbitraryCda } from './arbitrary.ts'
import { narrativeText, readNarrative } from './narrative.ts'
import { pageOf } from './page.ts'
import { readCda } from './read.ts'
import { ageAt, cdaMoment, cdaTime, isCdaTime, shownTime } from './time.ts'
import { isEmptyName, isEmptyWord, otherCodeForm, usualSystem } from './tolerance.ts'
import { writeCda, xmlSafe } from './write.ts'

describe('CDA documents', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(arbitraryCda, document => {
        const xml = must(writeCda(document))
        expect(must(readCda(Buffer.from(xml))).document).to.deep.equal(document)
      }),
      { numRuns: 150 },
    )
  })

  it('are what another XML reader reads too, and the same bytes each time', () => {
    fc.assert(
      fc.property(arbitraryCda, document => {
        const xml = must(writeCda(document))
        expect(must(writeCda(document))).to.equal(xml)
        const parsed = LibXml.fromString(xml)
        const namespaces = { v3: 'urn:hl7-org:v3' }
        expect(parsed.get('/v3:ClinicalDocument/v3:title', namespaces)?.content).to.equal(document.title)
        expect(parsed.find('//v3:section', namespaces)).to.have.length(document.sections.length)
        parsed.dispose()
      }),
      { numRuns: 40 },
    )
  })

  it('refuse characters that XML cannot hold unless they are replaced', () => {
    const [document] = fc.sample(arbitraryCda, { numRuns: 1, seed: 7 })
    const spoilt = writeCda({ ...document!, title: '检验\u0000报告' })
    expect(spoilt.ok ? '' : spoilt.fault.code).to.equal('xml.unwritable')
    expect(xmlSafe('检\u0000验\u000b报\ud800告𠮷·')).to.equal('检\ufffd验\ufffd报\ufffd告𠮷·')
    expect(writeCda({ ...document!, title: xmlSafe('检\u0000验\ud800') }).ok).to.equal(true)
  })

  it('make a page of every document', () => {
    fc.assert(
      fc.property(arbitraryCda, document => {
        const page = pageOf(document)
        expect(page.sections).to.have.length(document.sections.length)
        for (const { tables } of page.sections)
          for (const { columns, rows } of tables) for (const row of rows) expect(row).to.have.length(columns.length)
      }),
      { numRuns: 60 },
    )
  })
})

describe('CDA times', () => {
  const times: [string, string | undefined, string][] = [
    ['2026-03-03T16:07:07+08:00', '20260303160707', '2026-03-03 16:07:07'],
    ['2026-03-03T16:07:07.123+08:00', '20260303160707', '2026-03-03 16:07:07'],
    ['2026-03-03T20:00:00Z', '20260304040000', '2026-03-04 04:00:00'],
    ['2026-02-28T23:30:00-05:00', '20260301123000', '2026-03-01 12:30:00'],
    ['2026-03-03', '20260303', '2026-03-03'],
    ['2026-03', '202603', '2026-03'],
    ['2026', '2026', '2026'],
    ['03/03/2026', undefined, ''],
  ]
  for (const [fhir, ts, shownText] of times) {
    it(`writes ${fhir} as ${ts}`, () => {
      expect(cdaTime(fhir)).to.equal(ts)
      if (ts !== undefined) expect([isCdaTime(ts), shownTime(ts)]).to.deep.equal([true, shownText])
    })
  }

  it('knows the calendar and the clock', () => {
    for (const good of ['20240229', '20260303T160707', '2026030316', '20260303160707.123', '20260303160707+0800'])
      expect(isCdaTime(good), good).to.equal(true)
    for (const bad of ['20260229', '20261301', '20260303250000', '20260303166000', '2026-03-03', '202', '', '20260303160707X'])
      expect(isCdaTime(bad), bad).to.equal(false)
    expect(cdaMoment(Date.parse('2025-12-31T16:00:00Z'))).to.equal('20260101000000')
  })

  it('counts ages in years, and in days below one', () => {
    expect(ageAt('19600526', '20260303160707')).to.deep.equal({ value: '65', unit: '岁' })
    expect(ageAt('20000229', '20260228')).to.deep.equal({ value: '25', unit: '岁' })
    expect(ageAt('20260227', '20260303')).to.deep.equal({ value: '4', unit: '天' })
    expect(ageAt('20260304', '20260303')).to.equal(undefined)
    expect(ageAt('1960', '20260303')).to.equal(undefined)
  })
})

describe('narratives', () => {
  const narrative = (inner: string) => readNarrative(must(readXmlText(`<text xmlns="urn:hl7-org:v3">${inner}</text>`)).root)
  const cases: [string, string, unknown][] = [
    ['plain words', '血糖正常', [{ kind: 'text', text: '血糖正常' }]],
    ['a script', '<paragraph>好<script>alert(1)</script></paragraph>', [{ kind: 'paragraph', children: [{ kind: 'text', text: '好' }] }]],
    [
      'event handlers',
      '<content onclick="x()" styleCode="Bold">结果</content>',
      [{ kind: 'content', style: 'Bold', children: [{ kind: 'text', text: '结果' }] }],
    ],
    ['a link', '<linkHtml href="javascript:x()">全文</linkHtml>', [{ kind: 'text', text: '全文' }]],
    ['elements of XHTML', '<div xmlns="http://www.w3.org/1999/xhtml"><p>一</p></div>', [{ kind: 'text', text: '一' }]],
    [
      'a style of its own',
      '<content styleCode="xevil Italics">二</content>',
      [{ kind: 'content', style: 'Italics', children: [{ kind: 'text', text: '二' }] }],
    ],
    [
      'cells that span',
      '<table><tr><td colspan="2" rowspan="999999">三</td></tr></table>',
      [{ kind: 'table', children: [{ kind: 'tr', children: [{ kind: 'td', columns: 2, children: [{ kind: 'text', text: '三' }] }] }] }],
    ],
  ]
  for (const [what, inner, nodes] of cases) it(`read ${what}`, () => expect(narrative(inner).nodes).to.deep.equal(nodes))

  it('end at a depth and a length', () => {
    const deep = narrative(`${'<content>'.repeat(60)}底${'</content>'.repeat(60)}`)
    expect([deep.cut, narrativeText(deep.nodes)]).to.deep.equal([true, '底'])
    const long = narrative('<br/>'.repeat(30_000))
    expect([long.cut, long.nodes.length]).to.deep.equal([true, 20_000])
  })
})

describe('what foreign documents write otherwise', () => {
  it('is known by its usual form', () => {
    expect(usualSystem('2.16.156.10011.2.3.3.11.3')).to.equal('2.16.156.10011.2.3.3.11')
    expect(usualSystem('2.16.156.10011.2.3.3.12')).to.equal('2.16.156.10011.2.3.3.12')
    expect([otherCodeForm('01'), otherCodeForm('1'), otherCodeForm('11')]).to.deep.equal(['1', '01', undefined])
    expect([isEmptyWord(' - '), isEmptyWord('NA'), isEmptyWord('无'), isEmptyName('无')]).to.deep.equal([true, true, false, true])
  })
})
