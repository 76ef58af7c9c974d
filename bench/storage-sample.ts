// Made-up laboratory results for the storage benchmark: Observations of 1.5 KB with 8 entries and their place in a chart, seeded, in the order of time.
import type { ResourcePut } from '#kernel/commit.ts'
import { deriveId } from '#kernel/ids.ts'
import { noIndexRows } from '#kernel/index-entry.ts'

/** Mulberry32: the same data in every run. */
export function seeded(seed: number): (n: number) => number {
  let state = seed
  return n => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % n
  }
}

const tests = ['葡萄糖', '钠', '钾', '肌酐', '血红蛋白', '白细胞计数', '血小板计数', '总胆红素', '谷丙转氨酶', '尿素氮']
const names = ['王小明', '欧阳珅', '𠮷田誠', '䶮丽华', '阿卜杜拉·买买提·阿不都热合曼', '李秀英']
const units = ['mmol/L', 'g/L', 'umol/L', '10*9/L', 'U/L']
const local = 'https://huilian.example/fhir/CodeSystem/zjj-lis-item'
const loinc = 'http://loinc.org'
const startMs = 1_750_000_000_000

export const testsPerPatient = 10

export function patientId(patient: number): string {
  return deriveId('ZJJ', 'Patient', `p${patient}`)
}

export function loincOf(test: number): string {
  return `${1000 + test * 37}-${test % 10}`
}

/** The results of one order from the `first` on: of one of so many patients, in time order. */
export function order(first: number, results: number, patients: number, random: (n: number) => number): ResourcePut[] {
  const patient = patientId(random(patients))
  return Array.from({ length: results }, (_, i) => observation(first + i, patient, first, random))
}

function observation(number: number, patient: string, orderNumber: number, random: (n: number) => number): ResourcePut {
  const test = random(testsPerPatient)
  const atMs = startMs + number * 250
  const id = deriveId('ZJJ', 'Observation', `o${number}`)
  const time = new Date(atMs).toISOString().replace('Z', '+00:00')
  const value = random(100_000) / 100
  const unit = units[test % units.length]!
  const encounter = deriveId('ZJJ', 'Encounter', patient)
  const label = `LAB${20_260_000_000 + number}`
  const body = {
    resourceType: 'Observation',
    id,
    meta: {
      versionId: '1',
      lastUpdated: time,
      source: `urn:huilian:message:ZJJ-${number}`,
      profile: ['http://hl7.org/fhir/StructureDefinition/Observation'],
    },
    identifier: [{ system: 'urn:oid:2.16.156.10011.1.33', value: label }],
    basedOn: [{ reference: `ServiceRequest/${deriveId('ZJJ', 'ServiceRequest', String(orderNumber))}` }],
    status: 'final',
    category: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory', display: 'Laboratory' }] },
    ],
    code: {
      coding: [
        { system: local, code: `LX${test}`, display: tests[test] },
        { system: loinc, code: loincOf(test), display: `Analyte ${test} [Moles/volume] in Serum or Plasma` },
      ],
      text: tests[test],
    },
    subject: { reference: `Patient/${patient}`, display: names[random(names.length)] },
    encounter: { reference: `Encounter/${encounter}` },
    effectiveDateTime: time,
    issued: time,
    performer: [{ reference: `Practitioner/${deriveId('ZJJ', 'Practitioner', String(random(100)))}`, display: '检验科 欧阳医生' }],
    valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
    interpretation: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', code: ['N', 'H', 'L'][random(3)] }] },
    ],
    referenceRange: [{ low: { value: 3.9, unit }, high: { value: 6.1, unit }, text: '3.9-6.1' }],
  }
  return {
    type: 'Observation',
    id,
    version: 0,
    op: 'create',
    body: JSON.stringify(body),
    facts: JSON.stringify([[['ZJJ-LIS', atMs, number, 0], ...Object.keys(body).slice(3)]]),
    opens: {
      entries: [
        { kind: 'token', param: 'code', system: local, code: `LX${test}` },
        { kind: 'token', param: 'code', system: loinc, code: loincOf(test) },
        { kind: 'token', param: 'status', system: 'http://hl7.org/fhir/observation-status', code: 'final' },
        { kind: 'token', param: 'identifier', system: 'urn:oid:2.16.156.10011.1.33', code: label },
        { kind: 'reference', param: 'patient', type: 'Patient', id: patient },
        { kind: 'reference', param: 'encounter', type: 'Encounter', id: encounter },
        { kind: 'date', param: 'date', from: atMs, to: atMs + 1 },
        { kind: 'number', param: 'value-quantity', low: value, high: value, unit: `http://unitsofmeasure.org|${unit}` },
      ],
      patients: [patient],
      codes: [`${local}|LX${test}`, `${loinc}|${loincOf(test)}`],
      whenMs: atMs,
    },
    closes: noIndexRows,
  }
}
