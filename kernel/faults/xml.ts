// Faults of reading and writing XML (XML 1.0 fifth edition, Namespaces in XML 1.0 third edition); `at` is `line:column`.
import type { FaultSpec } from './spec.ts'

const place = { zh: 'XML 第 {line} 行第 {column} 列', en: 'XML line {line}, column {column}' }

function incorrect(zh: string, en: string): FaultSpec {
  return { category: 'incorrect', issue: 'structure', zh: `${place.zh}：${zh}`, en: `${place.en}: ${en}` }
}

function excessive(zh: string, en: string): FaultSpec {
  return { category: 'too-large', zh, en }
}

export const xmlFaults = {
  'xml.no-root': incorrect('没有根元素', 'there is no root element'),
  'xml.second-root': incorrect('根元素只能有一个', 'there is more than one root element'),
  'xml.text-outside-root': incorrect('根元素之外不能有文本', 'text stands outside the root element'),
  'xml.unexpected-end': incorrect('文档在 {what} 内结束', 'the document ends inside {what}'),
  'xml.unclosed': incorrect('元素 {name} 没有结束标签', 'the element {name} is not closed'),
  'xml.end-tag-mismatch': incorrect('结束标签应为 {expected}，实际为 {found}', 'the end tag should be {expected}, not {found}'),
  'xml.bad-tag': incorrect('标签的写法无效', 'the tag is not well-formed'),
  'xml.bad-name': incorrect('名称无效', 'this is not a valid name'),
  'xml.bad-character': incorrect('不允许的字符 {character}', 'the character {character} is not allowed'),
  'xml.bad-attribute': incorrect('属性的写法无效（应为 名称="值"）', 'the attribute is not written as name="value"'),
  'xml.attribute-twice': incorrect('属性 {name} 重复出现', 'the attribute {name} occurs twice'),
  'xml.less-than-in-attribute': incorrect('属性值中不能有 <', 'an attribute value may not hold <'),
  'xml.bad-ampersand': incorrect('& 之后不是有效的引用', 'this & does not start a reference'),
  'xml.entity-unknown': incorrect(
    '未定义的实体 {name}（只接受 lt、gt、amp、quot、apos）',
    'the entity {name} is not defined (only lt, gt, amp, quot, apos are)',
  ),
  'xml.bad-character-reference': incorrect('字符引用 {reference} 无效', 'the character reference {reference} is not valid'),
  'xml.cdata-end-in-text': incorrect('文本中不能有 ]]>', 'text may not hold ]]>'),
  'xml.bad-comment': incorrect('注释中不能有 --', 'a comment may not hold --'),
  'xml.bad-instruction': incorrect('处理指令无效', 'the processing instruction is not well-formed'),
  'xml.bad-declaration': incorrect('XML 声明无效或位置不对', 'the XML declaration is not valid or not at the start'),
  'xml.doctype': incorrect('不接受 DTD（<!DOCTYPE …>）', 'document type definitions (<!DOCTYPE …>) are refused'),
  'xml.prefix-unbound': incorrect('前缀 {prefix} 没有声明命名空间', 'the prefix {prefix} has no namespace'),
  'xml.reserved-namespace': incorrect('命名空间声明无效：{prefix}', 'this namespace declaration is not allowed: {prefix}'),
  'xml.too-large': excessive('XML 超过 {max} 字节的上限', 'The XML is larger than the limit of {max} bytes'),
  'xml.too-deep': excessive('XML 嵌套超过 {max} 层', 'The XML is nested deeper than {max} levels'),
  'xml.too-many-nodes': excessive('XML 节点数超过上限 {max}', 'The XML has more than {max} nodes'),
  'xml.too-many-attributes': excessive('元素的属性数超过上限 {max}', 'An element has more than {max} attributes'),
  'xml.name-too-long': excessive('XML 名称超过 {max} 个字符', 'A name in the XML is longer than {max} characters'),
  'xml.unwritable': {
    category: 'unprocessable',
    zh: '内容无法写成 XML：{what}',
    en: 'This content cannot be written as XML: {what}',
  },
} satisfies Record<string, FaultSpec>
