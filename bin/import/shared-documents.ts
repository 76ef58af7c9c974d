// The list of shared documents (WS/T 500 parts 1–53, WS/T 483 parts 1–20) as a code system: what `code` of a Chinese CDA document says.
import { codeRoots, urnOid } from '../../kernel/oid.ts'
import type { SystemSeed } from '../../terminology/seed.ts'
import { codeRow } from './seed-text.ts'

export type DocumentList = { readonly documents: readonly { code: string; nameZh: string; templateId: string }[] }

/** WS/T 483 documents; template roots follow the part number. */
const healthRecordDocuments: readonly (readonly [string, string])[] = [
  ['HSDA00.01', '个人基本健康信息登记'],
  ['HSDB01.01', '出生医学证明'],
  ['HSDB01.02', '新生儿家庭访视'],
  ['HSDB01.03', '儿童健康体检'],
  ['HSDB02.01', '首次产前随访服务'],
  ['HSDB02.02', '产前随访服务'],
  ['HSDB02.03', '产后访视'],
  ['HSDB02.04', '产后42天健康检查'],
  ['HSDB03.01', '预防接种报告'],
  ['HSDB03.02', '传染病报告'],
  ['HSDB03.03', '死亡医学证明'],
  ['HSDB04.01', '高血压患者随访服务'],
  ['HSDB04.02', '2型糖尿病患者随访服务'],
  ['HSDB04.03', '重性精神疾病患者管理'],
  ['HSDB04.04', '重性精神疾病患者随访服务'],
  ['HSDC00.01', '成人健康体检'],
  ['HSDC00.02', '门诊摘要'],
  ['HSDC00.03', '住院摘要'],
  ['HSDC00.04', '会诊记录'],
  ['HSDC00.05', '转诊（院）记录'],
]

export function documentSystem(list: DocumentList): SystemSeed {
  const template = '2.16.156.10011.2.1.1'
  return {
    id: 'shared-documents',
    url: urnOid(codeRoots.documentType),
    oid: codeRoots.documentType,
    oidBasis: 'template',
    name: { zh: '卫生信息共享文档规范编码体系', en: 'Codes of shared health documents' },
    edition: 'WS/T 500-2016, WS/T 483-2016',
    status: 'verified',
    content: 'complete',
    codes: [
      ...list.documents.map(document => codeRow(document.code, document.nameZh, { template: document.templateId })),
      ...healthRecordDocuments.map(([code, name], index) =>
        codeRow(code, name, { template: `${template}.${index + 1}`, status: 'recalled' }),
      ),
    ],
  }
}
