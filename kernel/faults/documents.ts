// Faults of shared documents (WS/T 500): when one is written, checked or asked for. `at` of a finding is its path in the document. No text names a patient.
import type { FaultSpec } from './spec.ts'

function finding(zh: string, en: string): FaultSpec {
  return { category: 'unprocessable', issue: 'invalid', zh, en }
}

export const documentFaults = {
  'document.unknown': { category: 'not-found', zh: '没有文档 {id}', en: 'There is no document {id}' },
  'document.original-lost': {
    category: 'internal',
    zh: '文档 {id} 的原文不在存储中',
    en: 'The original of document {id} is not in the store',
    hint: { zh: '请检查存储完整性，并从备份恢复', en: 'Check the integrity of the store and restore from a backup' },
  },
  'document.not-cda': {
    category: 'incorrect',
    zh: '不是 CDA 文档：根元素是 {name}（命名空间“{namespace}”）',
    en: 'Not a CDA document: the root element is {name} (namespace “{namespace}”)',
  },

  'document.too-much': {
    category: 'too-large',
    zh: '生成文档需要的资源超过 {max} 个',
    en: 'The document would be written from more than {max} resources',
  },
  'document.path-failed': finding(
    '取值路径无法计算：{path}（{reason}）',
    'A path of the definition cannot be evaluated: {path} ({reason})',
  ),
  'document.code-unmapped': {
    ...finding(
      '代码对照表 {map} 没有代码 {code}，文档中只写原文',
      'Code map {map} has no entry for {code}; the document has the words alone',
    ),
    hint: { zh: '在“代码缺口”中补充对照后重新生成', en: 'Fill the gap in the code work list, then issue the document again' },
  },

  'document.attribute-wrong': finding('{name} 应为“{expected}”，实际为“{found}”', '{name} should be “{expected}”, not “{found}”'),
  'document.element-missing': finding('缺少元素 {name}', 'The element {name} is missing'),
  'document.element-unknown': finding('此处不应有元素 {name}', 'The element {name} has no place here'),
  'document.element-order': finding('元素 {name} 应在 {before} 之前', 'The element {name} should stand before {before}'),
  'document.element-repeated': finding('元素 {name} 只能出现一次', 'The element {name} may occur once only'),
  'document.type-unknown': finding('没有代码为“{code}”的共享文档类型', 'There is no shared document type “{code}”'),
  'document.title-wrong': finding('标题应为“{expected}”，实际为“{found}”', 'The title should be “{expected}”, not “{found}”'),
  'document.title-other': finding(
    '标题“{found}”是同一文档的另一种叫法，标准名称为“{expected}”',
    'The title “{found}” is another name of the type; the standard says “{expected}”',
  ),
  'document.number-length': finding(
    '文档流水号应为 32–36 个字符，实际为 {length} 个',
    'The number of the document should have 32 to 36 characters, not {length}',
  ),
  'document.number-empty': finding('{name} 的编号（extension）为空', 'The number (extension) of {name} is empty'),
  'document.version-invalid': finding('版本号应为正整数，实际为“{found}”', 'The version should be a positive whole number, not “{found}”'),
  'document.time-invalid': finding('“{found}”不是有效的时间（yyyyMMdd[HHmmss]）', '“{found}” is not a valid time (yyyyMMdd[HHmmss])'),
  'document.time-imprecise': finding(
    '时间应精确到秒（14 位数字）：“{found}”',
    'The time should be given to the second (14 digits): “{found}”',
  ),
  'document.interval-reversed': finding('开始时间 {low} 晚于结束时间 {high}', 'The start {low} is later than the end {high}'),

  'document.oid-invalid': finding('“{oid}”不是 OID', '“{oid}” is not an OID'),
  'document.oid-placeholder': finding('占位的 OID（{oid}）必须换成真实的 OID', 'The placeholder {oid} must give way to a real OID'),
  'document.oid-unknown': finding('OID {oid} 未登记', 'The OID {oid} is not registered'),
  'document.oid-wrong': finding('{name} 的 OID 应为 {expected}，实际为 {found}', 'The OID of {name} should be {expected}, not {found}'),

  'document.patient-unnumbered': finding(
    '患者没有任何编号（门（急）诊号、住院号等）',
    'The patient has no number (outpatient, inpatient or other)',
  ),
  'document.name-missing': finding('{who} 缺少姓名', '{who} has no name'),
  'document.id-card-invalid': finding('身份证号无效（GB 11643 校验）', 'The identity number is not valid (GB 11643)'),
  'document.id-card-birth': finding('出生日期与身份证号不一致', 'The birth date disagrees with the identity number'),
  'document.id-card-sex': finding('性别与身份证号不一致', 'The sex disagrees with the identity number'),
  'document.age-invalid': finding(
    '年龄“{value}{unit}”无效（0–150，单位 岁、月、周、天）',
    'The age “{value}{unit}” is not valid (0 to 150, in 岁, 月, 周 or 天)',
  ),
  'document.role-missing': finding('签名者没有职责（code/@displayName）', 'The signer has no role (code/@displayName)'),
  'document.replaces-incomplete': finding('被替代的文档没有编号', 'The document that is replaced has no number'),
  'document.replaces-set': finding('被替代的文档属于另一个文档集', 'The document that is replaced belongs to another set'),
  'document.replaces-version': finding(
    '版本 {version} 不高于被替代的版本 {replaced}',
    'Version {version} is not higher than the replaced version {replaced}',
  ),
  'document.place-order': finding(
    '位置链的次序应为 病床、病房、科室、病区、医院',
    'The chain of places should be bed, room, department, ward, hospital',
  ),

  'document.section-missing': finding('缺少章节 {name}', 'The section {name} is missing'),
  'document.section-unknown': finding('{code} 没有章节“{name}”', '{code} has no section “{name}”'),
  'document.section-order': finding('章节 {name} 应在 {before} 之前', 'The section {name} should stand before {before}'),
  'document.section-repeated': finding('章节 {name} 重复出现', 'The section {name} occurs twice'),
  'document.narrative-empty': finding(
    '章节 {name} 的叙述（text）为空，只看叙述的系统将显示空白',
    'The narrative of the section {name} is empty; systems that show narratives alone show nothing',
  ),
  'document.data-element-missing': finding(
    '章节 {section} 缺少数据元 {element} {name}',
    'The section {section} lacks the data element {element} {name}',
  ),
  'document.data-element-unknown': finding('{code} 没有数据元 {element}', '{code} has no data element {element}'),
  'document.data-element-elsewhere': finding(
    '数据元 {element} 属于章节 {expected}，不属于 {section}',
    'The data element {element} belongs to the section {expected}, not to {section}',
  ),
  'document.entry-empty': finding('条目没有任何临床陈述', 'The entry holds no clinical statement'),
  'document.value-missing': finding(
    '数据元 {element} 没有值，也没有说明原因（nullFlavor）',
    'The data element {element} has no value and does not say why (nullFlavor)',
  ),
  'document.value-type': finding(
    '数据元 {element} 的类型应为 {expected}，实际为“{found}”',
    'The type of data element {element} should be {expected}, not “{found}”',
  ),
  'document.value-invalid': finding('“{found}”不是有效的 {type} 值', '“{found}” is not a valid {type} value'),
  'document.unit-missing': finding('{type} 值没有计量单位', 'The {type} value has no unit'),
  'document.code-missing': finding('代码为空', 'The code is empty'),
  'document.code-unknown': finding('代码表 {system} 没有代码“{code}”', 'The code system {system} has no code “{code}”'),
  'document.code-variant': finding('代码“{found}”应写作“{expected}”', 'The code “{found}” should be written “{expected}”'),
  'document.display-wrong': finding(
    '代码 {code} 的名称应为“{expected}”，实际为“{found}”',
    'The display of code {code} should be “{expected}”, not “{found}”',
  ),
  'document.system-variant': finding('代码系统 {found} 应写作 {expected}', 'The code system {found} should be written {expected}'),
  'document.empty-word': finding(
    '“{found}”不是值：不知道的内容应省略或用 nullFlavor 说明',
    '“{found}” is not a value: leave out what is not known, or say so by a nullFlavor',
  ),
  'document.too-deep': finding(
    '陈述嵌套超过 {max} 层，更深的内容未检查',
    'Statements are nested deeper than {max} levels; what lies deeper was not looked at',
  ),
  'document.findings-cut': finding('问题超过 {max} 条，其余未列出', 'There are more than {max} findings; the rest are not listed'),
  'document.registered-differs': finding('文档的 {what} 与登记信息不一致', 'The {what} of the document differs from what is registered'),
} satisfies Record<string, FaultSpec>
