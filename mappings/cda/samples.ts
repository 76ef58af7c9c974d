// Samples of shared documents: invented reports with awkward names, and the documents expected of them (samples/*.expected.xml).
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { JsonObject } from '#kernel/json.ts'
import type { DocumentIdentity, DocumentWriter, PreparedIssue, WrittenDocument } from '#kernel/ports/documents.ts'
import { must } from '#kernel/result.ts'
import { reportResources, type SampleReport } from './sample-report.ts'

export const sampleCustodian = { code: '12310118425205532X', name: '朱家角人民医院' }

export const sampleIdentity: DocumentIdentity = {
  number: '4f1d2c3b-0a19-8e28-9d37-c6b5a4938271',
  setNumber: '7a6b5c4d-3e2f-8190-a1b2-c3d4e5f60718',
  version: 1,
  writtenAtMs: Date.parse('2026-03-03T16:07:09+08:00'),
}

export type ReportSample = { readonly name: string; readonly report: SampleReport; readonly identity: DocumentIdentity }

const usual: SampleReport = {
  number: '2603030003802',
  panel: { code: 'ABG', name: '血气分析' },
  status: 'final',
  collected: '2026-03-03T15:01:38+08:00',
  received: '2026-03-03T15:10:10+08:00',
  issued: '2026-03-03T16:07:07+08:00',
  patient: { recordNumber: '88000922', name: '欧阳珅', gender: 'male', birthDate: '1960-05-26', idCard: '990118196005260051' },
  visit: { class: 'AMB', number: 'M26030300038', start: '2026-03-03T14:20:00+08:00', department: 'Z01' },
  diagnoses: [{ code: 'J44.100', name: '慢性阻塞性肺疾病伴急性加重' }],
  specimen: { number: '260303145557', code: '06', name: '动脉血' },
  requester: { number: 'Z01D02', name: '周䶮' },
  department: { code: 'Z01', name: '呼吸内科' },
  technician: { number: 'Z14T02', name: '陈誠' },
  verifier: { number: 'Z14D04', name: '蒋丽婷' },
  items: [
    {
      code: 'BG-PH',
      name: '酸碱度',
      loinc: '2744-1',
      value: '7.152',
      range: '7.350-7.450',
      flag: 'LL',
      note: '危急值，16:07 已电话通知临床',
    },
    { code: 'BG-PCO2', name: '二氧化碳分压', loinc: '2019-8', value: '27.60', unit: 'mmHg', range: '35.0-45.0', flag: 'L' },
    { code: 'BG-BE', name: '剩余碱', value: '-17.2', unit: 'mmol/L', range: '-3.0-3.0', flag: 'L' },
    { code: 'BG-LAC', name: '乳酸', value: '5.10', unit: 'mmol/L', range: '0.5-1.6', flag: 'H' },
  ],
}

const urine: SampleReport = {
  ...usual,
  number: '2603030003002',
  panel: { code: 'UA', name: '尿常规' },
  patient: {
    recordNumber: '88001919',
    name: '阿卜杜热合曼·买买提江·图尔荪托合提·努尔买买提·亚森',
    gender: 'female',
    birthDate: '1973-12-04',
  },
  visit: {
    class: 'IMP',
    number: 'ZY26030300001',
    start: '2026-03-01T09:11:27+08:00',
    department: 'Z01',
    place: { ward: 'ZW2', room: '05', bed: '15' },
  },
  diagnoses: [
    { code: 'I21.100', name: '下壁急性透壁性心肌梗死' },
    { code: 'I48.x02', name: '阵发性心房颤动' },
  ],
  specimen: { number: '260303113830', code: '04', name: '尿液' },
  conclusion: '尿蛋白弱阳性，建议复查。',
  items: [
    { code: 'U-COLOR', name: '尿颜色', loinc: '5778-6', value: '黄色', range: '黄色', flag: 'N' },
    { code: 'U-PRO', name: '尿蛋白', value: '±', range: '阴性', flag: 'A' },
    { code: 'U-TP24', name: '24小时尿蛋白定量', value: '<0.01', unit: 'g/24h', range: '≤0.15', flag: 'N' },
    { code: 'U-CAST', name: '尿管型', value: '', unit: '个/μL' },
    { code: 'U-NEW', name: '新项目 "A&B" <试用>', value: '1E\u000b3' },
  ],
}

export const reportSamples: readonly ReportSample[] = [
  { name: 'critical-values', report: usual, identity: sampleIdentity },
  { name: 'inpatient-words', report: urine, identity: sampleIdentity },
  {
    name: 'corrected',
    report: { ...usual, status: 'corrected', items: usual.items.map(item => (item.code === 'BG-LAC' ? { ...item, value: '2.3' } : item)) },
    identity: {
      ...sampleIdentity,
      number: '90b1a2c3-d4e5-8f60-8172-93a4b5c6d7e8',
      version: 2,
      replaces: { number: sampleIdentity.number, version: 1 },
      writtenAtMs: Date.parse('2026-03-03T18:30:00+08:00'),
    },
  },
  {
    name: 'little-known',
    report: {
      ...usual,
      number: '2603030009999',
      patient: { recordNumber: '88009999', name: '𠮷田', gender: 'unknown', birthDate: '2026-02-27' },
      visit: undefined,
      department: undefined,
      diagnoses: [],
      items: [{ code: 'CRP', name: 'C反应蛋白', value: '0.8', unit: 'mg/L' }],
    },
    identity: sampleIdentity,
  },
]

export type DocumentSample = {
  readonly name: string
  readonly made: string
  readonly expected: string | undefined
  readonly expectedFile: string
}

/** What the writer of laboratory reports makes of the samples, beside what is expected; for tests and for `npm run golden -- --accept`. */
export function documentSamples(writers: readonly DocumentWriter[]): DocumentSample[] {
  const writer = writers.find(({ code }) => code === 'C0007')!
  return reportSamples.map(({ name, report, identity }) => {
    const expectedFile = fileURLToPath(new URL(`./samples/C0007/${name}.expected.xml`, import.meta.url))
    const expected = existsSync(expectedFile) ? readFileSync(expectedFile, 'utf8') : undefined
    return { name: `C0007 ${name}`, made: writeSample(writer, reportResources(report), identity).xml, expected, expectedFile }
  })
}

export function writeSample(writer: DocumentWriter, resources: readonly JsonObject[], identity: DocumentIdentity): WrittenDocument {
  const prepared = prepareSample(writer, resources)
  return must(prepared.write(identity))
}

/** A document prepared with everything at hand that it refers to. */
export function prepareSample(writer: DocumentWriter, resources: readonly JsonObject[]): PreparedIssue {
  const byName = new Map(resources.map(resource => [`${resource['resourceType']}/${resource['id']}`, resource]))
  const prepared = must(writer.prepare({ root: resources[0]!, related: name => byName.get(name) ?? null, custodian: sampleCustodian }))
  if (prepared.demand !== 'issue') throw new Error(`the sample asks for ${prepared.demand}`)
  return prepared
}
