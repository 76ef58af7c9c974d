// The dictionary answers what mapping plans ask of it, and is whole in itself.
import { expect } from 'chai'
import { parsePath } from '../path.ts'
import { readGrammar } from '../structure/grammar.ts'
import { structures } from '../structure/structures.ts'
import { dictionary, type Entry } from './dictionary.ts'
import { readRow } from './notation.ts'

const at = (path: string): Entry | undefined => dictionary.at(parsePath(path)!)

describe('formats/hl7v2 dictionary', () => {
  it('knows fields', () => {
    const { name, type, required, repetitionsMax, own } = dictionary.field('PID', 5)!
    expect({ name, type, required, repetitionsMax, own }).to.deep.equal({
      name: 'Patient Name',
      type: 'XPN',
      required: true,
      repetitionsMax: Number.POSITIVE_INFINITY,
      own: false,
    })
    expect(dictionary.field('PID', 8)?.table).to.equal('0001')
    expect(dictionary.field('OBR', 17)?.repetitionsMax).to.equal(2)
    expect(dictionary.field('PID', 99)).to.equal(undefined)
    expect(dictionary.field('ZZZ', 1)).to.equal(undefined)
    expect(dictionary.field('DB1', 2)?.own).to.equal(true)
  })

  const paths: [string, string | undefined][] = [
    ['PID-5', 'XPN'],
    ['PID-5[2].1', 'FN'],
    ['PID-5.1.1', 'ST'],
    ['PID-5.7', 'ID'],
    ['PID-5.15', 'ST'],
    ['PID-5.16', undefined],
    ['PID-3.4.2', 'ST'],
    ['PID-7', 'DTM'],
    ['PID-7.1', 'DTM'],
    ['PID-7.2', undefined],
    ['OBX-5', 'varies'],
    ['OBX-5.3.2', 'varies'],
    ['MSH-9.3', 'ID'],
    ['ERR-2.6', 'SI'],
    ['RXE-19.1', 'NM'],
    ['PID-41', undefined],
  ]
  for (const [path, type] of paths) it(`${path} is ${type ?? 'not there'}`, () => expect(at(path)?.type).to.equal(type))

  it('has a type for every field and component, and no name twice in a row', () => {
    const unknown: string[] = []
    for (const name of dictionary.segmentNames())
      for (const field of dictionary.segment(name)!) if (!dictionary.dataType(field.type)) unknown.push(`${name}-${field.number}`)
    for (const name of dictionary.dataTypeNames())
      for (const part of dictionary.dataType(name)!) if (!dictionary.dataType(part.type)) unknown.push(`${name}.${part.number}`)
    expect(unknown).to.deep.equal([])
    for (const name of dictionary.segmentNames())
      expect(dictionary.segment(name)!.map(field => field.number)).to.deep.equal(
        [...dictionary.segment(name)!.keys()].map(index => index + 1),
      )
  })

  it('knows the segments that messages of daily life have', () => {
    const daily = [
      'ADT_A01',
      'ADT_A03',
      'ADT_A39',
      'ORU_R01',
      'ORM_O01',
      'OML_O21',
      'OMG_O19',
      'OMI_O23',
      'RDE_O11',
      'RDS_O13',
      'SIU_S12',
      'MDM_T02',
      'DFT_P03',
      'ACK',
    ] as const
    /** Occupational health, access and billing of the United States, supply orders and segment markers: of no use here. */
    const leftOut = new Set(['OH1', 'OH2', 'OH3', 'OH4', 'UB1', 'UB2', 'RQD', 'RQ1', 'CON', 'SGH', 'SGT'])
    const missing = daily
      .flatMap(name => [...readGrammar(name, structures[name]).names])
      .filter(name => !dictionary.segment(name) && !leftOut.has(name))
    expect(missing).to.deep.equal([])
  })

  it('reads its own notation', () => {
    expect(readRow('Name: with colon:XPN!*2#0200')).to.deep.equal({
      name: 'Name: with colon',
      type: 'XPN',
      required: true,
      repetitionsMax: 2,
      table: '0200',
    })
    expect(readRow('Plain:ST')).to.deep.equal({ name: 'Plain', type: 'ST', required: false, repetitionsMax: 1 })
    expect(() => readRow('no type')).to.throw(SyntaxError)
  })
})
