// What XML, validation and FHIRPath cost on the FHIR surface, each against its plain JSON counterpart in interleaved rounds over one connection.
// Run: npm run bench -- fhir-forms [--rounds 7] [--requests 150]
import { parseArgs } from 'node:util'
import { openTenantDefinitions } from '#cdr/definitions/tenant-definitions.ts'
import { openTestServer } from '#cdr/rest/test-server.ts'
import { structureUrl } from '#conformance/profiles/profiles.ts'
import { printXmlResource } from '#formats/fhir/xml/write.ts'
import { systemClock } from '#kernel/clock.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { ValidationMode } from '#kernel/ports/validator.ts'
import { must } from '#kernel/result.ts'
import { loadTerminology } from '#terminology/load.ts'
import { openHouseValidator } from '../house-validator.ts'

const { values: flags } = parseArgs({
  args: process.argv.slice(2).filter(argument => argument !== 'fhir-forms'),
  options: { rounds: { type: 'string' }, requests: { type: 'string' } },
})
const rounds = Number(flags.rounds ?? 7)
const requests = Number(flags.requests ?? 150)

let mode: ValidationMode = 'off'
const server = await openTestServer({
  change(rest) {
    const definitions = openTenantDefinitions(rest.storage)
    const tools = { dictionary: must(loadTerminology()).dictionary, clock: systemClock, packages: [], onTrouble: () => undefined }
    return { ...rest, validatorFor: openHouseValidator(tools, definitions).of, validation: () => mode }
  },
})
const authorization = `Bearer ${await server.token('all')}`

const patient: JsonObject = {
  resourceType: 'Patient',
  meta: { profile: [structureUrl('cn-patient')] },
  identifier: [{ system: 'https://huilian.example/fhir/identifier/ZJJ/patient', value: '880123' }],
  name: [{ text: '欧阳珅', family: '欧阳', given: ['珅'] }],
  gender: 'female',
  birthDate: '1980-01-01',
  address: [{ text: '上海市青浦区朱家角镇', postalCode: '201713', country: 'CHN' }],
}
const expression = (text: string) => ({
  resourceType: 'Parameters',
  parameter: [
    { name: 'expression', valueString: text },
    { name: 'resource', resource: patient },
  ],
})

type Kind = {
  readonly name: string
  readonly mode?: ValidationMode
  readonly method: string
  readonly path: string
  readonly body?: string
  readonly form?: 'xml'
}

/** Each its own person: the same number again would be the same patient. */
const numbered = (text: string): string => text.replace('880123', `${++count}`)
let count = 0

const json = JSON.stringify(patient)
const xml = must(printXmlResource(patient))
const kinds: readonly Kind[] = [
  { name: 'read, JSON', method: 'GET', path: '/fhir/Patient/one' },
  { name: 'read, XML', method: 'GET', path: '/fhir/Patient/one', form: 'xml' },
  { name: 'search 50, JSON', method: 'GET', path: '/fhir/Patient?_count=50' },
  { name: 'search 50, XML', method: 'GET', path: '/fhir/Patient?_count=50', form: 'xml' },
  { name: 'create, JSON, off', method: 'POST', path: '/fhir/Patient', body: json, mode: 'off' },
  { name: 'create, XML, off', method: 'POST', path: '/fhir/Patient', body: xml, mode: 'off', form: 'xml' },
  { name: 'create, JSON, lenient', method: 'POST', path: '/fhir/Patient', body: json, mode: 'lenient' },
  { name: 'create, JSON, strict', method: 'POST', path: '/fhir/Patient', body: json, mode: 'strict' },
  { name: '$validate with profile', method: 'POST', path: '/fhir/Patient/$validate', body: json },
  {
    name: '$fhirpath',
    method: 'POST',
    path: '/fhir/$fhirpath',
    body: JSON.stringify(expression('name.where(text.exists()).text & gender')),
  },
]

async function ask({ method, path, body, form }: Kind): Promise<void> {
  const type = `application/fhir+${form ?? 'json'}`
  const reply = await fetch(`${server.origin}${path}`, {
    method,
    headers: { authorization, 'content-type': type, accept: type },
    body: body && numbered(body),
  })
  const text = await reply.text()
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text.slice(0, 300)}`)
}

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!

await ask({ name: '', method: 'PUT', path: '/fhir/Patient/one', body: JSON.stringify({ ...patient, id: 'one' }) })
for (let i = 0; i < 60; i++) await ask(kinds[4]!)
const times = new Map<Kind, number[]>(kinds.map(kind => [kind, []]))
for (let round = 0; round <= rounds; round++) {
  for (const kind of kinds) {
    mode = kind.mode ?? 'off'
    const started = performance.now()
    for (let i = 0; i < requests; i++) await ask(kind)
    if (round > 0) times.get(kind)!.push((performance.now() - started) / requests)
  }
}
const msOf = (name: string) => median(times.get(kinds.find(kind => kind.name === name)!)!)
const plain = (name: string) =>
  name.startsWith('read') ? 'read, JSON' : name.startsWith('search') ? 'search 50, JSON' : 'create, JSON, off'
for (const { name } of kinds) {
  const ratio = name.startsWith('$') ? msOf(name) / msOf('read, JSON') : msOf(name) / msOf(plain(name))
  const against = name.startsWith('$') ? 'read, JSON' : plain(name)
  process.stdout.write(`${name.padEnd(26)} ${msOf(name).toFixed(2).padStart(8)} ms  ${ratio.toFixed(2).padStart(6)} x ${against}\n`)
}
await server.close()
