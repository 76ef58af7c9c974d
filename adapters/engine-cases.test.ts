// Every case of every contract through the whole server over its real socket: how it is answered, what is kept of it, and what it has made.
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { compile } from '#formats/fhir/fhirpath/expression.ts'
import { parseJson } from '#formats/fhir/json/read.ts'
import { frame } from '#formats/hl7v2/mllp.ts'
import { ManualClock } from '#kernel/clock.ts'
import type { JsonObject } from '#kernel/json.ts'
import { must } from '#kernel/result.ts'
import { ServerUnderTest } from '../server-under-test.ts'

type Case = {
  readonly file: string
  readonly en: string
  readonly answer: 'AA' | 'AE' | 'AR' | number
  readonly fault?: string
  readonly at?: string
  readonly status?: string
  /** FHIR search → what holds of the one resource it finds (FHIRPath); an empty list where it must find none. */
  readonly effect?: Readonly<Record<string, readonly string[]>>
  /** Codes that are on the work list afterwards. */
  readonly gaps?: readonly string[]
}

const systems = [
  { system: 'zjj-his', tenant: 'ZJJ' },
  { system: 'zjj-lis', tenant: 'ZJJ' },
  { system: 'zjj-pacs', tenant: 'ZJJ' },
  { system: 'qpjw-his', tenant: 'QPJW' },
  { system: 'insurance', tenant: 'ZJJ' },
  { system: 'ems', tenant: 'EMS' },
] as const

const folder = (system: string) => new URL(`${system}/cases/`, import.meta.url)
const casesOf = (system: string) => JSON.parse(readFileSync(new URL('cases.json', folder(system)), 'utf8')) as Case[]

type Life = { readonly message: { readonly status: string; readonly faults: readonly { readonly code: string; readonly at?: string }[] } }

describe('cases through the engine', () => {
  let under: ServerUnderTest
  before(async () => {
    under = await ServerUnderTest.start()
  })
  after(() => under.stop())

  for (const { system, tenant } of systems) {
    describe(system, () => {
      for (const one of casesOf(system)) {
        it(`${one.file}: ${one.en}`, async () => {
          const bytes = readFileSync(new URL(one.file, folder(system)))
          const name = one.file.endsWith('.hl7') ? await byMllp(one, bytes) : await byHttp(system, one, bytes)
          await under.settled()
          await keptAs(name, one, bytes)
          for (const [search, truths] of Object.entries(one.effect ?? {})) await holds(tenant, search, truths)
          if (one.gaps) expect(await gaps(tenant)).to.include.members([...one.gaps])
        })
      }
    })
  }

  /** Name of the kept message; `''` where the frame held nothing to keep. */
  async function byMllp(one: Case, bytes: Buffer): Promise<string> {
    const answers = await under.exchange([frame(bytes)])
    // MSH-15 asks for the letters of the enhanced mode: CA says what AA says.
    expect(answers.map(({ code }) => code.replace(/^C/, 'A'))).to.deep.equal([one.answer])
    return answers[0]!.name
  }

  async function byHttp(system: string, one: Case, bytes: Buffer): Promise<string> {
    const response = await under.request(`/api/channels/${system}/messages`, {
      method: 'POST',
      body: new Uint8Array(bytes),
      headers: { 'content-type': 'application/json; charset=utf-8' },
    })
    const answer = (await response.json()) as { id?: string; code?: string; at?: string }
    expect([response.status, answer.code]).to.deep.equal([one.answer, response.ok ? undefined : one.fault])
    if (response.ok) return answer.id!
    expect(response.headers.get('content-type')).to.match(/^application\/problem\+json/)
    if (one.at) expect(answer.at).to.equal(one.at)
    return refused(system, bytes)
  }

  /** The newest message of a channel, once the journal knows of it. */
  async function refused(system: string, bytes: Buffer): Promise<string> {
    for (;;) {
      const { messages } = await under.get<{ messages: { id: string }[] }>(`/api/messages?channel=${system}&limit=1`)
      const raw = await under.request(`/api/messages/${messages[0]!.id}/raw`)
      if (Buffer.from(await raw.arrayBuffer()).equals(bytes)) return messages[0]!.id
    }
  }

  async function keptAs(name: string, one: Case, bytes: Buffer): Promise<void> {
    const raw = await under.request(`/api/messages/${name}/raw`)
    expect(Buffer.from(await raw.arrayBuffer()).equals(bytes), 'kept byte for byte').to.equal(true)
    const { message } = await under.get<Life>(`/api/messages/${name}`)
    const [fault] = message.faults
    const where = one.at === undefined ? undefined : fault?.at
    expect([message.status, fault?.code, where]).to.deep.equal([one.status ?? 'rejected', one.fault, one.at])
  }

  async function holds(tenant: string, search: string, truths: readonly string[]): Promise<void> {
    const response = await under.request(`/tenants/${tenant}/fhir/${search}`)
    const bundle = must(parseJson(Buffer.from(await response.arrayBuffer()))) as JsonObject
    const found = ((bundle['entry'] ?? []) as JsonObject[]).map(entry => entry['resource'] as JsonObject)
    expect(found, search).to.have.length(truths.length === 0 ? 0 : 1)
    for (const truth of truths) expect(isTrue(truth, found[0]!), `${search}: ${truth}\n${JSON.stringify(found[0])}`).to.equal(true)
  }

  async function gaps(tenant: string): Promise<string[]> {
    const list = await under.get<{ gaps: { code: string }[] }>(`/api/terminology/gaps?tenant=${tenant}`)
    return list.gaps.map(({ code }) => code)
  }
})

function isTrue(expression: string, resource: JsonObject): boolean {
  const compiled = must(compile(expression, { type: String(resource['resourceType']) }))
  const { values } = must(compiled.run(resource, { clock: new ManualClock(0) }))
  return values.length === 1 && values[0]!.value === true
}
