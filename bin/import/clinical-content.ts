// Diagnoses, procedures, laboratory items, examinations, drugs and departments of the clinical content pack as code systems, status kept per row.
import { localSystem } from '../../kernel/canonical.ts'
import { codeRoots, urnOid } from '../../kernel/oid.ts'
import type { CodeExtra, CodeRow, MapRow, MapSeed, SeedStatus, SystemSeed } from '../../terminology/seed.ts'
import { codeRow } from './seed-text.ts'

export const clinicalSource = 'clinical content written for the demo: synthetic use, not reviewed by a clinician, not for care'
export const clinicalLicence =
  'LOINC codes: This material contains content from LOINC (http://loinc.org), © Regenstrief Institute, Inc. and the LOINC Committee, ' +
  'available at no cost under the licence at http://loinc.org/license. ATC codes: © WHO Collaborating Centre for Drug Statistics Methodology'

type Row = {
  readonly code: string
  readonly name: string
  readonly status: 'verified' | 'recalled'
  readonly verifiedFields?: readonly string[]
  readonly [field: string]: unknown
}
export type Content = Readonly<
  Record<'diagnoses' | 'procedures' | 'labItems' | 'exams' | 'drugs' | 'departments', { rows: readonly Row[]; [top: string]: unknown }>
>

export function clinicalSystems(content: Content): readonly SystemSeed[] {
  return [
    icd10(content),
    {
      ...system('ICD-9-CM-3', urnOid(`${codeRoots.standard}.12`), '手术操作分类代码（国家临床版）', '国家临床版3.0（摘录）', 'recalled'),
      codes: content.procedures.rows.map(row => codeRow(row.code, row.name, extra(row, { level: row['level'] as number }, 'recalled'))),
    },
    {
      ...system('icd-10-who', 'http://hl7.org/fhir/sid/icd-10', 'ICD-10 类目与亚目（世界卫生组织）', 'WHO ICD-10（摘录）', 'recalled'),
      codes: whoCodes(content),
    },
    {
      ...system('loinc', 'http://loinc.org', 'LOINC（摘录，不含名称）', '2.7x（摘录）', 'verified'),
      codes: content.labItems.rows
        .filter(row => row['loinc'])
        .map(row => [row['loinc'] as string, '', '', verified(row, 'loinc') ? undefined : { status: 'recalled' }] as CodeRow)
        .map(([code, display, , more]) => (more ? [code, display, '', more] : [code, display]) as CodeRow),
    },
    {
      ...system('atc', 'http://www.whocc.no/atc', 'ATC 药物分类（摘录，不含名称）', '摘录', 'verified'),
      codes: atcCodes(content),
    },
    ...localSystems(content),
  ]
}

/** What the two hospitals' own systems number things by; all invented, so complete by definition. */
function localSystems(content: Content): readonly SystemSeed[] {
  const departments = (org: string, kinds: readonly string[]) =>
    content.departments.rows
      .filter(row => row['org'] === org && kinds.includes(row['kind'] as string))
      .map(row => codeRow(row.code, placeName(row.name)))
  const panels = content.labItems['panels'] as readonly { panelCode: string; panelName: string }[]
  const listed = (name: string) => content.drugs[name] as readonly { code: string; name: string }[]
  const clinical = ['clinical', 'technical', 'administrative']
  const items = content.labItems.rows.map(row => codeRow(row.code, row.name, { abbreviation: row['abbr'] as string }))
  return [
    { ...local('zjj-lis-item', '朱家角人民医院 检验项目'), codes: items },
    { ...local('zjj-lis-panel', '朱家角人民医院 检验组合'), codes: panels.map(panel => codeRow(panel.panelCode, panel.panelName)) },
    { ...local('zjj-pacs-exam', '朱家角人民医院 检查项目'), codes: content.exams.rows.map(row => codeRow(row.code, row.name)) },
    { ...local('zjj-drug', '朱家角人民医院 药品'), codes: content.drugs.rows.map(row => codeRow(row.code, row.name, english(row))) },
    { ...local('zjj-route', '朱家角人民医院 给药途径'), codes: listed('routes').map(row => codeRow(row.code, row.name)) },
    { ...local('zjj-frequency', '朱家角人民医院 用药频次'), codes: listed('frequencies').map(row => codeRow(row.code, row.name)) },
    { ...local('zjj-department', '朱家角人民医院 科室'), codes: departments('ZJJ', clinical) },
    { ...local('zjj-ward', '朱家角人民医院 病区'), codes: departments('ZJJ', ['ward', 'theatre']) },
    { ...local('qpjw-department', '青浦区精神卫生中心 科室'), codes: departments('QPJW', clinical) },
    { ...local('qpjw-ward', '青浦区精神卫生中心 病区'), codes: departments('QPJW', ['ward']) },
    { ...local('ems-vehicle-state', '120 车辆状态'), codes: departments('EMS', ['vehicleState']) },
    { ...local('ems-call-reason', '120 呼救原因'), codes: departments('EMS', ['callReason']) },
    { ...local('ems-priority', '120 调度优先级'), codes: departments('EMS', ['dispatchPriority']) },
    { ...local('ems-abnormal-end', '120 异常终止原因'), codes: departments('EMS', ['abnormalEnd']) },
    { ...local('ems-scene-type', '120 现场类型'), codes: departments('EMS', ['sceneType']) },
  ]
}

/** `一病区(内科)` → `一病区（内科）`. */
export function placeName(name: string): string {
  return name.replace('(invented)', '').replaceAll('(', '（').replaceAll(')', '）').replaceAll(',', '，')
}

export function clinicalMaps(content: Content): readonly MapSeed[] {
  const lab = mapRows(content.labItems.rows, 'loinc')
  const drugs = mapRows(content.drugs.rows, 'atc')
  return [
    {
      name: 'zjj-lis-item-to-loinc',
      source: localSystem('zjj-lis-item'),
      target: 'http://loinc.org',
      title: { zh: '朱家角人民医院检验项目到 LOINC', en: 'Laboratory items of ZJJ to LOINC' },
      status: 'verified',
      beside: true,
      ...lab,
    },
    {
      name: 'zjj-drug-to-atc',
      source: localSystem('zjj-drug'),
      target: 'http://www.whocc.no/atc',
      title: { zh: '朱家角人民医院药品到 ATC', en: 'Drugs of ZJJ to ATC' },
      status: 'verified',
      beside: true,
      ...drugs,
    },
    {
      name: 'icd-10-cn-to-icd-10',
      source: urnOid(`${codeRoots.standard}.11`),
      target: 'http://hl7.org/fhir/sid/icd-10',
      title: { zh: 'ICD-10 国家临床版到 WHO ICD-10', en: 'ICD-10, Chinese national edition, to WHO ICD-10' },
      status: 'recalled',
      beside: true,
      silent: true,
      rows: content.diagnoses.rows
        .map(row => [row.code, row['who'] as string, padded(row['who'] as string) === row.code ? undefined : { equivalence: 'wider' }])
        .map(trimmed),
    },
  ]
}

/** Verified targets are applied; recalled ones wait as suggestions for a person. */
function mapRows(rows: readonly Row[], field: string): { rows: readonly MapRow[]; suggestions: readonly MapRow[] } {
  const known = rows.filter(row => row[field])
  return {
    rows: known.filter(row => verified(row, field)).map(row => [row.code, row[field] as string]),
    suggestions: known.filter(row => !verified(row, field)).map(row => [row.code, row[field] as string, { status: 'recalled' }]),
  }
}

function icd10(content: Content): SystemSeed {
  const olderOids = ['1', '3', '5'].map(n => urnOid(`${codeRoots.standard}.11.${n}`))
  return {
    ...system('ICD-10', urnOid(`${codeRoots.standard}.11`), '疾病分类代码（国家临床版）', '国家临床版2.0（摘录）', 'recalled'),
    aliases: [...olderOids, 'ICD-10-CN', 'GB/T 14396'],
    codes: content.diagnoses.rows.map(row => {
      const hours = row['reportWithinHours'] as number | undefined
      const notifiable = row['class'] ? { notifiable: row['class'] as string, reportWithinHours: hours } : {}
      return codeRow(row.code, row.name, extra(row, notifiable, 'recalled'))
    }),
  }
}

/** A WHO code has a name here only where the national edition keeps its heading (`…00`). */
function whoCodes(content: Content): CodeRow[] {
  const byWho = Map.groupBy(content.diagnoses.rows, row => row['who'] as string)
  return [...byWho]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([who, rows]) => codeRow(who, rows.find(row => padded(who) === row.code)?.name ?? ''))
}

/** `I10` → `I10.x00`, `F32.9` → `F32.900`: how the national edition writes a WHO heading. */
function padded(who: string): string {
  return who.includes('.') ? `${who}00` : `${who}.x00`
}

function atcCodes(content: Content): CodeRow[] {
  const byCode = Map.groupBy(
    content.drugs.rows.filter(row => row['atc']),
    row => row['atc'] as string,
  )
  const entries = [...byCode].sort(([a], [b]) => (a < b ? -1 : 1))
  return entries.map(([code, rows]) => (rows.some(row => verified(row, 'atc')) ? [code, ''] : [code, '', '', { status: 'recalled' }]))
}

function system(id: string, url: string, zh: string, edition: string, status: SeedStatus): Omit<SystemSeed, 'codes'> {
  const oid = url.startsWith('urn:oid:') ? { oid: url.slice(8), oidBasis: 'template' as const } : {}
  return { id, url, ...oid, name: { zh }, edition, status, content: 'fragment' }
}

function local(id: string, zh: string): Omit<SystemSeed, 'codes'> {
  return { id, url: localSystem(id), name: { zh }, edition: 'demo', status: 'invented', content: 'complete' }
}

function english(row: Row): CodeExtra {
  return row['english'] ? { en: row['english'] as string } : {}
}

function verified(row: Row, field: string): boolean {
  return row.verifiedFields?.includes(field) ?? false
}

function extra(row: Row, more: CodeExtra, usual: SeedStatus): CodeExtra {
  const status: SeedStatus = verified(row, 'code') ? 'verified' : 'recalled'
  return { ...more, ...(status === usual ? {} : { status }) }
}

function trimmed(row: readonly unknown[]): MapRow {
  return (row[2] === undefined ? row.slice(0, 2) : row) as unknown as MapRow
}
