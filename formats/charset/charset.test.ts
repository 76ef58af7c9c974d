// Decoding and encoding: declared or not, declared wrongly, damaged, and the characters that break careless readers.
import { expect } from 'chai'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { must } from '#kernel/result.ts'
import { commonCharacters } from './common-characters.ts'
import { decode, decodeAs } from './decode.ts'
import { encode } from './encode.ts'
import { gbInvalidAt } from './gb18030.ts'
import { type CharsetName, charsetLabels, charsetNamed } from './names.ts'
import { utf8InvalidAt } from './utf8.ts'

const gb = (text: string): Buffer => iconv.encode(text, 'gb18030')
const hex = (digits: string): Buffer => Buffer.from(digits.replaceAll(' ', ''), 'hex')

describe('formats/charset', () => {
  describe('declared names', () => {
    const cases: [string, CharsetName | undefined][] = [
      ['UNICODE UTF-8', 'utf-8'],
      ['UTF-8', 'utf-8'],
      ['utf8', 'utf-8'],
      ['UNICODE', 'utf-8'],
      ['GB 18030-2000', 'gb18030'],
      ['GB18030', 'gb18030'],
      ['GB 18030-2022', 'gb18030'],
      ['gbk', 'gb18030'],
      ['GB2312', 'gb18030'],
      ['GB 2312-80', 'gb18030'],
      ['CP936', 'gb18030'],
      ['ASCII', 'us-ascii'],
      ['US-ASCII', 'us-ascii'],
      ['8859/1', 'iso-8859-1'],
      ['ISO-8859-1', 'iso-8859-1'],
      ['UNICODE UTF-16', undefined],
      ['UNICODE UTF-32', undefined],
      ['BIG-5', undefined],
      ['ISO IR87', undefined],
      ['8859/2', undefined],
    ]
    for (const [declared, expected] of cases) {
      it(`${declared} is ${expected ?? 'unknown'}`, () => expect(charsetNamed(declared)).to.equal(expected))
    }

    it('knows its own labels', () => {
      for (const [name, label] of Object.entries(charsetLabels)) {
        expect([charsetNamed(label.hl7), charsetNamed(label.xml)]).to.deep.equal([name, name])
      }
    })
  })

  describe('the decision', () => {
    const sentence = 'PID|1||880123||张小明^^^^^^L||19800101|M'
    const cases: { title: string; bytes: Buffer; declared?: string; text?: string; charset?: CharsetName; fault?: string; at?: string }[] =
      [
        { title: 'ASCII, nothing declared', bytes: Buffer.from('MSH|^~\\&|A'), text: 'MSH|^~\\&|A', charset: 'us-ascii' },
        { title: 'nothing at all', bytes: Buffer.alloc(0), text: '', charset: 'us-ascii' },
        { title: 'UTF-8 declared GB18030', bytes: Buffer.from(sentence), declared: 'GB18030', text: sentence, charset: 'utf-8' },
        { title: 'UTF-8 declared ASCII', bytes: Buffer.from(sentence), declared: 'ASCII', text: sentence, charset: 'utf-8' },
        { title: 'UTF-8 declared Big5', bytes: Buffer.from(sentence), declared: 'BIG-5', text: sentence, charset: 'utf-8' },
        { title: 'GB18030 declared UTF-8', bytes: gb(sentence), declared: 'UNICODE UTF-8', text: sentence, charset: 'gb18030' },
        { title: 'GB18030 undeclared', bytes: gb(sentence), text: sentence, charset: 'gb18030' },
        {
          title: 'GB18030 declared 8859/1, an untouched default',
          bytes: gb(sentence),
          declared: '8859/1',
          text: sentence,
          charset: 'gb18030',
        },
        { title: 'GB18030 declared Big5', bytes: gb('王玥'), declared: 'BIG-5', fault: 'charset.unknown' },
        { title: 'names of two characters valid in both', bytes: gb('PID|||1||谢芳'), text: 'PID|||1||谢芳', charset: 'gb18030' },
        {
          title: 'the sex 女 alone, valid in both',
          bytes: gb('PID|||1||A|||女'),
          declared: 'UTF-8',
          text: 'PID|||1||A|||女',
          charset: 'gb18030',
        },
        {
          title: 'the degree sign alone, valid in both',
          bytes: Buffer.from('37.2°C'),
          declared: 'GB18030',
          text: '37.2°C',
          charset: 'utf-8',
        },
        { title: 'a trail byte that looks like a delimiter', bytes: gb('A|珅|誠|B'), text: 'A|珅|誠|B', charset: 'gb18030' },
        { title: 'four-byte GB18030', bytes: gb('|𠮷|㐂|䶮|'), text: '|𠮷|㐂|䶮|', charset: 'gb18030' },
        { title: 'rare ideographs in UTF-8', bytes: Buffer.from('|𠮷|㐂|䶮|'), text: '|𠮷|㐂|䶮|', charset: 'utf-8' },
        { title: 'a Uyghur name in UTF-8', bytes: Buffer.from('|گۈلنار رەيھان|'), text: '|گۈلنار رەيھان|', charset: 'utf-8' },
        {
          title: 'Latin-1 where declared',
          bytes: Buffer.from('|Müller|', 'latin1'),
          declared: '8859/1',
          text: '|Müller|',
          charset: 'iso-8859-1',
        },
        {
          title: 'Latin-1 that is no GB18030',
          bytes: Buffer.from('|André|x', 'latin1'),
          declared: '8859/1',
          text: '|André|x',
          charset: 'iso-8859-1',
        },
        { title: 'UTF-8 byte order mark', bytes: hex('efbbbf 4d5348'), text: 'MSH', charset: 'utf-8' },
        { title: 'GB18030 byte order mark', bytes: hex('84319533 4d5348 d5c5'), text: 'MSH张', charset: 'gb18030' },
        { title: 'UTF-16 little-endian', bytes: Buffer.from('\ufeffMSH|', 'utf16le'), fault: 'charset.unknown' },
        { title: 'UTF-16 big-endian', bytes: Buffer.from('\ufeffMSH|', 'utf16le').swap16(), fault: 'charset.unknown' },
        { title: 'UTF-16 without mark', bytes: Buffer.from('MSH|', 'utf16le'), fault: 'charset.unknown' },
        { title: 'UTF-16 XML without mark', bytes: Buffer.from('<a/>', 'utf16le').swap16(), fault: 'charset.unknown' },
        { title: 'UTF-8 cut inside a character', bytes: hex('5049447c e5bca0 e5b08f e698 7c31'), fault: 'charset.undecodable', at: '10' },
        { title: 'UTF-8 byte order mark, damaged', bytes: hex('efbbbf 41 ff'), fault: 'charset.undecodable', at: '4' },
        { title: 'GB18030 with 0xFF', bytes: Buffer.concat([gb('PID|张小明|'), hex('ff')]), fault: 'charset.undecodable', at: '11' },
        { title: 'GB18030 cut at the end', bytes: gb('PID|张小明').subarray(0, 9), fault: 'charset.undecodable', at: '8' },
        { title: 'one stray byte', bytes: hex('4d5348 ff'), fault: 'charset.undecodable', at: '3' },
      ]
    for (const { title, bytes, declared, ...expected } of cases) {
      it(title, () => {
        const result = decode(bytes, declared)
        if (result.ok) expect({ text: result.value.text, charset: result.value.charset }).to.deep.equal(expected)
        else expect({ fault: result.fault.code, ...(result.fault.at ? { at: result.fault.at } : {}) }).to.deep.equal(expected)
      })
    }

    it('tells its doubt and offers the other reading', () => {
      const doubtful = must(decode(gb('|路|')))
      expect(doubtful.charset).to.equal('gb18030')
      expect(doubtful.confidence).to.be.within(0.5, 0.9999)
      expect(doubtful.alternative).to.equal('utf-8')
      expect(must(decodeAs(gb('|路|'), 'utf-8')).text).to.equal('|·|')
      const sure = must(decode(Buffer.from('|上海市青浦区朱家角人民医院|')))
      expect(sure.confidence).to.be.greaterThan(0.9999)
      expect(sure.alternative).to.equal(undefined)
    })

    it('is forced by decodeAs, with the offset of what does not fit', () => {
      const forced = (bytes: Buffer, charset: CharsetName) => {
        const result = decodeAs(bytes, charset)
        return result.ok ? result.value.text : `${result.fault.code} at ${result.fault.at}`
      }
      expect(forced(gb('ab张'), 'utf-8')).to.equal('charset.undecodable at 2')
      expect(forced(gb('ab张'), 'us-ascii')).to.equal('charset.undecodable at 2')
      expect(forced(Buffer.from('ab\xff', 'latin1'), 'gb18030')).to.equal('charset.undecodable at 2')
      expect(forced(Buffer.from('é', 'latin1'), 'iso-8859-1')).to.equal('é')
    })
  })

  describe('every character', () => {
    it('is read back from GB18030 and UTF-8 where its neighbours are Chinese', () => {
      const wrong: string[] = []
      for (let codePoint = 0x3400; codePoint <= 0x9fff; codePoint++) {
        const text = `|李${String.fromCodePoint(codePoint)}|`
        for (const charset of ['gb18030', 'utf-8'] as const) {
          const read = decode(must(encode(text, charset)))
          if (!read.ok || read.value.text !== text) wrong.push(`${text} in ${charset}`)
        }
      }
      expect(wrong).to.deep.equal([])
    }).timeout(60_000)

    it('among them the 464 whose GB18030 trail byte is a delimiter', () => {
      const hazards: string[] = []
      for (let codePoint = 0x4e00; codePoint <= 0x9fff; codePoint++) {
        const character = String.fromCodePoint(codePoint)
        const bytes = gb(character)
        if (bytes.length === 2 && '|^~\\'.includes(String.fromCharCode(bytes[1]!))) hazards.push(character)
      }
      expect(hazards.length).to.equal(464)
      const text = hazards.map(character => `A|${character}^${character}~B\\T\\`).join('\r')
      expect(must(decode(gb(text))).text).to.equal(text)
    })
  })

  describe('laws', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 200 }).filter(text => text.isWellFormed() && !/[\ue000-\uf8ff]/.test(text))

    it('what is encoded is decoded again', () => {
      fc.assert(
        fc.property(anyText, fc.constantFrom<CharsetName>('utf-8', 'gb18030'), (text, charset) => {
          // A leading U+FEFF is a byte order mark, which decoding takes off.
          fc.pre(!text.startsWith('\ufeff'))
          expect(must(decodeAs(must(encode(text, charset)), charset)).text).to.equal(text)
        }),
      )
    })

    it('arbitrary bytes give text or a fault with an offset inside', () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom('', 'UTF-8', 'GB18030', '8859/1', 'EBCDIC'), (bytes, declared) => {
          const result = decode(bytes, declared)
          if (result.ok) expect(result.value.confidence).to.be.within(0.5, 1)
          else if (result.fault.code === 'charset.undecodable') expect(Number(result.fault.at)).to.be.within(0, bytes.length - 1)
          else expect(result.fault.code).to.equal('charset.unknown')
        }),
      )
    })

    it('the offset of invalid bytes agrees with the decoders of the runtime', () => {
      const agrees = (label: string, invalidAt: (bytes: Uint8Array) => number) =>
        fc.property(fc.uint8Array({ maxLength: 40 }), bytes => {
          const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true })
          const accepts = (part: Uint8Array): boolean => {
            try {
              decoder.decode(part)
              return true
            } catch {
              return false
            }
          }
          const at = invalidAt(bytes)
          expect(accepts(bytes)).to.equal(at === -1)
          if (at > 0) expect(accepts(bytes.subarray(0, at))).to.equal(true)
        })
      fc.assert(agrees('utf-8', utf8InvalidAt), { numRuns: 500 })
      fc.assert(agrees('gb18030', gbInvalidAt), { numRuns: 500 })
    })
  })

  describe('encoding', () => {
    const cases: [string, CharsetName, string][] = [
      ['abc', 'us-ascii', '616263'],
      ['张', 'gb18030', 'd5c5'],
      ['𠮷', 'gb18030', '9534b235'],
      ['张', 'utf-8', 'e5bca0'],
      ['é', 'iso-8859-1', 'e9'],
      ['张', 'us-ascii', 'charset.unencodable at 0'],
      ['ab张', 'iso-8859-1', 'charset.unencodable at 2'],
      ['a\ud842', 'utf-8', 'charset.unencodable at 1'],
      ['𠮷\udfb7', 'gb18030', 'charset.unencodable at 2'],
    ]
    for (const [text, charset, expected] of cases) {
      it(`${JSON.stringify(text)} as ${charset}`, () => {
        const result = encode(text, charset)
        expect(result.ok ? result.value.toString('hex') : `${result.fault.code} at ${result.fault.at}`).to.equal(expected)
      })
    }
  })

  it('takes only Chinese characters for common', () => {
    expect(commonCharacters.size).to.be.greaterThan(700)
    for (const character of commonCharacters) expect(character).to.match(/^[\u4e00-\u9fff]$/)
  })
})
