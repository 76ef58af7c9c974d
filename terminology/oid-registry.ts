// The OID registry: what an OID of a message or document stands for, out of the kernel's roots and the code systems (WS/T 682).
import { codeRoots, documentTemplateRoot, idRoots } from '#kernel/oid.ts'
import type { Dictionary } from './dictionary.ts'

export type OidUse = {
  readonly oid: string
  readonly kind: 'identifier' | 'code-system' | 'table-root' | 'document-template'
  readonly name: string
}

const identifierNames: Readonly<Record<keyof typeof idRoots, string>> = {
  document: '文档流水号',
  healthRecord: '城乡居民健康档案编号',
  idCard: '居民身份证号',
  staffEntity: '医务人员（签名、实体）',
  organization: '医疗卫生机构代码',
  staffAuthor: '医务人员（文档作者）',
  pathologyNumber: '病理号',
  outpatientNumber: '门（急）诊号',
  inpatientNumber: '住院号',
  medicalRecordNumber: '病案号',
  specimenNumber: '检验标本号',
  healthCard: '居民健康卡号',
  prescriptionNumber: '处方编号',
  room: '病房号',
  bed: '病床号',
  requestForm: '电子申请单编号',
  department: '科室',
  ward: '病区',
  imagingReport: '检查报告单编号',
  labReport: '检验报告单编号',
}

const rootNames: Readonly<Record<keyof typeof codeRoots, string>> = {
  documentType: '卫生信息共享文档规范编码体系',
  dataElement: '卫生信息数据元目录',
  valueDomain: '卫生信息数据元值域代码（WS 364）',
  elementTable: '数据元内值域代码',
  standard: '国家标准与国际标准代码',
}

/** Undefined for an OID the house does not know; document templates and tables below a root are named by their root. */
export function oidUse(oid: string, dictionary: Dictionary): OidUse | undefined {
  const identifier = entryOf(idRoots, oid)
  if (identifier) return { oid, kind: 'identifier', name: identifierNames[identifier] }
  const system = dictionary.system(oid)
  if (system) return { oid, kind: 'code-system', name: system.seed.name.zh ?? system.seed.name.en ?? system.seed.id }
  const root = entryOf(codeRoots, oid)
  if (root) return { oid, kind: 'table-root', name: rootNames[root] }
  if (oid.startsWith(`${documentTemplateRoot}.`)) return { oid, kind: 'document-template', name: templateName(oid, dictionary) }
  return undefined
}

function templateName(oid: string, dictionary: Dictionary): string {
  const row = dictionary.system(codeRoots.documentType)?.rows.find(([, , , extra]) => extra?.['template'] === oid)
  return row ? row[1] : '共享文档模板'
}

function entryOf<Name extends string>(table: Readonly<Record<Name, string>>, oid: string): Name | undefined {
  return (Object.keys(table) as Name[]).find(name => table[name] === oid)
}
