// Faults of looking at a text of unknown kind: what it is, before anything can be said about it.
import type { FaultSpec } from './spec.ts'

export const inspectionFaults = {
  'inspect.unrecognised': {
    category: 'unprocessable',
    issue: 'structure',
    zh: '无法识别内容：应为 HL7 v2 消息、FHIR 资源（JSON 或 XML）或 CDA 文档',
    en: 'This is neither an HL7 v2 message nor a FHIR resource (JSON or XML) nor a CDA document',
  },
  'inspect.empty': { category: 'incorrect', issue: 'structure', zh: '没有内容', en: 'There is nothing in it' },
  'inspect.file-unreadable': { category: 'not-found', zh: '无法读取文件 {file}', en: 'The file {file} cannot be read' },
  'inspect.file-too-large': { category: 'too-large', zh: '文件 {file} 超过 {max} 字节', en: 'The file {file} is larger than {max} bytes' },
  'inspect.segment-unknown': {
    category: 'unprocessable',
    issue: 'structure',
    zh: '段 {segment} 不在 {structure} 中',
    en: 'The segment {segment} has no place in {structure}',
  },
  'inspect.repetitions': {
    category: 'unprocessable',
    issue: 'structure',
    zh: '{field} 重复了 {count} 次，最多 {max} 次',
    en: '{field} occurs {count} times; {max} are allowed',
  },
} satisfies Record<string, FaultSpec>
