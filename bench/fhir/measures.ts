// What is measured of the FHIR surface (architecture, section 8): each with the requests it sends and what it is compared with.
import { chart, codeCount, codeOf, loinc, observation, patient } from './data.ts'
import type { Request } from './load.ts'

export type Measure = {
  readonly name: string
  readonly connections: number
  /** Resources one request writes, for rates per resource. */
  readonly resources?: number
  readonly against: 'durable write' | 'echo'
  next(n: number): Request
}

export type Data = { readonly patients: number; readonly observationsPerPatient: number; readonly resources: number }

/** Patients of 100 resources each, and at least one. */
export function dataOf(resources: number): Data {
  const observationsPerPatient = 99
  return { patients: Math.max(1, Math.floor(resources / (observationsPerPatient + 1))), observationsPerPatient, resources }
}

const bundleEntries = 100
export const chartPatient = 'chart'
/** One patient whose newest fifty of a code fill a page. */
export const longPatient = 'long'

/** Bundles that load the data: PUT by id, so that reads know what to ask for. */
export function* loadBundles(data: Data): Generator<string> {
  const special = [
    ...[chartPatient, longPatient].map(id => ({ ...patient(0), id, identifier: [{ system: 'urn:bench', value: id }] })),
    ...chart(chartPatient).map((resource, n) => ({ ...resource, id: `c${n}` })),
    ...Array.from({ length: 400 }, (_, n) => ({ ...observation(n, longPatient, n % 4), id: `l${n}` })),
  ]
  yield bundle(special)
  let part: object[] = []
  for (let p = 0; p < data.patients; p++) {
    part.push(patient(p))
    for (let n = 0; n < data.observationsPerPatient; n++) part.push({ ...observation(p + n * data.patients, `p${p}`, n), id: `o${p}-${n}` })
    if (part.length < 500 && p + 1 < data.patients) continue
    yield bundle(part)
    part = []
  }
}

function bundle(resources: readonly object[]): string {
  const entry = resources.map(resource => {
    const { resourceType, id } = resource as { resourceType: string; id?: string }
    return { resource, request: id === undefined ? { method: 'POST', url: resourceType } : { method: 'PUT', url: `${resourceType}/${id}` } }
  })
  return JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry })
}

/** `seed`: numbers of this run, so that what is written is new. */
export function measuresOf(data: Data, seed: number): Measure[] {
  const some = (n: number) => (n * 7919 + 13) % data.patients
  const bodies = Array.from({ length: 200 }, (_, n) => JSON.stringify(observation(seed + n, `w${some(n)}`)))
  const transaction = bundle(Array.from({ length: bundleEntries }, (_, n) => observation(seed + n, `w${some(n)}`)))
  const create = (n: number): Request => ({ method: 'POST', path: '/fhir/Observation', body: bodies[n % bodies.length]! })
  const get =
    (path: (n: number) => string) =>
    (n: number): Request => ({ method: 'GET', path: path(n) })
  const read = get(n => `/fhir/Observation/o${some(n)}-${n % data.observationsPerPatient}`)
  const newest = get(n => `/fhir/Observation?patient=${longPatient}&code=${loinc}|${codeOf(n % 4)}&_sort=-date&_count=50`)
  const few = get(n => `/fhir/Observation?patient=p${some(n)}&code=${loinc}|${codeOf(n % codeCount)}&_sort=-date&_count=50`)
  const page = get(n => `/fhir/Observation?patient=p${some(n)}&_sort=-date&_count=50`)
  const identifier = get(n => `/fhir/Patient?identifier=urn:oid:1.2.156.99.1|${880_000 + some(n)}`)
  const everything = get(() => `/fhir/Patient/${chartPatient}/$everything`)
  const post = (n: number): Request => ({ method: 'POST', path: '/fhir', body: n < 0 ? '' : transaction })
  return [
    { name: 'create', connections: 1, resources: 1, against: 'durable write', next: create },
    { name: 'create', connections: 8, resources: 1, against: 'durable write', next: create },
    { name: 'create', connections: 32, resources: 1, against: 'durable write', next: create },
    { name: `transaction of ${bundleEntries}`, connections: 1, resources: bundleEntries, against: 'durable write', next: post },
    { name: `transaction of ${bundleEntries}`, connections: 4, resources: bundleEntries, against: 'durable write', next: post },
    { name: 'read by id', connections: 1, against: 'echo', next: read },
    { name: 'read by id', connections: 8, against: 'echo', next: read },
    { name: 'read by id', connections: 32, against: 'echo', next: read },
    { name: 'patient + code, newest 50 of 50', connections: 8, against: 'echo', next: newest },
    { name: 'patient + code, newest 50 of 12', connections: 8, against: 'echo', next: few },
    { name: 'patient, newest 50', connections: 8, against: 'echo', next: page },
    { name: 'Patient by identifier', connections: 8, against: 'echo', next: identifier },
    { name: '$everything of 200', connections: 1, against: 'echo', next: everything },
    { name: '$everything of 200', connections: 4, against: 'echo', next: everything },
  ]
}
