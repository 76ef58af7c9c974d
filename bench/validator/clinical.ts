// Resources as a hospital sends them, varied by a number, and the profiles they are held against: slicing, bindings, invariants, an extension.
import type { JsonObject } from '#kernel/json.ts'

const root = 'https://huilian.example/fhir/StructureDefinition'
const families = ['王', '欧阳', '𠮷田', '䶮', '诚', '珅']
const extensionUrl = `${root}/bench-nationality`

export const patientProfile = `${root}/bench-patient`
export const bpProfile = 'http://hl7.org/fhir/StructureDefinition/bp'
export const labProfile = `${root}/bench-lab`

const fixed = (id: string, path: string, value: object) => ({ id, path, ...value })

export const profiles: readonly JsonObject[] = [
  profile('bench-nationality', 'Extension', 'complex-type', [
    { id: 'Extension', path: 'Extension', min: 0, max: '1' },
    fixed('Extension.url', 'Extension.url', { fixedUri: extensionUrl }),
    { id: 'Extension.value[x]', path: 'Extension.value[x]', min: 1, type: [{ code: 'Coding' }] },
  ]),
  profile('bench-patient', 'Patient', 'resource', [
    {
      id: 'Patient',
      path: 'Patient',
      constraint: [
        { key: 'bench-1', severity: 'error', human: '至少一个姓名有文本', expression: 'name.exists(text.exists() or family.exists())' },
      ],
    },
    { id: 'Patient.extension', path: 'Patient.extension', slicing: { discriminator: [{ type: 'value', path: 'url' }], rules: 'open' } },
    {
      id: 'Patient.extension:nationality',
      path: 'Patient.extension',
      sliceName: 'nationality',
      min: 1,
      max: '1',
      type: [{ code: 'Extension', profile: [extensionUrl] }],
    },
    {
      id: 'Patient.identifier',
      path: 'Patient.identifier',
      min: 1,
      slicing: { discriminator: [{ type: 'pattern', path: 'type' }], rules: 'open' },
    },
    { id: 'Patient.identifier:mrn', path: 'Patient.identifier', sliceName: 'mrn', min: 1, max: '1' },
    fixed('Patient.identifier:mrn.type', 'Patient.identifier.type', { min: 1, patternCodeableConcept: typeOf('MR') }),
    { id: 'Patient.identifier:mrn.value', path: 'Patient.identifier.value', min: 1 },
    { id: 'Patient.identifier:card', path: 'Patient.identifier', sliceName: 'card', max: '1' },
    fixed('Patient.identifier:card.type', 'Patient.identifier.type', { min: 1, patternCodeableConcept: typeOf('NI') }),
    {
      id: 'Patient.identifier:card.value',
      path: 'Patient.identifier.value',
      min: 1,
      constraint: [{ key: 'bench-2', severity: 'error', human: '18 位', expression: "matches('^[0-9]{17}[0-9X]$')" }],
    },
    { id: 'Patient.name', path: 'Patient.name', min: 1 },
    { id: 'Patient.gender', path: 'Patient.gender', min: 1 },
    { id: 'Patient.birthDate', path: 'Patient.birthDate', min: 1 },
  ]),
  profile('bench-lab', 'Observation', 'resource', [
    {
      id: 'Observation.category',
      path: 'Observation.category',
      min: 1,
      slicing: { discriminator: [{ type: 'pattern', path: '$this' }], rules: 'open' },
    },
    {
      id: 'Observation.category:lab',
      path: 'Observation.category',
      sliceName: 'lab',
      min: 1,
      max: '1',
      patternCodeableConcept: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
    },
    { id: 'Observation.subject', path: 'Observation.subject', min: 1 },
    {
      id: 'Observation.value[x]',
      path: 'Observation.value[x]',
      slicing: { discriminator: [{ type: 'type', path: '$this' }], rules: 'open' },
    },
    { id: 'Observation.value[x]:valueQuantity', path: 'Observation.value[x]', sliceName: 'valueQuantity', type: [{ code: 'Quantity' }] },
    { id: 'Observation.value[x]:valueQuantity.code', path: 'Observation.value[x].code', min: 1 },
    {
      id: 'Observation.interpretation',
      path: 'Observation.interpretation',
      binding: { strength: 'required', valueSet: 'http://hl7.org/fhir/ValueSet/observation-interpretation' },
    },
  ]),
]

function profile(id: string, type: string, kind: string, element: object[]): JsonObject {
  return {
    resourceType: 'StructureDefinition',
    id,
    url: `${root}/${id}`,
    version: '1.0.0',
    name: id.replace(/-/g, '_'),
    status: 'active',
    kind,
    abstract: false,
    type,
    baseDefinition: `http://hl7.org/fhir/StructureDefinition/${type}`,
    derivation: 'constraint',
    differential: { element },
  } as unknown as JsonObject
}

function typeOf(code: string) {
  return { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code }] }
}

function narrative(text: string) {
  return { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml"><p>${text}</p></div>` }
}

export function patient(n: number): JsonObject {
  const family = families[n % families.length]!
  return {
    resourceType: 'Patient',
    id: `p${n}`,
    meta: { versionId: '1', lastUpdated: '2026-03-02T08:00:00+08:00' },
    text: narrative(`${family}某，住院号 ${n}`),
    extension: [{ url: extensionUrl, valueCoding: { system: 'urn:iso:std:iso:3166', code: 'CN' } }],
    identifier: [
      { use: 'usual', type: typeOf('MR'), system: 'urn:oid:2.16.156.1.1', value: `ZY${n}` },
      { use: 'official', type: typeOf('NI'), system: 'urn:oid:2.16.156.1.2', value: `31011819900101${1000 + (n % 8999)}` },
    ],
    active: true,
    name: [{ use: 'official', text: `${family}某`, family, given: ['某'] }],
    telecom: [{ system: 'phone', value: `1390000${1000 + (n % 8999)}`, use: 'mobile' }],
    gender: n % 2 === 0 ? 'female' : 'male',
    birthDate: `19${10 + (n % 90)}-0${1 + (n % 9)}-1${n % 10}`,
    address: [{ use: 'home', text: '上海市青浦区朱家角镇某路 1 号', city: '上海', country: 'CN' }],
    maritalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', code: 'M' }] },
    contact: [
      { relationship: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0131', code: 'C' }] }], name: { text: '李某' } },
    ],
    managingOrganization: { reference: 'Organization/zjj' },
  }
}

export function lab(n: number): JsonObject {
  return {
    resourceType: 'Observation',
    id: `o${n}`,
    meta: { versionId: '1', lastUpdated: '2026-03-02T08:00:00+08:00' },
    text: narrative(`血红蛋白 ${100 + (n % 60)} g/L`),
    identifier: [{ system: 'urn:oid:2.16.156.1.3', value: `L${n}` }],
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }],
    code: { coding: [{ system: 'http://loinc.org', code: '718-7', display: 'Hemoglobin' }], text: '血红蛋白' },
    subject: { reference: `Patient/p${n}` },
    encounter: { reference: `Encounter/e${n}` },
    effectiveDateTime: '2026-03-02T07:30:00+08:00',
    issued: '2026-03-02T07:58:11.120+08:00',
    performer: [{ reference: 'Organization/zjj-lab' }],
    valueQuantity: { value: 100 + (n % 60), unit: 'g/L', system: 'http://unitsofmeasure.org', code: 'g/L' },
    interpretation: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', code: n % 3 === 0 ? 'L' : 'N' }] },
    ],
    referenceRange: [{ low: quantity(115, 'g/L'), high: quantity(150, 'g/L'), text: '115-150' }],
  }
}

export function bloodPressure(n: number): JsonObject {
  const component = (code: string, value: number) => ({
    code: { coding: [{ system: 'http://loinc.org', code }] },
    valueQuantity: { value, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
  })
  return {
    resourceType: 'Observation',
    id: `b${n}`,
    text: narrative('血压'),
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }],
    code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }], text: '血压' },
    subject: { reference: `Patient/p${n}` },
    effectiveDateTime: '2026-03-02T09:30:00+08:00',
    component: [component('8480-6', 110 + (n % 50)), component('8462-4', 60 + (n % 40))],
  }
}

export function encounter(n: number): JsonObject {
  return {
    resourceType: 'Encounter',
    id: `e${n}`,
    text: narrative('门诊'),
    identifier: [{ system: 'urn:oid:2.16.156.1.4', value: `V${n}` }],
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    subject: { reference: `Patient/p${n}` },
    participant: [{ individual: { reference: 'Practitioner/d1', display: '张医生' }, period: { start: '2026-03-02T08:00:00+08:00' } }],
    period: { start: '2026-03-02T08:00:00+08:00', end: '2026-03-02T09:00:00+08:00' },
    reasonCode: [{ text: '头晕' }],
    serviceProvider: { reference: 'Organization/zjj' },
  }
}

export function medicationRequest(n: number): JsonObject {
  return {
    resourceType: 'MedicationRequest',
    id: `m${n}`,
    text: narrative('阿司匹林'),
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text: '阿司匹林肠溶片' },
    subject: { reference: `Patient/p${n}` },
    authoredOn: '2026-03-02T08:20:00+08:00',
    requester: { reference: 'Practitioner/d1' },
    dosageInstruction: [
      {
        text: '每日一次，每次一片',
        timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd' } },
        doseAndRate: [{ doseQuantity: quantity(100, 'mg') }],
      },
    ],
  }
}

function quantity(value: number, code: string) {
  return { value, unit: code, system: 'http://unitsofmeasure.org', code }
}

/** A resource of each kind with the profile it is held against; undefined: the base definition alone. */
export const kinds: readonly { name: string; make: (n: number) => JsonObject; profile: string | undefined }[] = [
  { name: 'Patient + profile', make: patient, profile: patientProfile },
  { name: 'Observation (lab) + profile', make: lab, profile: labProfile },
  { name: 'Observation (bp) + R4 bp', make: bloodPressure, profile: bpProfile },
  { name: 'Encounter', make: encounter, profile: undefined },
  { name: 'MedicationRequest', make: medicationRequest, profile: undefined },
]
