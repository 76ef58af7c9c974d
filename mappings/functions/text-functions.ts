// The pure functions of the expression language: texts in, one text out; `''` is no value. Total: every text has an answer.
import { readIdCard } from '#kernel/id-card.ts'
import { codingSystem } from './coding-system.ts'
import { authorityOf, identifierOf } from './identifier.ts'
import { fullName } from './person-name.ts'
import { facilitySystem, type Setting } from './setting.ts'

/** A value with parts, as functions see it: `part(4, 1)` is CX.4.1. */
export type Value = { readonly type: string; part(component: number, subcomponent?: number): string }

/** `lines`: all values of a path, one per line. */
export type Argument = 'text' | 'value' | 'lines'

export type TextFunction = {
  readonly takes: readonly Argument[]
  /** Further arguments of the last kind may follow. */
  readonly more?: boolean
  /** Arguments that may be left out, from the end. */
  readonly optional?: number
  readonly says: { readonly zh: string; readonly en: string }
  readonly apply: (texts: readonly string[], values: readonly (Value | undefined)[], setting: Setting) => string
}

const text1 = (says: TextFunction['says'], of: (text: string) => string): TextFunction => ({
  takes: ['text'],
  says,
  apply: ([text]) => of(text!),
})

export const textFunctions: Readonly<Record<string, TextFunction>> = {
  trim: text1({ zh: '去掉首尾空白', en: 'without blanks at both ends' }, text => text.trim()),
  upper: text1({ zh: '转为大写', en: 'in upper case' }, text => text.toUpperCase()),
  lower: text1({ zh: '转为小写', en: 'in lower case' }, text => text.toLowerCase()),
  digits: text1({ zh: '只留数字', en: 'digits only' }, text => text.replace(/\D/g, '')),
  year: text1({ zh: '时间的年', en: 'the year of a time' }, text => text.slice(0, 4)),
  month: text1({ zh: '时间精确到月的部分', en: 'a time to the month' }, text => text.slice(0, 6)),
  day: text1({ zh: '时间精确到日的部分', en: 'a time to the day' }, text => text.slice(0, 8)),
  oid: text1({ zh: 'OID 写作 URI', en: 'an OID as URI' }, text => (text === '' ? '' : `urn:oid:${text.trim()}`)),
  idCard: text1(
    { zh: '有效的公民身份号码（18 位），否则无值', en: 'a valid citizen identity number in 18 characters, else nothing' },
    text => (text === '' ? '' : (readIdCard(text)?.number ?? '')),
  ),
  base64: text1({ zh: '文本的 UTF-8 字节，以 Base64 表示', en: 'the UTF-8 bytes of a text in Base64' }, text =>
    text === '' ? '' : Buffer.from(text, 'utf8').toString('base64'),
  ),
  hexToBase64: text1({ zh: '十六进制转 Base64', en: 'hexadecimal digits as Base64' }, text =>
    /^([0-9A-Fa-f]{2})+$/.test(text) ? Buffer.from(text, 'hex').toString('base64') : '',
  ),
  before: {
    takes: ['text', 'text'],
    says: { zh: '分隔符之前的部分；没有分隔符则为全文', en: 'what stands before a separator; all of it without one' },
    apply: ([text, separator]) => text!.split(separator!, 1)[0]!,
  },
  after: {
    takes: ['text', 'text'],
    says: { zh: '分隔符之后的部分；没有分隔符则无值', en: 'what stands after a separator; nothing without one' },
    apply: ([text, separator]) => {
      const at = text!.indexOf(separator!)
      return at < 0 ? '' : text!.slice(at + separator!.length)
    },
  },
  concat: {
    takes: ['text'],
    more: true,
    says: { zh: '连接；任一部分无值则整体无值', en: 'one behind the other; nothing when a part is missing' },
    apply: texts => (texts.includes('') ? '' : texts.join('')),
  },
  join: {
    takes: ['text', 'text'],
    more: true,
    says: { zh: '以第一个参数为间隔连接有值的部分', en: 'the parts that have a value, with the first argument between them' },
    apply: ([separator, ...parts]) => parts.filter(part => part !== '').join(separator),
  },
  lines: {
    takes: ['lines'],
    says: { zh: '所有重复值，每个一行', en: 'all values of a path, one per line' },
    apply: ([text]) => text!,
  },
  comparator: text1(
    { zh: '“<5”这类数值前的比较符', en: 'the comparator before a number, as in <5' },
    text => comparators[compared(text)?.[1] ?? ''] ?? '',
  ),
  magnitude: text1({ zh: '“<5”这类数值中的数', en: 'the number behind a comparator, as in <5' }, text => compared(text)?.[2] ?? ''),
  numbers: {
    takes: ['text'],
    says: {
      zh: '消息未写明发放机构时号码所属的体系：覆盖方案 numbers 中的定义，否则为本机构的',
      en: "the system of numbers of a kind (patient, visit, staff …) whose authority a message leaves out: the overlay's `numbers`, else the facility's own",
    },
    apply: ([kind], _, setting) => setting.numbers.get(kind!) ?? usualSystem(kind!, setting),
  },
  fullName: {
    takes: ['text', 'text', 'text'],
    optional: 1,
    says: {
      zh: '姓名全文：中文姓与名连写，其他文字以空格分开',
      en: 'a whole name: Chinese family and given name without a blank, others with',
    },
    apply: ([family, given, further]) => fullName(family!, given!, further ?? ''),
  },
  authority: {
    takes: ['value', 'text'],
    optional: 1,
    says: {
      zh: '标识的发放机构作为 URI：OID、UUID，或覆盖方案中的名称；缺省为第二个参数，再缺省为本机构',
      en: "the assigning authority of an identifier as URI: OID, UUID or a name of the overlay; the second argument without one, else the facility's own",
    },
    apply: ([usual], [value], setting) => (value ? authorityOf(value, setting, usual) : ''),
  },
  identifier: {
    takes: ['value', 'text'],
    optional: 1,
    says: { zh: '“机构|号码”，用作业务主键', en: '`system|value` of an identifier, for business keys' },
    apply: ([usual], [value], setting) => (value ? identifierOf(value, setting, usual) : ''),
  },
  codingSystem: {
    takes: ['text', 'text'],
    optional: 1,
    says: {
      zh: '编码体系名称（CWE.3，表 0396）对应的 URI；第二个参数为其 OID（CWE.14）',
      en: 'the URI of a coding system named as in table 0396 (CWE.3); the second argument is its OID (CWE.14)',
    },
    apply: ([name, oid], _, setting) => codingSystem(name!, oid ?? '', setting),
  },
}

/** Numbers that every sending system gives out itself; all others are the facility's. */
const ofSource = new Set(['filler', 'specimen', 'report', 'accession', 'study'])

function usualSystem(kind: string, setting: Setting): string {
  return facilitySystem(setting.facility, ofSource.has(kind) ? `${setting.source}-${kind}` : kind)
}

const comparedForm = /^\s*(<=|>=|[<>≤≥＜＞])\s*([+-]?\d+(?:\.\d+)?)\s*$/

function compared(text: string): RegExpExecArray | null {
  return comparedForm.exec(text)
}

const comparators: Readonly<Record<string, string>> = {
  '<': '<',
  '>': '>',
  '<=': '<=',
  '>=': '>=',
  '≤': '<=',
  '≥': '>=',
  '＜': '<',
  '＞': '>',
}

/** The fixed set of patterns that `matches` knows. */
export const patterns: Readonly<Record<string, RegExp>> = {
  number: /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/,
  comparedNumber: comparedForm,
  phone: /^[+(（]?\d[\d\s()（）.-]*$/,
  digits: /^\d+$/,
  dateTime: /^\d{10}/,
  time: /^\d{4,14}(\.\d{1,4})?([+-]\d{4})?$/,
  idCard: /^(\d{15}|\d{17}[\dXx])$/,
  usSsn: /^\d{3}-?\d{2}-?\d{4}$/,
  oid: /^[0-2](\.(0|[1-9]\d*))+$/,
  email: /^[^@\s]+@[^@\s]+\.[^@\s]+$/,
  uri: /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/,
  mime: /^[a-z]+\/[\w.+-]+$/i,
  chinese: /\p{Script=Han}/u,
}
