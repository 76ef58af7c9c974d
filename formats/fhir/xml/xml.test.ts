// FHIR XML and FHIR JSON are two spellings of one resource: round trips of every type, primitives with extensions, located faults.
import { expect } from 'chai'
import { must } from '#kernel/result.ts'
import { syntheticResource } from '../../../bench/fhirpath/synthetic-resource.ts'
import { parseResource } from '../json/read.ts'
import { r4 } from '../model/r4.ts'
import { parseXmlResource } from './read.ts'
import { printXmlResource } from './write.ts'

const inFhir = (content: string, type = 'Patient') => `<${type} xmlns="http://hl7.org/fhir">${content}</${type}>`

describe('FHIR XML', () => {
  it('brings every resource type there and back', () => {
    for (const type of r4.resourceTypes()) {
      const json = must(parseResource(JSON.stringify(syntheticResource(type, r4, 3))))
      const xml = must(printXmlResource(json))
      expect(must(parseXmlResource(xml)), type).to.deep.equal(json)
    }
  })

  it('keeps decimals as received, and the values and extensions of primitives apart', () => {
    const text =
      '{"resourceType":"Observation","status":"final","_status":{"id":"s"},"code":{"text":"体重"},"valueQuantity":{"value":63.50,"code":"kg"},' +
      '"note":[{"text":"珅 < 誠 & \\"𠮷\\"\\n第二行"}],"component":[{"code":{"text":"x"},"valueSampledData":{"origin":{"value":1.0E+3},"period":0.10,"dimensions":1}}]}'
    const json = must(parseResource(text))
    const back = must(parseXmlResource(must(printXmlResource(json))))
    expect(JSON.parse(JSON.stringify(back))).to.deep.equal(JSON.parse(text))
    expect(JSON.stringify(back)).to.include('63.50').and.include('1.0E+3').and.include('0.10')
  })

  it('puts nulls where a list of values and a list of extensions do not match', () => {
    const xml = inFhir(
      '<name><given id="a"/><given value="乙"/><given value="丙"><extension url="urn:x"><valueCode value="y"/></extension></given></name>',
    )
    const json = must(parseXmlResource(xml))
    expect(json['name']).to.deep.equal([
      { given: [null, '乙', '丙'], _given: [{ id: 'a' }, null, { extension: [{ url: 'urn:x', valueCode: 'y' }] }] },
    ])
    expect(must(parseXmlResource(must(printXmlResource(json))))).to.deep.equal(json)
    const bare = must(parseXmlResource(inFhir('<name><given id="a"/></name>')))
    expect(bare['name']).to.deep.equal([{ _given: [{ id: 'a' }] }])
  })

  it('reads narrative and resources inside resources', () => {
    const div = '<div xmlns="http://www.w3.org/1999/xhtml">王<b>医生</b> &amp; 𠮷</div>'
    const xml = inFhir(`<text><status value="generated"/>${div}</text><contained><Practitioner><id value="d"/></Practitioner></contained>`)
    const json = must(parseXmlResource(xml))
    expect(json['text']).to.deep.equal({ status: 'generated', div })
    expect(json['contained']).to.deep.equal([{ resourceType: 'Practitioner', id: 'd' }])
    expect(must(printXmlResource(json))).to.include(div)
  })

  const wrong: [string, string, string][] = [
    ['<Patient/>', 'fhir-xml.namespace', '1:1'],
    [inFhir('', 'Nothing'), 'fhir-xml.resource-unknown', '1:1'],
    [inFhir('<active value="yes"/>'), 'fhir-xml.value-invalid', '1:38'],
    [inFhir('<nothing value="1"/>'), 'fhir-xml.element-unknown', '1:38'],
    [inFhir('<valueString value="1"/>'), 'fhir-xml.element-unknown', '1:38'],
    [inFhir('<active value="true"/><active value="true"/>'), 'fhir-xml.element-repeated', '1:60'],
    [inFhir('<active value="true" x="1"/>'), 'fhir-xml.attribute-unknown', '1:38'],
    [inFhir('<active/>'), 'fhir-xml.element-empty', '1:38'],
    [inFhir('<name/>'), 'fhir-xml.element-empty', '1:38'],
    [inFhir('<name>张三</name>'), 'fhir-xml.text', '1:38'],
    [inFhir('<contained/>'), 'fhir-xml.resource-expected', '1:38'],
    [inFhir('<telecom><rank value="1."/></telecom>'), 'fhir-xml.value-invalid', '1:47'],
    ['<Patient', 'xml.unexpected-end', ''],
  ]
  for (const [xml, code, at] of wrong) {
    it(`answers ${xml.slice(0, 70)} with ${code}`, () => {
      const result = parseXmlResource(xml)
      expect(result.ok ? 'read' : result.fault.code).to.equal(code)
      if (at !== '') expect(!result.ok && result.fault.at).to.equal(at)
    })
  }

  it('reads elements in any order, unless it is asked to be strict', () => {
    const xml = inFhir('<gender value="male"/>\n<active value="true"/>')
    expect(must(parseXmlResource(xml))).to.deep.equal({ resourceType: 'Patient', gender: 'male', active: true })
    const strict = parseXmlResource(xml, { ordered: true })
    expect(!strict.ok && [strict.fault.code, strict.fault.at]).to.deep.equal(['fhir-xml.element-order', '2:1'])
  })

  const unwritable: [object, string][] = [
    [{ resourceType: 'Nothing' }, 'resourceType'],
    [{ resourceType: 'Patient', nothing: 1 }, 'Patient.nothing'],
    [{ resourceType: 'Patient', name: ['张三'] }, 'Patient.name[0]'],
    [{ resourceType: 'Patient', text: { status: 'generated', div: '<div>a<br></div>' } }, 'Patient.text.div'],
    [{ resourceType: 'Patient', contained: [{ id: 'x' }] }, 'resourceType'],
  ]
  for (const [json, path] of unwritable) {
    it(`says that ${path} cannot be written`, () => {
      const result = printXmlResource(must(parseResource(JSON.stringify(json))))
      expect(result.ok ? {} : result.fault.args).to.deep.equal({ path })
    })
  }
})
