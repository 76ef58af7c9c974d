// Findings of the FHIR validator about resources as wholes (bundle.html, questionnaire.html, measure.html, structuredefinition.html, valueset.html).
import type { FaultSpec } from './spec.ts'

const invalid = { category: 'unprocessable', issue: 'invalid' } as const
const required = { category: 'unprocessable', issue: 'required' } as const
const structure = { category: 'unprocessable', issue: 'structure' } as const
const rule = { category: 'unprocessable', issue: 'business-rule' } as const
const value = { category: 'unprocessable', issue: 'value' } as const
const missing = { category: 'unprocessable', issue: 'not-found' } as const

export const validatorResourceFaults = {
  'validator.bundle-entry-missing': {
    ...required,
    zh: '{type} 类型的 Bundle 必须至少有一个条目',
    en: 'A Bundle of type {type} must have an entry',
  },
  'validator.bundle-first': { ...invalid, zh: '第一个条目必须是 {expected}', en: 'The first entry must be a {expected}' },
  'validator.bundle-full-url-missing': {
    ...required,
    zh: '除事务和批处理外，每个条目都必须有 fullUrl',
    en: 'Except in transactions and batches, every entry with a resource must have a fullUrl',
  },
  'validator.bundle-full-url-absolute': { ...invalid, zh: 'fullUrl“{url}”必须是绝对地址', en: 'The fullUrl “{url}” must be absolute' },
  'validator.bundle-full-url-mismatch': {
    ...invalid,
    zh: 'fullUrl“{url}”形如 RESTful 地址，必须以 /{type}/{id} 结尾',
    en: 'The fullUrl “{url}” looks like a RESTful URL, so it must end in /{type}/{id}',
  },
  'validator.bundle-duplicate': { ...invalid, zh: '条目 {url} 与前面的条目重复', en: 'The entry {url} repeats an earlier one' },
  'validator.bundle-request-url': { ...invalid, zh: '{method} 的地址“{url}”不对', en: 'The url “{url}” is not right for {method}' },
  'validator.bundle-unreachable': {
    ...rule,
    zh: '从第一个条目出发无法到达条目 {url}',
    en: 'The entry {url} cannot be reached from the first entry',
  },
  'validator.bundle-not-found': { ...missing, zh: '在 Bundle 中找不到 {reference}', en: '{reference} cannot be found in the bundle' },
  'validator.bundle-search-outcome': {
    ...invalid,
    zh: 'search.mode 为 {mode} 的条目不应是 {found}',
    en: 'An entry with search.mode {mode} must not be a {found}',
  },
  'validator.bundle-search-id': { ...required, zh: '查询结果中的资源必须有 id', en: 'A resource among search results must have an id' },
  'validator.bundle-search-self': { ...rule, zh: '查询结果应有 self 链接', en: 'A searchset should have a self link' },

  'validator.questionnaire-unsaid': {
    ...rule,
    issue: 'informational',
    zh: '没有指明问卷，因此不检查回答',
    en: 'No questionnaire is named, so the answers are not checked',
  },
  'validator.questionnaire-unknown': {
    ...missing,
    zh: '找不到问卷 {questionnaire}，因此不检查回答',
    en: 'The questionnaire {questionnaire} cannot be found, so the answers are not checked',
  },
  'validator.answer-link-unknown': {
    ...structure,
    zh: '问卷中没有 linkId {link}',
    en: 'The questionnaire has no item with the linkId {link}',
  },
  'validator.answer-link-place': {
    ...structure,
    zh: 'linkId {link} 的位置不对',
    en: 'The item with the linkId {link} is in the wrong place',
  },
  'validator.answer-order': {
    ...structure,
    zh: '项目 {link} 的次序与问卷不同',
    en: 'The item {link} is out of the order of the questionnaire',
  },
  'validator.answer-required': { ...required, zh: '必答项 {link} 没有回答', en: 'There is no answer to the required item {link}' },
  'validator.answer-few': {
    ...required,
    zh: '项目 {link} 至少需要 {min} 个回答，实际 {count} 个',
    en: 'The item {link} needs at least {min} answers, found {count}',
  },
  'validator.answer-many': {
    ...structure,
    zh: '项目 {link} 最多 {max} 个回答，实际 {count} 个',
    en: 'The item {link} takes at most {max} answers, found {count}',
  },
  'validator.answer-forbidden': { ...structure, zh: '{type} 类型的项目不能有回答', en: 'An item of type {type} has no answers' },
  'validator.answer-missing': { ...required, zh: '回答没有值', en: 'The answer has no value' },
  'validator.answer-type': {
    ...structure,
    zh: '回答的类型应为 {expected}，实际是 {found}',
    en: 'The answer must be of type {expected}, not {found}',
  },
  'validator.answer-option': { ...value, zh: '“{found}”不是可选的答案', en: '“{found}” is not one of the options' },
  'validator.answer-exclusive': { ...rule, zh: '选项“{found}”不能与其他选项同时选', en: 'The option “{found}” excludes all others' },
  'validator.answer-disabled': {
    ...rule,
    zh: '项目 {link} 未启用，不应有回答',
    en: 'The item {link} is not enabled and must have no answer',
  },
  'validator.answer-nested': {
    ...structure,
    zh: '{type} 类型的子项目应在 {expected} 之下',
    en: 'Items under a {type} belong under its {expected}',
  },
  'validator.answer-mime-type': {
    ...value,
    zh: '附件类型 {found} 不允许（允许 {expected}）',
    en: 'The content type {found} is not allowed ({expected} is)',
  },
  'validator.answer-unit': { ...value, zh: '单位 {found} 不允许', en: 'The unit {found} is not allowed' },
  'validator.answer-text': {
    ...rule,
    zh: '项目文本“{found}”与问卷的“{expected}”不同',
    en: 'The text “{found}” differs from “{expected}” in the questionnaire',
  },
  'validator.enable-when-unknown': {
    ...rule,
    zh: 'enableWhen 的问题 {link} 不存在',
    en: 'The question {link} of enableWhen does not exist',
  },
  'validator.enable-when-self': {
    ...rule,
    zh: 'enableWhen 的问题 {link} 是项目本身',
    en: 'The question {link} of enableWhen is the item itself',
  },
  'validator.enable-when-later': {
    ...rule,
    zh: 'enableWhen 的问题 {link} 在项目之后',
    en: 'The question {link} of enableWhen comes after the item',
  },

  'validator.measure-unsaid': { ...rule, issue: 'informational', zh: '没有指明指标定义', en: 'No measure is named' },
  'validator.measure-unknown': { ...missing, zh: '找不到指标定义 {measure}', en: 'The measure {measure} cannot be found' },
  'validator.measure-score-forbidden': {
    ...structure,
    zh: '{scoring} 类指标没有 measureScore',
    en: 'A measure of scoring {scoring} has no measureScore',
  },
  'validator.measure-score-type': { ...structure, zh: '{type} 类报告没有 measureScore', en: 'A report of type {type} has no measureScore' },
  'validator.measure-score-required': {
    ...required,
    zh: '{scoring} 类指标必须有 measureScore',
    en: 'A measure of scoring {scoring} must have a measureScore',
  },
  'validator.measure-score-unit': {
    ...value,
    zh: '{scoring} 类指标的 measureScore 不应有单位',
    en: 'The measureScore of scoring {scoring} has no unit',
  },
  'validator.measure-code-missing': {
    ...required,
    zh: '{part} 没有编码，而指标定义有多个',
    en: 'The {part} has no code, though the measure defines several',
  },
  'validator.measure-code-unknown': {
    ...value,
    zh: '指标定义中没有编码为 {code} 的 {part}',
    en: 'The measure defines no {part} with the code {code}',
  },
  'validator.measure-duplicate': { ...invalid, zh: '{part} {code} 重复', en: 'The {part} {code} occurs twice' },
  'validator.measure-part-missing': { ...required, zh: '报告缺少 {part} {code}', en: 'The report lacks the {part} {code}' },
  'validator.measure-count': { ...value, zh: '人群 {code} 必须有 count', en: 'The population {code} must have a count' },

  'validator.definition-path': { ...structure, zh: '元素路径 {path} 无效', en: 'The element path {path} is not valid' },
  'validator.definition-order': { ...structure, zh: '元素 {path} 的次序不对', en: 'The element {path} is out of order' },
  'validator.definition-base': { ...missing, zh: '找不到基础定义 {url}', en: 'The base definition {url} cannot be found' },
  'validator.definition-type': {
    ...value,
    zh: '类型 {type} 与基础定义的 {expected} 不同',
    en: 'The type {type} is not {expected}, that of the base definition',
  },
  'validator.definition-binding': { ...structure, zh: '类型 {type} 不能绑定值集', en: 'The type {type} cannot be bound to a value set' },
  'validator.definition-fixed-type': {
    ...structure,
    zh: '{name} 的类型不在 {expected} 之内',
    en: 'The type of {name} is not among {expected}',
  },
  'validator.definition-cardinality': {
    ...structure,
    zh: '基数 {found} 超出基础定义的 {expected}',
    en: 'The cardinality {found} goes beyond {expected} of the base',
  },
  'validator.definition-expression': {
    ...invalid,
    zh: '约束 {key} 的表达式无效：{reason}',
    en: 'The expression of the constraint {key} is not valid: {reason}',
  },
  'validator.definition-slicing': {
    ...structure,
    zh: '切片 {slice} 没有切片定义',
    en: 'The slice {slice} has no slicing that it belongs to',
  },

  'validator.search-expression': { ...invalid, zh: '表达式无效：{reason}', en: 'The expression is not valid: {reason}' },
  'validator.search-base': { ...value, zh: '表达式不针对 {base}', en: 'The expression does not start from {base}' },
  'validator.search-component': { ...required, zh: '组合参数必须有组成部分', en: 'A composite parameter must have components' },
  'validator.search-derived': {
    ...value,
    zh: '{element} 与所派生的参数不同',
    en: 'The {element} differs from the parameter that this derives from',
  },

  'validator.value-set-code': { ...value, zh: '代码系统 {system} 中没有代码 {code}', en: 'The code system {system} has no code {code}' },
  'validator.value-set-display': {
    ...value,
    zh: '代码 {code} 的显示名应为“{expected}”，不是“{found}”',
    en: 'The display of {code} is “{expected}”, not “{found}”',
  },
  'validator.value-set-filter-property': {
    ...value,
    zh: '代码系统 {system} 没有属性 {property}',
    en: 'The code system {system} has no property {property}',
  },
  'validator.value-set-filter-op': { ...value, zh: '属性 {property} 不能用 {op}', en: '{op} cannot be used with the property {property}' },
  'validator.value-set-filter-value': {
    ...value,
    zh: '“{value}”不是属性 {property} 的有效值',
    en: '“{value}” is not a valid value of the property {property}',
  },
  'validator.value-set-system': {
    ...value,
    zh: 'system {system} 是值集，不是代码系统',
    en: 'The system {system} is a value set, not a code system',
  },
  'validator.code-system-duplicate': { ...invalid, zh: '代码 {code} 重复', en: 'The code {code} occurs twice' },
  'validator.code-system-property': { ...value, zh: '属性 {property} 没有定义', en: 'The property {property} is not defined' },
  'validator.code-system-property-type': {
    ...value,
    zh: '属性 {property} 的值应为 {expected}',
    en: 'The value of the property {property} must be of type {expected}',
  },
  'validator.code-system-count': {
    ...value,
    zh: 'count 为 {found}，实际有 {expected} 个概念',
    en: 'The count says {found}, there are {expected} concepts',
  },
  'validator.code-system-supplement': { ...value, zh: '补充不能定义新代码 {code}', en: 'A supplement cannot define the new code {code}' },
  'validator.concept-map-code': { ...value, zh: '{system} 中没有代码 {code}', en: '{system} has no code {code}' },
  'validator.concept-map-set': { ...value, zh: '代码 {code} 不在值集 {set} 中', en: 'The code {code} is not in the value set {set}' },
  'validator.best-practice': { ...rule, zh: '最佳实践：应有 {element}', en: 'Best practice: there should be a {element}' },
  'validator.bundle-ambiguous': {
    ...invalid,
    zh: '{reference} 在 Bundle 中对应多个版本，应写明版本',
    en: '{reference} leads to several versions in the bundle; it must name one',
  },
  'validator.narrative-entity': {
    ...invalid,
    zh: '叙述文本中的实体 {entity} 不是 XML 的实体',
    en: 'The narrative uses the entity {entity}, which XML does not define',
  },
} satisfies Record<string, FaultSpec>
