// Laboratory reports as resources, in the shape that the ORU plan yields them: for samples, property tests and benchmarks. Everybody in them is invented.
import { ExactDecimal } from '#formats/fhir/decimal.ts'
import { deriveId } from '#kernel/ids.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'

export type SampleReport = {
  readonly number: string
  readonly panel: { readonly code: string; readonly name: string }
  readonly status: string
  readonly issued: string
  readonly collected: string
  readonly received: string
  readonly patient: SamplePatient
  /** Undefined: the report says nothing of a visit. */
  readonly visit?: SampleVisit
  readonly diagnoses: readonly { readonly code: string; readonly name: string }[]
  readonly specimen: { readonly number: string; readonly code: string; readonly name: string }
  readonly requester: SampleStaff
  readonly department?: { readonly code: string; readonly name: string }
  readonly technician: SampleStaff
  readonly verifier: SampleStaff
  readonly conclusion?: string
  readonly items: readonly SampleItem[]
}

export type SamplePatient = {
  readonly recordNumber: string
  readonly name: string
  readonly gender: string
  readonly birthDate: string
  readonly idCard?: string
  readonly phone?: string
}

export type SampleVisit = {
  readonly class: 'AMB' | 'EMER' | 'IMP'
  readonly number: string
  readonly start: string
  readonly department: string
  readonly place?: { readonly ward: string; readonly room: string; readonly bed: string }
}

export type SampleStaff = { readonly number: string; readonly name: string }

export type SampleItem = {
  readonly code: string
  readonly name: string
  readonly loinc?: string
  /** `5.10`, `<0.01`, `阴性`; empty for a result that was not obtained. */
  readonly value: string
  readonly unit?: string
  readonly range?: string
  readonly flag?: string
  readonly note?: string
}

const tenant = 'ZJJ'
const numbers = (kind: string) => `https://huilian.example/fhir/identifier/ZJJ/${kind}`
const hl7 = (name: string) => `http://terminology.hl7.org/CodeSystem/${name}`
const local = (name: string) => `https://huilian.example/fhir/CodeSystem/${name}`

/** The report first, then all it refers to. */
export function reportResources(report: SampleReport): JsonObject[] {
  const patient = patientOf(report.patient)
  const staff = [report.requester, report.technician, report.verifier].map(staffOf)
  const requesterRole = roleOf(report)
  const visit = report.visit ? visitOf(report, report.visit, patient) : []
  const specimen = specimenOf(report, patient)
  const request = requestOf(report, patient, visit[0], requesterRole[0] ?? staff[0]!)
  const results = report.items.map(item => resultOf(report, item, { patient, visit: visit[0], specimen, request, technician: staff[1]! }))
  const root = reportOf(report, { patient, visit: visit[0], specimen, request, verifier: staff[2]!, results })
  return [root, patient, ...visit, request, specimen, ...staff, ...requesterRole, ...results]
}

type Linked = {
  readonly patient: JsonObject
  readonly visit: JsonObject | undefined
  readonly specimen: JsonObject
  readonly request: JsonObject
}

function reportOf(report: SampleReport, linked: Linked & { verifier: JsonObject; results: readonly JsonObject[] }): JsonObject {
  return resource('DiagnosticReport', `${report.number}#${report.panel.code}`, {
    identifier: orderNumbers(report),
    basedOn: [refer(linked.request)],
    status: report.status,
    category: [concept(hl7('v2-0074'), 'LAB', 'Laboratory')],
    code: concept(local('zjj-lis-panel'), report.panel.code, report.panel.name),
    subject: refer(linked.patient),
    ...(linked.visit && { encounter: refer(linked.visit) }),
    effectiveDateTime: report.collected,
    issued: report.issued,
    resultsInterpreter: [refer(linked.verifier)],
    specimen: [refer(linked.specimen)],
    result: linked.results.map(refer),
    ...(report.conclusion && { conclusion: report.conclusion }),
  })
}

function resultOf(report: SampleReport, item: SampleItem, linked: Linked & { technician: JsonObject }): JsonObject {
  const coding: JsonValue[] = [{ system: local('zjj-lis-item'), code: item.code, display: item.name }]
  if (item.loinc) coding.push({ system: 'http://loinc.org', code: item.loinc })
  return resource('Observation', `${report.number}#${item.code}`, {
    basedOn: [refer(linked.request)],
    status: report.status === 'corrected' ? 'corrected' : 'final',
    category: [concept(hl7('observation-category'), 'laboratory')],
    code: { coding },
    subject: refer(linked.patient),
    ...(linked.visit && { encounter: refer(linked.visit) }),
    effectiveDateTime: report.received,
    performer: [refer(linked.technician)],
    ...valueMembers(item),
    ...(item.flag && { interpretation: [concept(hl7('v3-ObservationInterpretation'), item.flag)] }),
    ...(item.note && { note: [{ text: item.note }] }),
    specimen: refer(linked.specimen),
    ...(item.range && { referenceRange: [rangeOf(item.range, item.unit)] }),
  })
}

function valueMembers({ value, unit }: SampleItem): JsonObject {
  if (value === '') return { dataAbsentReason: concept(hl7('data-absent-reason'), 'not-performed', 'Not Performed') }
  const number = /^([<>]?)(-?\d+(?:\.\d+)?)$/.exec(value)
  if (!number) return { valueString: value }
  return { valueQuantity: { value: decimal(number[2]!), ...(number[1] && { comparator: number[1] }), ...(unit && { unit }) } }
}

function rangeOf(text: string, unit: string | undefined): JsonObject {
  const limits = /^(-?\d+(?:\.\d+)?)-(-?\d+(?:\.\d+)?)$/.exec(text)
  if (!limits) return { text }
  const bound = (value: string): JsonObject => ({ value: decimal(value), ...(unit && { unit }) })
  return { low: bound(limits[1]!), high: bound(limits[2]!), text }
}

/** As `formats/fhir/json` reads it: a number, or where a double would print it otherwise the text it had. */
function decimal(text: string): JsonValue {
  return String(Number(text)) === text ? Number(text) : ExactDecimal.parse(text)!
}

function patientOf(patient: SamplePatient): JsonObject {
  const identifier: JsonValue[] = [{ value: patient.recordNumber, system: numbers('ZJJ'), type: concept(hl7('v2-0203'), 'MR') }]
  if (patient.idCard) identifier.push({ value: patient.idCard, system: 'urn:oid:2.16.156.10011.1.3', type: concept(hl7('v2-0203'), 'NI') })
  return resource('Patient', patient.recordNumber, {
    identifier,
    name: [{ text: patient.name, family: patient.name }],
    gender: patient.gender,
    birthDate: patient.birthDate,
    ...(patient.phone && { telecom: [{ system: 'phone', use: 'home', value: patient.phone }] }),
  })
}

function visitOf(report: SampleReport, visit: SampleVisit, patient: JsonObject): JsonObject[] {
  const conditions = report.diagnoses.map(({ code, name }) =>
    resource('Condition', `${visit.number}#${code}`, {
      subject: refer(patient),
      code: concept('urn:oid:2.16.156.10011.2.3.3.11', code, name),
    }),
  )
  const places = visit.place ? placesOf(visit.place) : []
  const encounter = resource('Encounter', visit.number, {
    identifier: [{ value: visit.number, system: numbers('visit'), type: { ...concept(hl7('v2-0203'), 'VN'), text: 'visit number' } }],
    status: 'in-progress',
    class: { system: hl7('v3-ActCode'), code: visit.class },
    serviceType: { coding: [{ code: visit.department }] },
    subject: refer(patient),
    period: { start: visit.start },
    ...(conditions.length > 0 && { diagnosis: conditions.map((condition, i) => ({ condition: refer(condition), rank: i + 1 })) }),
    ...(places[0] && { location: [{ location: refer(places[0]), status: 'active' }] }),
  })
  return [encounter, ...conditions, ...places]
}

function placesOf({ ward, room, bed }: { readonly ward: string; readonly room: string; readonly bed: string }): JsonObject[] {
  const place = (key: string, name: string, type: string | undefined, within: JsonObject | undefined) =>
    resource('Location', key, {
      identifier: [{ value: name, system: numbers('location') }],
      name,
      mode: 'instance',
      ...(type && { physicalType: concept(hl7('location-physical-type'), type) }),
      ...(within && { partOf: refer(within) }),
    })
  const outer = place(ward, ward, undefined, undefined)
  const middle = place(`${ward}#${room}`, room, 'ro', outer)
  return [place(`${ward}#${room}#${bed}`, bed, 'bd', middle), middle, outer]
}

function requestOf(report: SampleReport, patient: JsonObject, visit: JsonObject | undefined, requester: JsonObject): JsonObject {
  return resource('ServiceRequest', `${report.number}#request`, {
    identifier: orderNumbers(report),
    status: 'active',
    intent: 'order',
    code: concept(local('zjj-lis-panel'), report.panel.code, report.panel.name),
    subject: refer(patient),
    ...(visit && { encounter: refer(visit) }),
    requester: { ...refer(requester), display: report.requester.name },
  })
}

function orderNumbers({ number }: SampleReport): JsonValue[] {
  return [
    { value: `JY${number}`, system: numbers('placer'), type: concept(hl7('v2-0203'), 'PLAC') },
    { value: `L${number}`, system: numbers('ZJJ-LIS-filler'), type: concept(hl7('v2-0203'), 'FILL') },
  ]
}

function specimenOf({ specimen, collected, received }: SampleReport, patient: JsonObject): JsonObject {
  return resource('Specimen', specimen.number, {
    identifier: [{ value: specimen.number, system: numbers('placer') }],
    type: concept(local('zjj-lis-specimen'), specimen.code, specimen.name),
    subject: refer(patient),
    receivedTime: received,
    collection: { collectedDateTime: collected },
  })
}

function staffOf({ number, name }: SampleStaff): JsonObject {
  return resource('Practitioner', number, {
    identifier: [{ value: number, system: numbers('staff') }],
    name: [{ text: name, family: name }],
  })
}

function roleOf({ requester, department }: SampleReport): JsonObject[] {
  if (!department) return []
  const unit = resource('Organization', department.code, {
    identifier: [{ value: department.code, system: local('zjj-department') }],
    name: department.name,
  })
  const role = resource('PractitionerRole', `${requester.number}#${department.code}`, {
    practitioner: refer(staffOf(requester)),
    organization: refer(unit),
  })
  return [role, unit]
}

function resource(type: string, key: string, content: JsonObject): JsonObject {
  return { resourceType: type, id: deriveId(tenant, type, key), ...content }
}

function refer(to: JsonObject): JsonObject {
  return { reference: `${to['resourceType']}/${to['id']}` }
}

function concept(system: string, code: string, display?: string): JsonObject {
  return { coding: [{ system, code, ...(display && { display }) }] }
}
