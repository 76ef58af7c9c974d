// Malformed, damaged and hostile input as data: what a sender may put on an MLLP connection, and what the codecs must say to it.
// Used by hostile.test.ts against the codecs alone and by the engine's tests over real sockets.
import iconv from 'iconv-lite'
import type { FaultCode } from '#kernel/fault.ts'

/** `taken`: the codecs have nothing against it, whatever a plan may say later. */
export type HostileOutcome = 'taken' | FaultCode

export type HostileCase = {
  readonly title: string
  /** What is written to the socket, framing included. Made when asked for: some are large. */
  readonly bytes: () => Buffer
  /** One for each message or complaint, in order. */
  readonly outcomes: readonly HostileOutcome[]
  /** The last outcome is known only when the sender closes the connection or falls silent. */
  readonly atClose?: true
  /** Where strict structure checking complains, as `code at`. */
  readonly structure?: readonly string[]
}

const header = 'MSH|^~\\&|HIS|ZJJ|PLAT|HUB|20260105083000||ADT^A08^ADT_A01|M1|P|2.5.1'
const body = ['EVN|A08|20260105083000', 'PID|1||880123^^^ZJJ^MR||张小明^^^^^^L||19800101|M', 'PV1|1|I|0301^12^3']
const whole = [header, ...body].join('\r')

const framed = (content: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from('\v'), Buffer.from(content as string), Buffer.from('\x1c\r')])
const raw =
  (text: string): (() => Buffer) =>
  () =>
    Buffer.from(text, 'latin1')
const text =
  (content: string): (() => Buffer) =>
  () =>
    framed(content)
const bytes = (...parts: (string | number[] | Buffer)[]): (() => Buffer) => {
  return () => framed(Buffer.concat(parts.map(part => Buffer.from(part as string))))
}
const gb = (content: string): Buffer => iconv.encode(content, 'gb18030')
const withHeader = (changed: string): (() => Buffer) => text([changed, ...body].join('\r'))
const withField =
  (content: () => string): (() => Buffer) =>
  () =>
    framed(`${whole}\rNTE|1|L|${content()}\r`)
const megabyte = 1 << 20

const framing: HostileCase[] = [
  { title: 'no framing at all', bytes: raw(`${header}\rPID|1\r`), outcomes: ['mllp.garbage-before-frame'], atClose: true },
  { title: 'an HTTP request', bytes: raw('GET / HTTP/1.1\r\nHost: hub\r\n\r\n'), outcomes: ['mllp.garbage-before-frame'], atClose: true },
  {
    title: 'a TLS client hello',
    bytes: raw('\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03'),
    outcomes: ['mllp.garbage-before-frame'],
    atClose: true,
  },
  {
    title: 'stray bytes before a frame',
    bytes: () => Buffer.concat([Buffer.from('xx'), framed(whole)]),
    outcomes: ['mllp.garbage-before-frame', 'taken'],
  },
  {
    title: 'an end without a start',
    bytes: () => Buffer.concat([Buffer.from('\x1c\r'), framed(whole)]),
    outcomes: ['mllp.garbage-before-frame', 'taken'],
  },
  { title: 'an empty frame', bytes: text(''), outcomes: ['mllp.frame-empty'] },
  { title: 'a frame of line ends', bytes: text('\r\r\n\r'), outcomes: ['hl7.no-msh'] },
  { title: 'a frame of zero bytes', bytes: () => framed(Buffer.alloc(64)), outcomes: ['hl7.no-msh'] },
  { title: 'a start byte and nothing more', bytes: raw('\v'), outcomes: ['mllp.frame-cut'], atClose: true },
  { title: 'a frame cut in the middle', bytes: () => framed(whole).subarray(0, 60), outcomes: ['mllp.frame-cut'], atClose: true },
  { title: 'a frame without its last byte', bytes: () => framed(whole).subarray(0, -1), outcomes: ['taken'], atClose: true },
  {
    title: 'a frame begun anew',
    bytes: () => Buffer.concat([framed(whole).subarray(0, 60), framed(whole)]),
    outcomes: ['mllp.frame-cut', 'taken'],
  },
  { title: 'a frame over the size limit', bytes: () => framed(Buffer.alloc(16 * megabyte + 1, 'A')), outcomes: ['mllp.frame-too-large'] },
  { title: '0x1C inside content', bytes: text(`${whole}\rNTE|1|L|a\x1cb`), outcomes: ['taken'] },
  { title: 'vertical tabs of a word processor in a note', bytes: text(`${whole}\rNTE|1|L|a\vb`), outcomes: ['taken'] },
  { title: 'two messages in one frame', bytes: text(`${whole}\r${whole}`), outcomes: ['hl7.second-msh'] },
  {
    title: 'three frames in one write',
    bytes: () => Buffer.concat([framed(whole), framed('x'), framed(whole)]),
    outcomes: ['taken', 'hl7.no-msh', 'taken'],
  },
]

const charsets: HostileCase[] = [
  {
    title: 'UTF-8 with a character cut by a length limit',
    bytes: bytes(`${whole}\rNTE|1|L|上海市青`, [0xe6, 0xb5], '|x'),
    outcomes: ['charset.undecodable'],
  },
  { title: 'an overlong slash in UTF-8', bytes: bytes(`${whole}\rNTE|1|L|`, [0xc0, 0xaf]), outcomes: ['charset.undecodable'] },
  { title: 'a surrogate in UTF-8', bytes: bytes(`${whole}\rNTE|1|L|`, [0xed, 0xa0, 0x80], '|'), outcomes: ['charset.undecodable'] },
  { title: '0xFF in GB18030', bytes: bytes(gb(whole), [0xff]), outcomes: ['charset.undecodable'] },
  {
    title: 'GB18030 cut inside the last character',
    bytes: bytes(gb(`${whole}\rNTE|1|L|青浦`).subarray(0, -1)),
    outcomes: ['charset.undecodable'],
  },
  { title: 'UTF-16 with a byte order mark', bytes: () => framed(Buffer.from(`\ufeff${whole}`, 'utf16le')), outcomes: ['charset.unknown'] },
  { title: 'UTF-16 without one', bytes: () => framed(Buffer.from(header, 'utf16le')), outcomes: ['charset.unknown'] },
  { title: 'Big5, declared', bytes: bytes(`${header}||||||BIG-5\rPID|1||1||`, [0xb1, 0x69, 0xa4, 0x70]), outcomes: ['charset.unknown'] },
  { title: 'Big5, declared, in pure ASCII', bytes: text(`${header}||||||BIG-5\rPID|1||1`), outcomes: ['taken'] },
  { title: 'GB18030 declared UTF-8', bytes: bytes(gb([`${header}||||||UNICODE UTF-8`, ...body].join('\r'))), outcomes: ['taken'] },
  { title: 'UTF-8 declared GB18030', bytes: text([`${header}||||||GB 18030-2000`, ...body].join('\r')), outcomes: ['taken'] },
  { title: 'UTF-8 with a byte order mark', bytes: text(`\ufeff${whole}`), outcomes: ['taken'] },
  { title: 'names whose GB18030 bytes hold delimiters', bytes: bytes(gb(`${header}\rPID|1||1||李珅^誠~王𠮷^䶮`)), outcomes: ['taken'] },
  { title: 'a facility whose GB18030 bytes hold delimiters', bytes: bytes(gb(header.replace('ZJJ', '珅誠医院'))), outcomes: ['taken'] },
]

const headers: HostileCase[] = [
  { title: 'no MSH', bytes: text(body.join('\r')), outcomes: ['hl7.no-msh'] },
  { title: 'msh in lower case', bytes: withHeader(header.replace('MSH', 'msh')), outcomes: ['hl7.no-msh'] },
  { title: 'words before MSH', bytes: text(`hello ${whole}`), outcomes: ['hl7.no-msh'] },
  { title: 'blank lines before MSH', bytes: text(`\r\n  ${whole}`), outcomes: ['taken'] },
  { title: 'a batch file', bytes: text(`FHS|^~\\&|HIS\rBHS|^~\\&|HIS\r${whole}\rBTS|1\rFTS|1`), outcomes: ['hl7.no-msh'] },
  { title: 'XML', bytes: text('<ClinicalDocument xmlns="urn:hl7-org:v3"/>'), outcomes: ['hl7.no-msh'] },
  { title: 'JSON', bytes: text('{"resourceType":"Patient"}'), outcomes: ['hl7.no-msh'] },
  { title: 'MSH alone', bytes: text('MSH'), outcomes: ['hl7.bad-delimiters'] },
  { title: 'MSH and a separator', bytes: text('MSH|'), outcomes: ['hl7.bad-delimiters'] },
  { title: 'an empty MSH-2', bytes: withHeader(header.replace('^~\\&', '')), outcomes: ['hl7.bad-delimiters'] },
  { title: 'the same delimiter twice', bytes: withHeader(header.replace('^~\\&', '^^\\&')), outcomes: ['hl7.bad-delimiters'] },
  { title: 'the field separator in MSH-2', bytes: text('MSH^^~\\&^HIS'), outcomes: ['hl7.bad-delimiters'] },
  { title: 'a letter as field separator', bytes: text('MSHA^~\\&AHISAZJJ'), outcomes: ['hl7.bad-delimiters'] },
  { title: 'a digit as component separator', bytes: withHeader(header.replace('^~\\&', '1~\\&')), outcomes: ['hl7.bad-delimiters'] },
  { title: 'the quote as component separator', bytes: withHeader(header.replace('^~\\&', '"~\\&')), outcomes: ['hl7.bad-delimiters'] },
  { title: 'a Chinese character as separator', bytes: withHeader(header.replaceAll('|', '，')), outcomes: ['hl7.bad-delimiters'] },
  { title: 'a blank in MSH-2', bytes: withHeader(header.replace('^~\\&', '^~ &')), outcomes: ['hl7.bad-delimiters'] },
  { title: 'too many encoding characters', bytes: withHeader(header.replace('^~\\&', '^~\\&#$')), outcomes: ['hl7.bad-delimiters'] },
  { title: 'the truncation character of 2.7', bytes: withHeader(header.replace('^~\\&', '^~\\&#')), outcomes: ['taken'] },
  { title: 'the escape character twice in MSH-2', bytes: withHeader(header.replace('^~\\&', '^~\\\\&')), outcomes: ['taken'] },
  { title: 'only two encoding characters', bytes: withHeader(header.replace('^~\\&', '^~')), outcomes: ['taken'] },
  {
    title: 'delimiters of its own',
    bytes: text('MSH$%*!@$HIS$ZJJ$PLAT$HUB$20260105$$ADT%A08$M1$P$2.5.1\rPID$1$$880123%%%ZJJ'),
    outcomes: ['taken'],
  },
  { title: 'nothing after MSH-2', bytes: withHeader('MSH|^~\\&'), outcomes: ['hl7.field-missing'] },
  { title: 'no message type', bytes: withHeader(header.replace('ADT^A08^ADT_A01', '')), outcomes: ['hl7.field-missing'] },
  { title: 'a message type to be cleared', bytes: withHeader(header.replace('ADT^A08^ADT_A01', '""')), outcomes: ['hl7.field-missing'] },
  { title: 'no control id', bytes: withHeader(header.replace('|M1|', '||')), outcomes: ['hl7.field-missing'] },
  { title: 'version 3.0', bytes: withHeader(header.replace('2.5.1', '3.0')), outcomes: ['hl7.version-unsupported'] },
  { title: 'a version in words', bytes: withHeader(header.replace('2.5.1', 'two')), outcomes: ['hl7.version-unsupported'] },
  { title: 'no version', bytes: withHeader(header.replace('2.5.1', '')), outcomes: ['taken'] },
  { title: 'an unknown processing id', bytes: withHeader(header.replace('|P|', '|X|')), outcomes: ['hl7.processing-unsupported'] },
  {
    title: 'a control id of ten thousand characters',
    bytes: withHeader(header.replace('|M1|', `|${'9'.repeat(10_000)}|`)),
    outcomes: ['taken'],
  },
]

const segments: HostileCase[] = [
  { title: 'segments ended by LF', bytes: text(whole.replaceAll('\r', '\n')), outcomes: ['taken'] },
  { title: 'segments ended by CRLF', bytes: text(whole.replaceAll('\r', '\r\n')), outcomes: ['taken'] },
  { title: 'a line feed inside a value', bytes: text(`${whole}\rNTE|1|L|first line\nsecond line\r`), outcomes: ['taken'] },
  { title: 'blank lines between segments', bytes: text(whole.replaceAll('\r', '\r\r  \r')), outcomes: ['taken'] },
  { title: 'a segment name in lower case', bytes: text(`${whole}\rnte|1`), outcomes: ['hl7.bad-segment-name'] },
  { title: 'a segment name of four letters', bytes: text(`${whole}\rNTEX|1`), outcomes: ['hl7.bad-segment-name'] },
  { title: 'a segment name of two letters', bytes: text(`${whole}\rNT|1`), outcomes: ['hl7.bad-segment-name'] },
  { title: 'a segment name that starts with a digit', bytes: text(`${whole}\r1NT|1`), outcomes: ['hl7.bad-segment-name'] },
  { title: 'a Chinese segment name', bytes: text(`${whole}\r备注段|1`), outcomes: ['hl7.bad-segment-name'] },
  { title: 'a line that is no segment', bytes: text(`${whole}\rhello world`), outcomes: ['hl7.bad-segment-name'] },
  { title: 'a segment without fields', bytes: text(`${whole}\rNTE`), outcomes: ['taken'] },
  { title: 'as many segments as allowed', bytes: () => framed(`${whole}${'\rNTE|1'.repeat(19_996)}`), outcomes: ['taken'] },
  { title: 'one segment too many', bytes: () => framed(`${whole}${'\rNTE|1'.repeat(19_997)}`), outcomes: ['hl7.too-many-segments'] },
  { title: 'a message of line ends', bytes: () => framed(`${header}${'\n'.repeat(megabyte)}\r${body.join('\r')}`), outcomes: ['taken'] },
  { title: 'ten megabytes of field separators', bytes: withField(() => '|'.repeat(10 * megabyte)), outcomes: ['taken'] },
  { title: 'a megabyte of repetitions', bytes: withField(() => 'x~'.repeat(megabyte / 2)), outcomes: ['taken'] },
  { title: 'a megabyte of components', bytes: withField(() => '^'.repeat(megabyte)), outcomes: ['taken'] },
  { title: 'a megabyte of subcomponents', bytes: withField(() => '&'.repeat(megabyte)), outcomes: ['taken'] },
  { title: 'a megabyte of escape characters', bytes: withField(() => '\\'.repeat(megabyte)), outcomes: ['taken'] },
  { title: 'a document of five megabytes in one value', bytes: withField(() => 'QUJD'.repeat((5 * megabyte) / 4)), outcomes: ['taken'] },
  { title: 'an escape sequence of a megabyte', bytes: withField(() => `\\X${'41'.repeat(megabyte / 2)}\\`), outcomes: ['taken'] },
  { title: 'escape sequences cut short', bytes: withField(() => '\\F|\\X4|\\X4G\\|\\.br|C:\\temp\\|\\'), outcomes: ['taken'] },
  { title: 'zero bytes in a value', bytes: withField(() => 'a\0b'), outcomes: ['taken'] },
  { title: 'a date that does not exist', bytes: text(whole.replace('19800101', '19800231')), outcomes: ['taken'] },
]

const structures: HostileCase[] = [
  { title: 'no PID', bytes: text([header, body[0], body[2]].join('\r')), outcomes: ['taken'], structure: ['hl7.segment-missing PID[1]'] },
  { title: 'no EVN', bytes: text([header, body[1], body[2]].join('\r')), outcomes: ['taken'], structure: ['hl7.segment-missing EVN[1]'] },
  {
    title: 'MSH alone of an admission',
    bytes: text(header),
    outcomes: ['taken'],
    structure: ['hl7.segment-missing EVN[1]', 'hl7.segment-missing PID[1]', 'hl7.segment-missing PV1[1]'],
  },
  {
    title: 'PV1 before PID',
    bytes: text([header, body[0], body[2], body[1]].join('\r')),
    outcomes: ['taken'],
    structure: ['hl7.segment-out-of-order PID[1]'],
  },
  { title: 'PV1 twice', bytes: text(`${whole}\r${body[2]}`), outcomes: ['taken'], structure: ['hl7.segment-out-of-order PV1[2]'] },
  { title: 'segments of the site', bytes: text(`${whole}\rZPI|1\rZZZ`), outcomes: ['taken'], structure: [] },
  {
    title: 'a merge without the retired patient',
    bytes: text([header.replace('ADT^A08^ADT_A01', 'ADT^A40'), ...body].join('\r')),
    outcomes: ['taken'],
    structure: ['hl7.segment-missing MRG[1]'],
  },
  {
    title: 'results without an order',
    bytes: text(`${header.replace('ADT^A08^ADT_A01', 'ORU^R01')}\r${body[1]}\rPV1|1|I\rOBX|1|ST|1^a||b||||||F`),
    outcomes: ['taken'],
    structure: ['hl7.segment-missing OBR[1]'],
  },
]

export const hostileCases: readonly HostileCase[] = [...framing, ...charsets, ...headers, ...segments, ...structures]
