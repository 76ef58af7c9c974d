// Faults of FHIR XML (xml.html): well-formed XML that is no FHIR resource. `at` is `line:column`.
import type { FaultSpec } from './spec.ts'

const structure = { category: 'incorrect', issue: 'structure' } as const

export const fhirXmlFaults = {
  'fhir-xml.namespace': {
    ...structure,
    zh: '元素 {name} 不在 FHIR 命名空间 http://hl7.org/fhir 中',
    en: 'The element {name} is not in the FHIR namespace http://hl7.org/fhir',
  },
  'fhir-xml.resource-unknown': { ...structure, zh: '没有资源类型 {name}', en: 'There is no resource type {name}' },
  'fhir-xml.resource-expected': { ...structure, zh: '{name} 内应恰好有一个资源', en: '{name} must hold exactly one resource' },
  'fhir-xml.element-unknown': { ...structure, zh: '{type} 没有元素 {name}', en: '{type} has no element {name}' },
  'fhir-xml.element-order': {
    ...structure,
    zh: '元素 {name} 的位置不对：应在 {before} 之前',
    en: 'The element {name} is out of order: it belongs before {before}',
  },
  'fhir-xml.element-repeated': { ...structure, zh: '元素 {name} 只能出现一次', en: 'The element {name} may occur only once' },
  'fhir-xml.attribute-unknown': {
    ...structure,
    zh: '元素 {name} 不能有属性 {attribute}',
    en: 'The element {name} cannot have the attribute {attribute}',
  },
  'fhir-xml.value-invalid': { ...structure, issue: 'value', zh: '“{value}” 不是有效的 {type}', en: '"{value}" is not a valid {type}' },
  'fhir-xml.element-empty': {
    ...structure,
    zh: '元素 {name} 没有值、内容或扩展',
    en: 'The element {name} has neither a value nor content nor extensions',
  },
  'fhir-xml.text': { ...structure, zh: '元素 {name} 内不能有文本', en: 'The element {name} cannot hold text' },
  'fhir-xml.unwritable': {
    ...structure,
    zh: '{path} 无法写成 FHIR XML',
    en: '{path} cannot be written as FHIR XML',
  },
} satisfies Record<string, FaultSpec>
