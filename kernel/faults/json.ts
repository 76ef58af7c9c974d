// Faults of reading JSON text (RFC 8259; FHIR json.html). `at` is `line:column`, both counted from 1.
import type { FaultSpec } from './spec.ts'

const structure = { category: 'incorrect', issue: 'structure' } as const

export const jsonFaults = {
  'json.empty': { ...structure, zh: '没有内容：应为一个 JSON 对象', en: 'There is no content; a JSON object is expected' },
  'json.not-object': { ...structure, zh: '应为一个 JSON 对象', en: 'A JSON object is expected' },
  'json.value-expected': { ...structure, zh: '应为一个值，实际是 {found}', en: 'A value is expected, not {found}' },
  'json.member-expected': {
    ...structure,
    zh: '应为带双引号的成员名，实际是 {found}',
    en: 'A member name in double quotes is expected, not {found}',
  },
  'json.colon-expected': {
    ...structure,
    zh: '成员名之后应为冒号，实际是 {found}',
    en: 'A colon is expected after the member name, not {found}',
  },
  'json.separator-expected': {
    ...structure,
    zh: '应为逗号或 {close}，实际是 {found}',
    en: 'A comma or {close} is expected, not {found}',
  },
  'json.unfinished': { ...structure, zh: '内容不完整：在此处中断', en: 'The text ends here, unfinished' },
  'json.trailing': { ...structure, zh: 'JSON 之后还有多余的内容：{found}', en: 'There is more text after the JSON: {found}' },
  'json.string-unfinished': { ...structure, zh: '字符串没有结束的双引号', en: 'The string has no closing quote' },
  'json.string-control': {
    ...structure,
    zh: '字符串中有未转义的控制字符 {found}',
    en: 'The string contains the unescaped control character {found}',
  },
  'json.escape-invalid': { ...structure, zh: '无效的转义序列 {found}', en: 'Not a valid escape sequence: {found}' },
  'json.surrogate': {
    ...structure,
    zh: '文本中有不成对的代理字符（不是有效的 Unicode）',
    en: 'The text contains an unpaired surrogate, which is not valid Unicode',
  },
  'json.nul': { ...structure, zh: '字符串中有 NUL 字符', en: 'The string contains a NUL character' },
  'json.number-invalid': { ...structure, zh: '无效的数字 {found}', en: 'Not a valid number: {found}' },
  'json.number-too-long': { category: 'too-large', zh: '数字超过 {max} 位', en: 'The number has more than {max} characters' },
  'json.member-duplicate': { ...structure, zh: '成员 {member} 重复', en: 'The member {member} occurs twice' },
  'json.member-forbidden': { ...structure, zh: '不允许的成员名 {member}', en: 'The member name {member} is not allowed' },
  'json.depth': { category: 'too-large', zh: '嵌套超过 {max} 层', en: 'The nesting is deeper than {max} levels' },
  'json.encoding': {
    ...structure,
    zh: '第 {offset} 字节起不是有效的 UTF-8',
    en: 'The bytes from offset {offset} are not valid UTF-8',
    hint: { zh: 'FHIR JSON 必须以 UTF-8 编码', en: 'FHIR JSON must be encoded in UTF-8' },
  },
} satisfies Record<string, FaultSpec>
