// Findings of the FHIR validator about codes, references and extensions (terminologies.html, references.html, extensibility.html).
import type { FaultSpec } from './spec.ts'

const code = { category: 'unprocessable', issue: 'code-invalid' } as const
const structure = { category: 'unprocessable', issue: 'structure' } as const
const invalid = { category: 'unprocessable', issue: 'invalid' } as const

export const validatorCodeFaults = {
  'validator.not-in-value-set': {
    ...code,
    zh: '代码 {code} 不在值集 {set} 中，而绑定是必需的',
    en: 'The code {code} is not in the value set {set}, and the binding is required',
  },
  'validator.not-in-extensible': {
    ...code,
    zh: '代码 {code} 不在值集 {set} 中，应优先使用其中的代码',
    en: 'The code {code} is not in the value set {set}; one from it should be used unless none is suitable',
  },
  'validator.not-in-preferred': {
    ...code,
    zh: '代码 {code} 不在推荐的值集 {set} 中',
    en: 'The code {code} is not in the value set {set}, which is preferred',
  },
  'validator.not-in-maximum': {
    ...code,
    zh: '代码 {code} 不在最大值集 {set} 中',
    en: 'The code {code} is not in the maximum value set {set}',
  },
  'validator.code-required': {
    ...code,
    zh: '没有代码，而值集 {set} 的绑定要求一个',
    en: 'There is no code, and the binding to {set} asks for one',
  },
  'validator.code-absent': {
    ...code,
    zh: '没有代码；如有合适的，应取自值集 {set}',
    en: 'There is no code; one from {set} should be used where it is suitable',
  },
  'validator.value-set-unknown': {
    ...code,
    issue: 'not-found',
    zh: '找不到值集 {set}，无法检查代码',
    en: 'The value set {set} cannot be found, so the code is not checked',
  },
  'validator.value-set-unusable': {
    ...code,
    zh: '无法判断代码 {code} 是否属于值集 {set}：不了解 {system}',
    en: 'Whether the code {code} belongs to {set} cannot be told: {system} is not known here',
  },
  'validator.unknown-code': {
    ...code,
    zh: '代码系统 {system} 中没有代码 {code}',
    en: 'The code system {system} has no code {code}',
  },
  'validator.unknown-code-fragment': {
    ...code,
    zh: '代码 {code} 不在代码系统 {system} 的已知片段中',
    en: 'The code {code} is not in the part of the code system {system} that is known here',
  },
  'validator.code-case': {
    ...code,
    zh: '代码 {code} 的大小写应为 {expected}（{system}）',
    en: 'The code {code} should be spelled {expected} ({system})',
  },
  'validator.display-wrong': {
    ...code,
    zh: '代码 {code} 的显示名“{found}”应为“{expected}”',
    en: 'The display of the code {code} should be “{expected}”, not “{found}”',
  },
  'validator.code-inactive': {
    ...code,
    issue: 'business-rule',
    zh: '代码 {code} 已停用（{system}）',
    en: 'The code {code} is not active ({system})',
  },
  'validator.system-missing': {
    ...code,
    zh: '编码没有代码系统，无法确定其含义',
    en: 'The coding has no system: a code without one has no defined meaning',
  },
  'validator.system-relative': {
    ...code,
    zh: '编码的 system 必须是绝对地址：{system}',
    en: 'The system of a coding must be absolute: {system}',
  },
  'validator.system-value-set': {
    ...code,
    zh: '编码的 system {system} 是值集，不是代码系统',
    en: 'The system {system} of the coding is a value set, not a code system',
  },
  'validator.system-unknown': {
    ...code,
    issue: 'not-found',
    zh: '找不到代码系统 {system}，无法检查代码',
    en: 'The code system {system} cannot be found, so its codes are not checked',
  },
  'validator.system-https': {
    ...code,
    zh: '代码系统 {system} 应使用 http: 而不是 https:',
    en: 'The code system {system} is named with http:, not https:',
  },
  'validator.system-supplement': {
    ...code,
    zh: '{system} 是代码系统的补充，不能用作 system',
    en: '{system} is a supplement of a code system and cannot be used as a system',
  },
  'validator.identifier-system': {
    ...code,
    zh: '标识的 system 必须是绝对地址：{system}',
    en: 'The system of an identifier must be absolute: {system}',
  },
  'validator.identifier-uri': {
    ...code,
    zh: 'system 为 urn:ietf:rfc:3986 的标识，值必须是 URI：{found}',
    en: 'With the system urn:ietf:rfc:3986 the value must be a URI: {found}',
  },
  'validator.unit-annotation': {
    ...code,
    issue: 'business-rule',
    zh: 'UCUM 单位不宜使用注释 {annotation}',
    en: 'UCUM annotations such as {annotation} should be avoided',
  },
  'validator.attachment-size': {
    ...structure,
    zh: 'size 为 {found}，数据实际为 {expected} 字节',
    en: 'The size says {found}, the data have {expected} bytes',
  },
  'validator.attachment-too-long': { ...structure, zh: '{found} 字节超过上限 {max}', en: '{found} bytes exceed the maximum of {max}' },
  'validator.attachment-empty': {
    ...structure,
    zh: '附件没有数据、地址、内容类型或语言',
    en: 'The attachment has no data, url, contentType or language',
  },

  'validator.reference-empty': {
    ...structure,
    zh: '引用没有 reference、identifier 或 display',
    en: 'The reference has no reference, identifier or display',
  },
  'validator.reference-format': { ...invalid, zh: '引用“{reference}”的格式不对', en: 'The reference “{reference}” is not well formed' },
  'validator.reference-unresolved': { ...structure, zh: '无法解析引用 {reference}', en: 'The reference {reference} cannot be resolved' },
  'validator.reference-target': {
    ...structure,
    zh: '引用指向 {found}，应为 {expected}',
    en: 'The reference leads to a {found}; expected: {expected}',
  },
  'validator.reference-type': {
    ...structure,
    zh: '引用的 type 为 {type}，实际目标是 {found}',
    en: 'The type of the reference says {type}, its target is a {found}',
  },
  'validator.reference-type-target': {
    ...structure,
    zh: '引用的 type {type} 不在允许的 {expected} 之内',
    en: 'The type {type} of the reference is not one of {expected}',
  },
  'validator.reference-profile': {
    ...structure,
    zh: '引用 {reference} 的目标不符合任何允许的 profile：{profiles}',
    en: 'The target of {reference} meets none of the profiles: {profiles}',
  },
  'validator.reference-aggregation': {
    ...structure,
    zh: '引用方式为 {found}，只允许 {expected}',
    en: 'The reference is {found}; allowed: {expected}',
  },
  'validator.contained-duplicate': {
    ...invalid,
    issue: 'duplicate',
    zh: '内含资源的 id {id} 重复',
    en: 'The id {id} of a contained resource occurs twice',
  },

  'validator.extension-relative': {
    ...invalid,
    zh: '扩展的 url 必须是绝对地址：{url}',
    en: 'The url of an extension must be absolute: {url}',
  },
  'validator.extension-unknown': { ...structure, zh: '未知的扩展 {url}', en: 'The extension {url} is not known' },
  'validator.extension-not-allowed': {
    ...structure,
    zh: '扩展 {url} 未知，此处不允许',
    en: 'The extension {url} is unknown and not allowed here',
  },
  'validator.extension-part': { ...invalid, zh: '扩展 {profile} 没有子扩展 {url}', en: 'The extension {profile} has no part {url}' },
  'validator.extension-context': {
    ...structure,
    zh: '扩展 {url} 不能用在此处（允许：{contexts}）',
    en: 'The extension {url} may not be used here (allowed: {contexts})',
  },
  'validator.extension-modifier': {
    ...structure,
    zh: '扩展 {url} 是修饰扩展，应放在 modifierExtension',
    en: 'The extension {url} is a modifier and belongs in modifierExtension',
  },
  'validator.extension-no-modifier': {
    ...structure,
    zh: '扩展 {url} 不是修饰扩展，不应放在 modifierExtension',
    en: 'The extension {url} is no modifier and does not belong in modifierExtension',
  },
  'validator.extension-version': {
    ...invalid,
    zh: '扩展的 url 不能带版本：{url}',
    en: 'The url of an extension cannot carry a version: {url}',
  },
} satisfies Record<string, FaultSpec>
