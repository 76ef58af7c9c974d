// Synthetic resources for the FHIR benchmark: Observations of 1.5 KB with everything a laboratory sends, Patients, and one full chart.
import type { JsonObject } from '#kernel/json.ts'

export const loinc = 'http://loinc.org'

type Item = { readonly code: string; readonly name: string; readonly unit: string; readonly low: number; readonly high: number }

const items: readonly Item[] = [
  { code: '718-7', name: '血红蛋白', unit: 'g/L', low: 115, high: 150 },
  { code: '6690-2', name: '白细胞计数', unit: '10*9/L', low: 3.5, high: 9.5 },
  { code: '777-3', name: '血小板计数', unit: '10*9/L', low: 125, high: 350 },
  { code: '2345-7', name: '葡萄糖', unit: 'mmol/L', low: 3.9, high: 6.1 },
  { code: '2160-0', name: '肌酐', unit: 'umol/L', low: 41, high: 81 },
  { code: '1742-6', name: '丙氨酸氨基转移酶', unit: 'U/L', low: 7, high: 40 },
  { code: '2823-3', name: '钾', unit: 'mmol/L', low: 3.5, high: 5.3 },
  { code: '1988-5', name: 'C反应蛋白', unit: 'mg/L', low: 0, high: 10 },
]

export const codeCount = items.length
export const codeOf = (n: number): string => items[n % items.length]!.code

const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗欧']
const given = [...'伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超珅誠霞平刚桂兰玉梅红建国志海燕']

const minuteMs = 60_000
const firstMs = Date.parse('2016-01-01T00:00:00Z')

/** `2026-01-01T08:00:00+08:00` */
export function instant(ms: number): string {
  return `${new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`
}

export function patient(n: number): JsonObject {
  const family = surnames[n % surnames.length]!
  const name = given[n % given.length]! + given[(n * 7) % given.length]!
  return {
    resourceType: 'Patient',
    id: `p${n}`,
    text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${family}${name}</div>` },
    identifier: [
      {
        use: 'usual',
        type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] },
        system: 'urn:oid:1.2.156.99.1',
        value: `${880_000 + n}`,
      },
    ],
    active: true,
    name: [{ use: 'official', text: family + name, family, given: [name] }],
    telecom: [{ system: 'phone', value: `1380000${String(n % 10_000).padStart(4, '0')}`, use: 'mobile' }],
    gender: n % 2 === 0 ? 'female' : 'male',
    birthDate: `${1940 + (n % 80)}-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`,
    address: [{ use: 'home', text: `上海市青浦区朱家角镇沙家埭路${n % 900}号`, state: '上海市', district: '青浦区' }],
  }
}

/** About 1.5 KB as sent. Neighbouring numbers belong to different patients. */
export function observation(n: number, patientId: string, code = n): JsonObject {
  const item = items[code % items.length]!
  const value = Number((item.low + ((n * 37) % 100) * 0.01 * (item.high - item.low) * 1.2).toFixed(1))
  const at = instant(firstMs + ((n * 7919) % 5_000_000) * minuteMs)
  return {
    resourceType: 'Observation',
    text: {
      status: 'generated',
      div: `<div xmlns="http://www.w3.org/1999/xhtml"><p>${item.name}：${value} ${item.unit}（参考区间 ${item.low}–${item.high}）</p></div>`,
    },
    identifier: [{ system: 'urn:oid:1.2.156.99.2', value: `LIS-${n}-${code}` }],
    status: 'final',
    category: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory', display: 'Laboratory' }] },
    ],
    code: {
      coding: [
        { system: loinc, code: item.code, display: item.name },
        { system: 'https://huilian.example/fhir/CodeSystem/zjj-lis-item', code: `L${100 + (code % items.length)}`, display: item.name },
      ],
      text: item.name,
    },
    subject: { reference: `Patient/${patientId}`, display: '—' },
    effectiveDateTime: at,
    issued: at,
    performer: [{ reference: 'Organization/lab', display: '检验科' }],
    valueQuantity: { value, unit: item.unit, system: 'http://unitsofmeasure.org', code: item.unit },
    interpretation: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', code: value > item.high ? 'H' : 'N' }] },
    ],
    referenceRange: [
      {
        low: { value: item.low, unit: item.unit, system: 'http://unitsofmeasure.org', code: item.unit },
        high: { value: item.high, unit: item.unit },
        text: `${item.low}–${item.high}`,
      },
    ],
  }
}

/** 200 resources around one Patient: 140 Observations, 20 each of Condition, Encounter, MedicationRequest. */
export function chart(patientId: string): JsonObject[] {
  const subject = { reference: `Patient/${patientId}` }
  const resources: JsonObject[] = []
  for (let n = 0; n < 140; n++) resources.push(observation(n, patientId))
  for (let n = 0; n < 20; n++) {
    const at = instant(firstMs + n * 40_000 * minuteMs)
    resources.push({
      resourceType: 'Condition',
      code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: `J${10 + n}.9`, display: '肺炎' }], text: '社区获得性肺炎' },
      subject,
      onsetDateTime: at,
    })
    resources.push({
      resourceType: 'Encounter',
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      subject,
      period: { start: at, end: at },
    })
    resources.push({
      resourceType: 'MedicationRequest',
      status: 'completed',
      intent: 'order',
      medicationCodeableConcept: { text: '阿莫西林胶囊 0.25g' },
      subject,
      authoredOn: at,
    })
  }
  return resources
}
