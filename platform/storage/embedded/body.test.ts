// Stored bodies: what is written is read, damage is seen, the block is what the LZ4 format says.
import { expect } from 'chai'
import fc from 'fast-check'
import { operations, printStored, printText, readStored, readText } from './body.ts'
import { ByteWriter } from './byte-writer.ts'
import { Lz4 } from './lz4.ts'
import { readVarint, varintBytes, writeVarint } from './varint.ts'

const awkward =
  '{"resourceType":"Patient","id":"a","name":[{"text":"珅·誠𠮷䶮","family":"欧阳"},{"text":"阿卜杜拉·买买提·阿不都热合曼·依明江·吐尔逊·艾合买提·玉素甫"}]}'
const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc
    .array(fc.constantFrom(awkward, '"system":"http://loinc.org"', '珅', '\u0000', 'aaaaaaaaaaaaaaaaaaaaaaaa'), { maxLength: 60 })
    .map(all => all.join('')),
)

describe('stored bodies', () => {
  it('come back as they went in', () => {
    fc.assert(
      fc.property(texts, fc.nat(), fc.constantFrom(...operations), (body, version, op) => {
        const text = Buffer.from(body).toString()
        const out = new ByteWriter(8)
        out.byte(7)
        const size = printStored({ type: 'Observation', id: 'x-1', version, op }, text, out)
        out.byte(9)
        const bytes = out.take()
        const { stored, end } = readStored(bytes, 1)!
        expect(end).to.equal(1 + size)
        expect({ ...stored, body: stored.body.toString() }).to.deep.equal({ type: 'Observation', id: 'x-1', version, op, body: text })
        expect(readStored(bytes, 1, false)!.stored.body.length).to.equal(0)
      }),
    )
  })

  it('keep large ones', () => {
    const body = Array.from({ length: 40_000 }, (_, i) => `${awkward}${i}`).join('')
    const out = new ByteWriter(8)
    const size = printStored({ type: 'Bundle', id: 'b', version: 3, op: 'update' }, body, out)
    expect(size).to.be.lessThan(body.length / 5)
    expect(readStored(out.take())!.stored.body.toString()).to.equal(body)
  })

  it('show damage', () => {
    const out = new ByteWriter(8)
    printStored({ type: 'Patient', id: 'a', version: 1, op: 'create' }, awkward, out)
    const bytes = out.take()
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Uint8Array.from(bytes)
        damaged[at]! ^= change
        expect(readStored(damaged)?.stored.body.toString() ?? 'damaged').to.equal('damaged')
      }),
    )
    expect(readStored(bytes.subarray(0, bytes.length - 1))).to.equal(undefined)
  })

  it('keep the texts beside them', () => {
    fc.assert(
      fc.property(texts, body => {
        const text = Buffer.from(body).toString()
        const out = new ByteWriter(8)
        printText(text, out)
        expect(readText(out.take())).to.equal(text)
      }),
    )
  })

  it('show damage of the texts beside them', () => {
    const out = new ByteWriter(8)
    printText(awkward, out)
    const bytes = out.take()
    const checksumFlag = 8
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        fc.pre(at > 0 || (change & checksumFlag) === 0)
        const damaged = Uint8Array.from(bytes)
        damaged[at]! ^= change
        expect(readText(damaged)).to.equal(undefined)
      }),
    )
  })
})

describe('LZ4', () => {
  it('reads what another library wrote', () => {
    const block = Buffer.from([0x8f, ...Buffer.from('abcdefgh'), 8, 0, 12 - 4 - 0 + 0, 0x50, ...Buffer.from('ABCDE')])
    const text = `abcdefgh${'abcdefgh'.repeat(4).slice(0, 27)}ABCDE`
    expect(Buffer.from(new Lz4(Buffer.alloc(0)).expand(block, text.length)!).toString()).to.equal(text)
  })

  it('refuses every cut and every nonsense without reading outside', () => {
    const coder = new Lz4(Buffer.from('a dictionary'))
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat({ max: 5000 }), (block, length) => {
        const text = coder.expand(block, length)
        expect(text === undefined || text.length === length).to.equal(true)
      }),
    )
  })
})

describe('varints', () => {
  it('come back', () => {
    fc.assert(
      fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), value => {
        const space = new Uint8Array(10)
        expect(writeVarint(space, 1, value)).to.equal(1 + varintBytes(value))
        expect(readVarint(space, 1)).to.equal(value)
      }),
    )
  })
})
