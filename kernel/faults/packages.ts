// Faults of loading FHIR packages (hl7.fhir.uv.packages: NPM layout): archives and folders of definitions.
import type { FaultSpec } from './spec.ts'

const structure = { category: 'incorrect', issue: 'structure' } as const
const limit = { category: 'too-large', issue: 'too-costly' } as const

export const packageFaults = {
  'package.unreadable': { category: 'not-found', zh: '无法读取 FHIR 包 {path}', en: 'The FHIR package {path} cannot be read' },
  'package.not-gzip': {
    ...structure,
    zh: '{path} 不是 gzip 压缩的 tar 归档',
    en: '{path} is not a tar archive compressed with gzip',
    hint: { zh: 'FHIR 包是 .tgz 文件，或解开后的文件夹', en: 'A FHIR package is a .tgz file, or the folder it unpacks to' },
  },
  'package.archive-broken': {
    ...structure,
    zh: '归档 {path} 在第 {offset} 字节处损坏',
    en: 'The archive {path} is damaged at byte {offset}',
  },
  'package.entry-name': {
    ...structure,
    zh: '归档 {path} 含有不允许的文件名 {name}',
    en: 'The archive {path} has a file name that is not allowed: {name}',
  },
  'package.too-large': { ...limit, zh: '{path} 解开后超过 {max} 字节', en: '{path} unpacks to more than {max} bytes' },
  'package.too-many-files': { ...limit, zh: '{path} 中的文件超过 {max} 个', en: '{path} has more than {max} files' },
  'package.file-too-large': { ...limit, zh: '{path} 中的 {name} 超过 {max} 字节', en: '{name} in {path} is larger than {max} bytes' },
  'package.file-broken': { ...structure, zh: '{path} 中的 {name} 不是有效的 JSON 资源', en: '{name} in {path} is not a resource in JSON' },
} satisfies Record<string, FaultSpec>
