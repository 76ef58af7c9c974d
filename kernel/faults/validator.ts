// Findings of the FHIR validator about structure and values (json.html, datatypes.html, profiling.html). `at` is the FHIRPath of the element.
import type { FaultSpec } from './spec.ts'

const structure = { category: 'unprocessable', issue: 'structure' } as const
const value = { category: 'unprocessable', issue: 'value' } as const
const invalid = { category: 'unprocessable', issue: 'invalid' } as const
const required = { category: 'unprocessable', issue: 'required' } as const
const invariant = { category: 'unprocessable', issue: 'invariant' } as const
const limit = { category: 'too-large', issue: 'too-costly' } as const

export const validatorFaults = {
  'validator.resource-type': { ...structure, zh: '没有资源类型 {found}', en: 'There is no resource type {found}' },
  'validator.resource-type-missing': { ...structure, zh: '缺少 resourceType', en: 'The member resourceType is missing' },
  'validator.unknown-element': { ...structure, zh: '{type} 没有元素 {element}', en: '{type} has no element {element}' },
  'validator.duplicate-member': { ...structure, zh: '成员 {member} 重复', en: 'The member {member} occurs twice' },
  'validator.json-comment': { ...invalid, zh: 'JSON 中不允许注释', en: 'JSON has no comments' },
  'validator.json-quotes': { ...invalid, zh: '{found} 应写在双引号中', en: '{found} must be in double quotes' },
  'validator.json-comma-extra': { ...invalid, zh: '多余的逗号', en: 'There is a comma too many' },
  'validator.json-comma-missing': { ...invalid, zh: '缺少逗号', en: 'A comma is missing' },
  'validator.choice-several': {
    ...structure,
    zh: '{element}[x] 只能出现一种类型，多出 {member}',
    en: '{element}[x] may be given in one type only; {member} is one too many',
  },
  'validator.array-expected': { ...structure, zh: '元素 {element} 可以重复，应为数组', en: '{element} repeats and must be an array' },
  'validator.array-unexpected': {
    ...structure,
    zh: '元素 {element} 只能有一个值，不应是数组',
    en: '{element} takes one value, not an array',
  },
  'validator.array-empty': { ...structure, zh: '数组 {element} 为空', en: 'The array {element} is empty' },
  'validator.object-empty': {
    ...structure,
    zh: '对象为空：元素必须有值、内容或扩展',
    en: 'The object is empty; an element has a value, content or extensions',
  },
  'validator.object-expected': { ...structure, zh: '元素 {element} 应为对象', en: '{element} must be an object' },
  'validator.null-unexpected': { ...structure, zh: '元素 {element} 不能为 null', en: '{element} cannot be null' },
  'validator.json-type': {
    ...structure,
    zh: '{type} 在 JSON 中应写成{expected}，实际是 {found}',
    en: 'A {type} is written as a JSON {expected}, not as {found}',
  },
  'validator.too-deep': { ...limit, zh: '嵌套超过 {max} 层', en: 'The nesting is deeper than {max} levels' },
  'validator.too-costly': {
    ...limit,
    zh: '切片判断超过 {max} 步，其余不再判断',
    en: 'Telling slices apart takes more than {max} steps; the rest is not checked',
  },
  'validator.too-many-findings': {
    ...limit,
    zh: '问题超过 {max} 个，其余不再列出',
    en: 'There are more than {max} findings; the rest is not listed',
  },

  'validator.minimum': {
    ...required,
    zh: '{path} 至少需要 {min} 个，实际 {count} 个（{profile}）',
    en: '{path} needs at least {min}, found {count} ({profile})',
  },
  'validator.maximum': {
    ...structure,
    zh: '{path} 最多允许 {max} 个，实际 {count} 个（{profile}）',
    en: '{path} allows at most {max}, found {count} ({profile})',
  },
  'validator.slice-minimum': {
    ...required,
    zh: '切片 {slice} 至少需要 {min} 个，实际 {count} 个（{path}，{profile}）',
    en: 'The slice {slice} needs at least {min}, found {count} ({path}, {profile})',
  },
  'validator.slice-none': {
    ...structure,
    zh: '该元素不属于 {profile} 中的任何切片，而切片是封闭的',
    en: 'This element matches no slice of {profile}, and the slicing is closed',
  },
  'validator.slice-additional': {
    category: 'unprocessable',
    issue: 'informational',
    zh: '该元素不属于 {profile} 中任何已知的切片',
    en: 'This element matches no known slice of {profile}',
  },
  'validator.slice-several': {
    ...structure,
    zh: '该元素同时属于切片 {slice} 和 {other}（{profile}）',
    en: 'This element matches the slices {slice} and {other} at once ({profile})',
  },
  'validator.slice-order': {
    ...structure,
    zh: '切片 {slice} 的次序不对（{profile}）',
    en: 'The slice {slice} is out of order ({profile})',
  },
  'validator.slice-end': {
    ...structure,
    zh: '不属于任何切片的元素只能在最后（{profile}）',
    en: 'Elements that match no slice belong at the end ({profile})',
  },
  'validator.slicing-unusable': {
    category: 'unprocessable',
    issue: 'processing',
    zh: '无法判断切片：{reason}（{profile}）',
    en: 'The slicing cannot be evaluated: {reason} ({profile})',
  },
  'validator.type-not-allowed': {
    ...structure,
    zh: '{profile} 只允许类型 {expected}，实际是 {found}',
    en: '{profile} allows the type {expected} only, not {found}',
  },
  'validator.profile-unknown': {
    ...invalid,
    issue: 'not-found',
    zh: '找不到 profile {profile}',
    en: 'The profile {profile} cannot be found',
  },
  'validator.profile-wrong-type': {
    ...invalid,
    zh: 'profile {profile} 针对 {expected}，资源却是 {found}',
    en: 'The profile {profile} is for {expected}, the resource is a {found}',
  },
  'validator.profile-unusable': {
    ...invalid,
    issue: 'processing',
    zh: '无法使用 profile {profile}：{reason}',
    en: 'The profile {profile} cannot be used: {reason}',
  },
  'validator.profile-none': {
    ...structure,
    zh: '不符合以下任何一个 profile：{profiles}',
    en: 'None of these profiles is met: {profiles}',
  },
  'validator.fixed-value': {
    ...value,
    zh: '值“{found}”应为“{expected}”（{profile}）',
    en: 'The value “{found}” must be “{expected}” ({profile})',
  },
  'validator.fixed-missing': {
    ...value,
    zh: '缺少 {element}（{profile} 规定的值）',
    en: '{element} is missing ({profile} fixes its value)',
  },
  'validator.fixed-extra': { ...value, zh: '{profile} 规定的值中没有 {element}', en: 'The value that {profile} fixes has no {element}' },
  'validator.fixed-count': {
    ...value,
    zh: '{element} 应有 {expected} 个，实际 {found} 个（{profile}）',
    en: '{element} must occur {expected} times, not {found} ({profile})',
  },
  'validator.pattern-coding': {
    ...value,
    zh: '没有与 {profile} 的模式（{pattern}）相符的 {element}',
    en: 'No {element} agrees with the pattern of {profile} ({pattern})',
  },
  'validator.max-length': { ...value, zh: '长度 {length} 超过上限 {max}', en: 'The length {length} exceeds the maximum of {max}' },
  'validator.min-length': { ...value, zh: '长度 {length} 低于下限 {min}', en: 'The length {length} is below the minimum of {min}' },
  'validator.min-value': { ...value, zh: '值 {found} 小于下限 {min}', en: 'The value {found} is below the minimum of {min}' },
  'validator.max-value': { ...value, zh: '值 {found} 大于上限 {max}', en: 'The value {found} exceeds the maximum of {max}' },
  'validator.limit-unit': {
    ...value,
    zh: '单位 {found} 无法与上下限的单位 {expected} 比较',
    en: 'The unit {found} cannot be compared with {expected}, the unit of the limit',
  },
  'validator.regex': {
    ...value,
    zh: '值“{found}”不符合正则表达式 {regex}',
    en: 'The value “{found}” does not match the regular expression {regex}',
  },
  'validator.must-have-value': { ...required, zh: '{path} 必须有值（{profile}）', en: '{path} must have a value ({profile})' },
  'validator.value-missing': { ...required, zh: '基本类型必须有值或扩展', en: 'A primitive has a value or extensions' },
  'validator.max-decimals': { ...value, zh: '小数位数 {found} 超过上限 {max}', en: 'There are {found} decimal places; {max} are allowed' },
  'validator.invariant': { ...invariant, zh: '不满足约束 {key}：{human}', en: 'The constraint {key} fails: {human}' },
  'validator.invariant-unusable': {
    ...invariant,
    zh: '无法计算约束 {key}：{reason}',
    en: 'The constraint {key} cannot be evaluated: {reason}',
  },

  'validator.empty-string': { ...value, zh: '值不能为空字符串', en: 'A value cannot be the empty string' },
  'validator.white-space-only': { ...value, zh: '值只有空白', en: 'The value is white space only' },
  'validator.control-characters': {
    ...value,
    zh: '值含有 XML 不能表示的字符 {found}',
    en: 'The value has characters that XML cannot represent: {found}',
  },
  'validator.bidi-characters': {
    ...value,
    zh: '值含有不成对的双向文字控制字符',
    en: 'The value has bidirectional control characters that do not match up',
  },
  'validator.html-in-text': { ...invalid, zh: '文本中有类似 HTML 标签的内容', en: 'The text has what looks like HTML tags' },
  'validator.integer': { ...value, zh: '“{found}”不是有效的整数', en: '“{found}” is not a valid integer' },
  'validator.integer-range': { ...value, zh: '“{found}”超出 {type} 的范围', en: '“{found}” is out of the range of {type}' },
  'validator.date': { ...value, zh: '“{found}”不是有效的日期', en: '“{found}” is not a valid date' },
  'validator.datetime': { ...value, zh: '“{found}”不是有效的日期时间', en: '“{found}” is not a valid dateTime' },
  'validator.datetime-zone': { ...value, zh: '有时间的日期时间必须带时区', en: 'A dateTime with a time must have a time zone' },
  'validator.instant': { ...value, zh: '“{found}”不是有效的时刻', en: '“{found}” is not a valid instant' },
  'validator.time': { ...value, zh: '“{found}”不是有效的时间', en: '“{found}” is not a valid time' },
  'validator.year': { ...value, zh: '“{found}”的年份不合常理', en: 'The year of “{found}” is not plausible' },
  'validator.code-format': { ...value, zh: '代码“{found}”的空白不符合规则', en: 'The white space in the code “{found}” is not allowed' },
  'validator.id-format': { ...value, zh: '“{found}”不是有效的 id', en: '“{found}” is not a valid id' },
  'validator.base64': { ...value, zh: '不是有效的 base64：{found}', en: 'Not valid base64: {found}' },
  'validator.base64-white-space': { ...value, zh: 'base64 中不应有空白', en: 'There should be no white space in base64' },
  'validator.uri-oid': { ...value, zh: 'OID 应写成 urn:oid: 开头', en: 'An OID begins with urn:oid:' },
  'validator.uri-uuid': { ...value, zh: 'UUID 应写成 urn:uuid: 开头', en: 'A UUID begins with urn:uuid:' },
  'validator.uri-white-space': { ...value, zh: 'URI“{found}”中不能有空白', en: 'The URI “{found}” cannot contain white space' },
  'validator.uuid': { ...value, zh: '“{found}”不是有效的 UUID', en: '“{found}” is not a valid UUID' },
  'validator.oid': { ...value, zh: '“{found}”不是有效的 OID', en: '“{found}” is not a valid OID' },
  'validator.canonical-absolute': { ...value, zh: '规范地址必须是绝对地址：{found}', en: 'A canonical must be absolute: {found}' },
  'validator.canonical-unresolved': { ...invalid, zh: '无法解析规范地址 {found}', en: 'The canonical {found} cannot be resolved' },
  'validator.canonical-type': {
    ...invalid,
    zh: '规范地址 {found} 指向 {type}，应为 {expected}',
    en: 'The canonical {found} leads to a {type}; expected: {expected}',
  },
  'validator.markdown-html': {
    ...invalid,
    zh: 'markdown 中有未转义的 HTML：{found}',
    en: 'The markdown has HTML that is not escaped: {found}',
  },
  'validator.id-missing': { ...required, zh: '此处的资源必须有 id', en: 'A resource here must have an id' },
  'validator.id-too-long': { ...value, zh: 'id 有 {length} 个字符，最多 64 个', en: 'The id has {length} characters; 64 are allowed' },
  'validator.id-duplicate': { ...invalid, issue: 'business-rule', zh: '元素 id {id} 重复', en: 'The element id {id} occurs twice' },
} satisfies Record<string, FaultSpec>
