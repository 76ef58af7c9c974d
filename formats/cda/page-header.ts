// The header of a document as groups of facts: patient, document, people, place. What is not known is left out.
import type { CdaDocument, CdaOrganization, CdaParticipation } from './model.ts'
import type { PageWords } from './page-fact.ts'
import { shownTime } from './time.ts'
import { isEmptyName } from './tolerance.ts'
import { codeText, timeText } from './value-text.ts'

export type PageGroup = { readonly name: Bilingual; readonly facts: readonly HeaderFact[] }

/** `key` tells what it is, whatever the language: `patient.name`, `id.2.16.156.10011.1.12`. */
export type HeaderFact = { readonly key: string; readonly name: Bilingual; readonly value: string }

export type Bilingual = { readonly zh: string; readonly en: string }

/** Numbers by their root (WS/T 682). */
const numbers: Readonly<Record<string, Bilingual>> = {
  '1.2': { zh: '健康档案编号', en: 'Health record number' },
  '1.3': { zh: '身份证号', en: 'Identity card' },
  '1.8': { zh: '病理号', en: 'Pathology number' },
  '1.11': { zh: '门（急）诊号', en: 'Outpatient number' },
  '1.12': { zh: '住院号', en: 'Inpatient number' },
  '1.13': { zh: '病案号', en: 'Medical record number' },
  '1.14': { zh: '标本编号', en: 'Specimen number' },
  '1.19': { zh: '健康卡号', en: 'Health card' },
  '1.20': { zh: '处方编号', en: 'Prescription number' },
  '1.21': { zh: '病房', en: 'Room' },
  '1.22': { zh: '病床', en: 'Bed' },
  '1.24': { zh: '电子申请单编号', en: 'Request number' },
  '1.26': { zh: '科室', en: 'Department' },
  '1.27': { zh: '病区', en: 'Ward' },
  '1.5': { zh: '医疗机构', en: 'Institution' },
  '1.32': { zh: '检查报告单编号', en: 'Examination report number' },
  '1.33': { zh: '检验报告单编号', en: 'Laboratory report number' },
  '1.34': { zh: '知情同意书编号', en: 'Consent number' },
}
const national = '2.16.156.10011.'

export function headerFacts(document: CdaDocument, words: PageWords): PageGroup[] {
  const groups: PageGroup[] = [
    { name: { zh: '患者', en: 'Patient' }, facts: patientFacts(document, words) },
    { name: { zh: '文档', en: 'Document' }, facts: documentFacts(document) },
    { name: { zh: '人员', en: 'People' }, facts: peopleFacts(document) },
    { name: { zh: '就诊', en: 'Visit' }, facts: visitFacts(document) },
  ]
  return groups.filter(group => group.facts.length > 0)
}

function patientFacts({ patient }: CdaDocument, { displayOf }: PageWords): HeaderFact[] {
  const { address, age } = patient
  return facts([
    ['patient.name', { zh: '姓名', en: 'Name' }, patient.name],
    ['patient.sex', { zh: '性别', en: 'Sex' }, codeText(patient.sex, displayOf)],
    ['patient.birthTime', { zh: '出生日期', en: 'Born' }, patient.birthTime && shownTime(patient.birthTime)],
    ['patient.age', { zh: '年龄', en: 'Age' }, age && `${age.value}${age.unit}`],
    ['patient.type', { zh: '患者类型', en: 'Kind of visit' }, codeText(patient.patientType, displayOf)],
    ['patient.telecom', { zh: '电话', en: 'Phone' }, patient.telecom],
    [
      'patient.address',
      { zh: '地址', en: 'Address' },
      address &&
        [...address]
          .reverse()
          .map(part => part.text)
          .join(''),
    ],
    ...[...patient.personIds, ...patient.ids].map(({ root, extension }): Fact => [`id.${root ?? ''}`, numberName(root), extension]),
  ])
}

function documentFacts(document: CdaDocument): HeaderFact[] {
  return facts([
    ['document.id', { zh: '文档流水号', en: 'Document number' }, document.id.extension],
    ['document.effectiveTime', { zh: '生成时间', en: 'Made' }, document.effectiveTime && shownTime(document.effectiveTime)],
    ['document.version', { zh: '版本', en: 'Version' }, document.version],
    ['document.replaces', { zh: '替代文档', en: 'Replaces' }, document.replaces?.id.extension],
    ['document.custodian', { zh: '保管机构', en: 'Custodian' }, document.custodian.name ?? document.custodian.id?.extension],
    ['document.confidentiality', { zh: '保密级别', en: 'Confidentiality' }, codeText(document.confidentiality)],
  ])
}

function peopleFacts(document: CdaDocument): HeaderFact[] {
  const signer = (one: CdaParticipation, key: string, usual: Bilingual): Fact => [
    key,
    one.role ? { zh: one.role, en: usual.en } : usual,
    person(one),
  ]
  return facts([
    ...document.authors.map((one): Fact => ['author', { zh: '作者', en: 'Author' }, person(one)]),
    ...(document.legalAuthenticator
      ? [signer(document.legalAuthenticator, 'legalAuthenticator', { zh: '法定审核者', en: 'Verified by' })]
      : []),
    ...document.authenticators.map(one => signer(one, 'authenticator', { zh: '签名者', en: 'Signed by' })),
    ...document.participants.map(one => signer(one, 'participant', { zh: '申请者', en: 'Requested by' })),
  ])
}

function person({ name, time, organization }: CdaParticipation): string | undefined {
  const parts = [name, organization?.name, timeText(time)].filter(part => part !== undefined && !isEmptyName(part))
  return parts.length > 0 ? parts.join(' · ') : undefined
}

function visitFacts({ encounter }: CdaDocument): HeaderFact[] {
  const levels: CdaOrganization[] = []
  for (let level = encounter?.location; level; level = level.within) levels.unshift(level)
  return facts([
    ['encounter.time', { zh: '就诊时间', en: 'Time' }, timeText(encounter?.time)],
    ...levels.map(({ id, name }): Fact => [`place.${id?.root ?? ''}`, numberName(id?.root), name ?? id?.extension]),
  ])
}

type Fact = readonly [key: string, name: Bilingual, value: string | undefined]

function facts(all: readonly Fact[]): HeaderFact[] {
  return all.flatMap(([key, name, value]) => (value === undefined || value === '' || isEmptyName(value) ? [] : [{ key, name, value }]))
}

function numberName(root: string | undefined): Bilingual {
  const known = root?.startsWith(national) ? numbers[root.slice(national.length)] : undefined
  return known ?? { zh: `编号（${root ?? ''}）`, en: `Number (${root ?? ''})` }
}
