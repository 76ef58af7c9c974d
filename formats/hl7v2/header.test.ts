// What routing reads first, and what the sender is answered.
import { expect } from 'chai'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { type Fault, fault, faultText } from '#kernel/fault.ts'
import { catalogue } from '#kernel/faults/catalogue.ts'
import { must } from '#kernel/result.ts'
import { type AckRequest, ackCode, ackModes, buildAck, wantsAck } from './ack.ts'
import { declaredCharset, decodeMessage } from './declared-charset.ts'
import { checkHeader, messageKind, readHeader } from './header.ts'
import { parseMessage } from './message.ts'

const usual =
  'MSH|^~\\&|LIS^2.16.1^ISO|^2.16.156.10011.1.5^ISO|PLAT|HUB|20260105083015||ORU^R01|L\\T\\1|P^T|2.4^CHN||||||UNICODE UTF-8~GB18030'
const header = (text: string) => must(readHeader(text))

describe('formats/hl7v2 header', () => {
  it('gives names, ids and kinds', () => {
    const read = header(`${usual}\rPID|1`)
    expect([read.sendingApplication, read.sendingFacility, read.receivingApplication, read.receivingFacility]).to.deep.equal([
      'LIS',
      '2.16.156.10011.1.5',
      'PLAT',
      'HUB',
    ])
    expect([read.time, read.type, read.trigger, read.structure, read.controlId]).to.deep.equal(['20260105083015', 'ORU', 'R01', '', 'L&1'])
    expect([read.processingId, read.version, read.charset, messageKind(read)]).to.deep.equal(['P', '2.4', 'UNICODE UTF-8', 'ORU^R01'])
    expect(checkHeader(read)).to.deep.equal([])
  })

  it('finds the event of old versions in EVN', () => {
    expect(messageKind(header('MSH|^~\\&|A|B|C|D|||ADT|1|P|2.1\rEVN|A01|2026'))).to.equal('ADT^A01')
    expect(messageKind(header('MSH$%~\\&$A$B$C$D$$$ADT$1$P$2.1\nEVN$A08\nPID$1'))).to.equal('ADT^A08')
    expect(messageKind(header('MSH|^~\\&|A|B|C|D|||ADT|1|P|2.1\rPID|1'))).to.equal('ADT')
  })

  it('lists what makes it unfit, field by field', () => {
    const faults = checkHeader(header('MSH|^~\\&|A|B|C|D||||""|X|3.1'))
    expect(faults.map(({ code, at }) => `${code} ${at}`)).to.deep.equal([
      'hl7.field-missing MSH[1]-9.1',
      'hl7.field-missing MSH[1]-10',
      'hl7.processing-unsupported MSH[1]-11',
      'hl7.version-unsupported MSH[1]-12',
    ])
  })

  it('takes versions 2.1 to 2.8', () => {
    const accepted = ['2.1', '2.2', '2.3', '2.3.1', '2.4', '2.5', '2.5.1', '2.6', '2.7', '2.7.1', '2.8', '2.8.2', '2.0', '2.9', '2', 'v2.4']
    const taken = accepted.filter(version => checkHeader(header(`MSH|^~\\&|A|B|C|D|||ADT^A01|1|P|${version}`)).length === 0)
    expect(taken).to.deep.equal(accepted.slice(0, 12))
  })

  describe('the declared character set', () => {
    const declared = (text: string | Buffer): string => declaredCharset(Buffer.from(text as string))
    const cases: [string, string | Buffer, string][] = [
      ['is the first repetition of MSH-18', usual, 'UNICODE UTF-8'],
      ['may end the message', `${usual.slice(0, -8)}`, 'UNICODE UTF-8'],
      ['may be empty', 'MSH|^~\\&|A||||||||||||||||\rPID|1', ''],
      ['may be absent', 'MSH|^~\\&|A\rPID|1||||||||||||||||||x', ''],
      ['is found behind names full of delimiters', iconv.encode(usual.replace('PLAT', '珅誠珅'), 'gb18030'), 'UNICODE UTF-8'],
      ['is found behind names in UTF-8', usual.replace('PLAT', '珅誠珅'), 'UNICODE UTF-8'],
      ['is found behind a byte order mark and line ends', `\ufeff\r\n${usual}`, 'UNICODE UTF-8'],
      ['is found under other separators', usual.replaceAll('|', '$'), 'UNICODE UTF-8'],
      ['is not looked for in other texts', 'PID|1||||||||||||||||GBK|', ''],
    ]
    for (const [title, text, expected] of cases) it(title, () => expect(declared(text)).to.equal(expected))

    it('decides nothing against the bytes', () => {
      const text = `${usual}\rPID|1||1||张小明`
      expect(must(decodeMessage(iconv.encode(text, 'gb18030')))).to.deep.include({ text, charset: 'gb18030' })
      expect(must(decodeMessage(Buffer.from(text)))).to.deep.include({ text, charset: 'utf-8' })
    })
  })
})

describe('formats/hl7v2 acknowledgement', () => {
  const missing = fault('hl7.field-missing', { at: 'PID[2]-3[1].1', args: { field: 'PID-3' } })
  const request = (text: string | undefined, more: Partial<AckRequest> = {}): AckRequest => ({
    header: text === undefined ? undefined : header(text),
    code: 'AE',
    controlId: 'HUB1',
    time: '20260105083016+0800',
    faults: [missing],
    charset: 'utf-8',
    ...more,
  })
  const lines = (one: AckRequest): string[] => buildAck(one).text.split('\r')

  it('turns the header round and names the place, in the form of old versions too', () => {
    expect(lines(request(usual))).to.deep.equal([
      'MSH|^~\\&|PLAT|HUB|LIS^2.16.1^ISO|^2.16.156.10011.1.5^ISO|20260105083016+0800||ACK^R01^ACK|HUB1|P^T|2.4^CHN||||||UNICODE UTF-8~GB18030',
      'MSA|AE|L\\T\\1|缺少必需的字段 PID-3',
      'ERR|PID^2^3^101&Required field missing&HL70357|PID^2^3^1^1|101^Required field missing^HL70357|E|hl7.field-missing|||缺少必需的字段 PID-3',
      '',
    ])
  })

  it('says yes', () => {
    expect(lines(request(usual, { code: 'AA', faults: [] })).slice(1)).to.deep.equal(['MSA|AA|L\\T\\1', ''])
  })

  it('answers what has no header with an empty MSA-2', () => {
    expect(lines(request(undefined, { code: 'AR', faults: [fault('hl7.no-msh')], charset: undefined }))).to.deep.equal([
      'MSH|^~\\&|||||20260105083016+0800||ACK|HUB1|P|2.5.1',
      'MSA|AR||The message does not start with an MSH segment',
      'ERR|||100^Segment sequence error^HL70357|E|hl7.no-msh|||The message does not start with an MSH segment',
      '',
    ])
  })

  it('keeps the delimiters of the sender and escapes what it says', () => {
    const own = 'MSH$%*!@$HIS$ZJJ$PLAT$HUB$20260105$$ADT%A08$M1$P$2.5.1'
    const strange = fault('hl7.bad-delimiters', { at: 'MSH[1]-2', args: { delimiters: '$%' } })
    const [msh, msa, err] = lines(request(own, { faults: [strange] }))
    expect(msh).to.equal('MSH$%*!@$PLAT$HUB$HIS$ZJJ$20260105083016+0800$$ACK%A08%ACK$HUB1$P$2.5.1$$$$$$UNICODE UTF-8')
    expect(msa).to.equal('MSA$AE$M1$MSH-1/MSH-2 的分隔符无效：!F!!S!')
    expect(err).to.equal('ERR$$MSH%1%2$102%Data type error%HL70357$E$hl7.bad-delimiters$$$MSH-1/MSH-2 的分隔符无效：!F!!S!')
  })

  it('leaves out what old versions do not know', () => {
    const type = (version: string): string => lines(request(`MSH|^~\\&|A|B|C|D|||ADT^A01|1|P|${version}`))[0]!.split('|')[8]!
    expect(['2.1', '2.2', '2.3', '2.3.1', '2.4', '2.8', ''].map(type)).to.deep.equal([
      'ACK',
      'ACK^A01',
      'ACK^A01',
      'ACK^A01^ACK',
      'ACK^A01^ACK',
      'ACK^A01^ACK',
      'ACK^A01^ACK',
    ])
    const old = (version: string): string => lines(request(`MSH|^~\\&|A|B|C|D|||ADT^A01|1|P|${version}`))[2]!.split('|')[1]!
    expect(['2.3', '2.4', '2.5', '2.5.1'].map(version => old(version) !== '')).to.deep.equal([true, true, false, false])
  })

  it('speaks in a character set the sender knows', () => {
    const answer = (text: string, charset: AckRequest['charset']) => buildAck(request(text, { charset }))
    const plain = 'MSH|^~\\&|A|B|C|D|||ADT^A01|1|P|2.4'
    expect(answer(plain, 'gb18030').bytes.includes(iconv.encode('缺少必需的字段', 'gb18030'))).to.equal(true)
    expect(answer(plain, 'gb18030').text).to.contain('|GB 18030-2000\r')
    expect(answer(plain, 'us-ascii').text).to.contain('The required field PID-3 is empty')
    expect(answer(`${plain}||||||GBK`, 'us-ascii')).to.deep.include({ charset: 'gb18030' })
    expect(answer(`${plain}||||||GBK`, 'us-ascii').text).to.contain('|GBK\r')
  })

  it('chooses the code', () => {
    const reject = fault('hl7.no-msh')
    const codes = [[], [missing], [missing, reject]].map(faults => [ackCode(faults), ackCode(faults, 'accept')])
    expect(codes).to.deep.equal([
      ['AA', 'CA'],
      ['AE', 'CE'],
      ['AR', 'CR'],
    ])
  })

  it('knows who wants which acknowledgement', () => {
    const modes = (accept: string, application: string) =>
      ackModes(header(`MSH|^~\\&|A|B|C|D|||ADT^A01|1|P|2.4|||${accept}|${application}`))
    expect(modes('', '')).to.deep.equal({ enhanced: false, accept: 'NE', application: 'AL' })
    expect(modes('AL', 'NE')).to.deep.equal({ enhanced: true, accept: 'AL', application: 'NE' })
    expect(modes('', 'ER')).to.deep.equal({ enhanced: true, accept: 'NE', application: 'ER' })
    expect(modes('??', '')).to.deep.equal({ enhanced: true, accept: 'AL', application: 'NE' })
    const wanted = (['AL', 'NE', 'ER', 'SU'] as const).map(condition => [wantsAck(condition, true), wantsAck(condition, false)])
    expect(wanted).to.deep.equal([
      [true, true],
      [false, false],
      [false, true],
      [true, false],
    ])
  })

  it('is a message whatever fault it tells', () => {
    const codes = Object.keys(catalogue) as (keyof typeof catalogue)[]
    const nasty = fc.string({
      unit: fc.constantFrom('|', '^', '~', '\\', '&', '\r', '\n', '\v', '\x1c', '张', '\ud842', 'a'),
      maxLength: 12,
    })
    fc.assert(
      fc.property(fc.constantFrom(...codes), nasty, fc.constantFrom('', 'PID[1]-3', '4:1', 'x|y'), (code, value, at) => {
        const args = Object.fromEntries([...catalogue[code].zh.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name!, value]))
        const one: Fault = fault(code, { at, args })
        const ack = buildAck(request(usual, { faults: [one], controlId: value }))
        const parsed = must(parseMessage(ack.text))
        expect(parsed.segments.map(({ name }) => name)).to.deep.equal(['MSH', 'MSA', 'ERR'])
        expect(parsed.segments[1]!.value(2)).to.equal('L&1')
        expect(parsed.segments[2]!.value(8)).to.equal(faultText(one, 'zh'))
        expect(must(decodeMessage(ack.bytes)).text).to.equal(ack.text.toWellFormed())
      }),
      { numRuns: 300 },
    )
  })
})
