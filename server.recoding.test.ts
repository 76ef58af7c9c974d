// Filling a gap in the code maps brings what is stored already up to it, as a job that survives a restart.
import { expect } from 'chai'
import { must } from '#kernel/result.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { type Found, hl7, ServerUnderTest } from './server-under-test.ts'

const items = 'https://huilian.example/fhir/CodeSystem/zjj-lis-item'
const reports = 230
const scope = { principal: systemPrincipal('test'), tenants: ['ZJJ'] }

const report = (number: number, value = '6.12', unit = '×10\\S\\9/L') =>
  hl7(
    'ORU^R01',
    { control: `R${number}`, time: '20261101093000', application: 'ZJJ-LIS' },
    `PID|1||77${number}^^^ZJJ^MR||陈珅^^^^^^L||19800506|2`,
    `PV1|1|O||||||||Z01|||||||||M77${number}`,
    `ORC|RE|JY${number}|L${number}`,
    `OBR|1|JY${number}|L${number}|CBC^血常规^PANEL|||20261101090000|||||||||||||||20261101093000||LAB|F`,
    `OBX|1|NM|WBC-X^白细胞计数（新仪器）^ITEM||${value}|${unit}|3.50-9.50|N|||F|||20261101090000`,
  )

type Job = { id: string; state: string; stage: number; stages: number; seen: number; changed: number; by: string }
type Coded = Found & { readonly code: { readonly coding: readonly { readonly system: string; readonly code: string }[] } }

describe('filling a gap', () => {
  let under: ServerUnderTest
  before(async () => {
    under = await ServerUnderTest.start()
    for (let number = 1000; number < 1000 + reports; number += 46)
      await Promise.all(Array.from({ length: 46 }, (_, at) => under.exchange([framed(report(number + at))])))
    await under.settled()
  })
  after(() => under.stop())

  const results = async (query: string) => (await under.find(`Observation?${query}&_count=200`, 'ZJJ')) as Coded[]
  const jobs = async () => (await under.get<{ recodings: Job[] }>('/api/terminology/recodings?tenant=ZJJ')).recodings
  const ended = async (id: string): Promise<Job> => {
    for (;;) {
      const job = (await jobs()).find(each => each.id === id)!
      if (job.state !== 'running') return job
      await new Promise(resolve => setTimeout(resolve, 10))
    }
  }
  const fill = (body: object) => under.post<{ recoding?: Job }>('/api/terminology/gaps/ZJJ', body)
  const target = { system: 'http://loinc.org', code: '6690-2' }

  it('lists the code as a gap while no map knows it', async () => {
    const { gaps } = await under.get<{ gaps: { code: string; element: string; count: number }[] }>('/api/terminology/gaps?tenant=ZJJ')
    expect(gaps.find(gap => gap.code === 'WBC-X')).to.include({ element: 'Observation.code', count: reports })
    expect(await results(`code=${target.system}|${target.code}`)).to.have.length(0)
  })

  it('writes the standard code beside the stored one, as new versions that are found by it', async () => {
    const { recoding } = await fill({ map: 'zjj-lis-item-to-loinc', system: items, code: 'WBC-X', target })
    const job = await ended(recoding!.id)
    expect(job).to.include({ state: 'done', changed: reports, by: 'client:admin' })
    const found = await results(`code=${target.system}|${target.code}`)
    expect(found).to.have.length(200)
    expect(found[0]!.code.coding.map(({ system, code }) => `${system}|${code}`)).to.deep.equal([
      `${items}|WBC-X`,
      'http://loinc.org|6690-2',
    ])
    expect(found[0]!.meta.versionId).to.equal('2')
  })

  it('leaves the facts to the LIS: a correction of a result goes on as if nothing had been', async () => {
    await under.send(report(1000, '6.13').replace('|R1000|', '|R1000C|'))
    const [patient] = await under.find('Patient?identifier=771000', 'ZJJ')
    const [observation] = (await results(`subject=Patient/${patient!.id}`)) as (Coded & { valueQuantity: { value: number } })[]
    expect(observation!.valueQuantity.value).to.equal(6.13)
    expect(observation!.meta.versionId).to.equal('3')
    expect(observation!.code.coding).to.have.length(2)
  })

  it('changes nothing when it is done again', async () => {
    const again = await under.post<Job>('/api/terminology/recodings/ZJJ', { system: items, code: 'WBC-X' })
    expect(await ended(again.id)).to.include({ state: 'done', changed: 0 })
  })

  it('reaches elements that no search does: a printed unit', async () => {
    await under.send(report(2000, '6120', '个/微升'))
    const system = 'https://huilian.example/fhir/CodeSystem/printed-unit'
    const unit = { system: 'http://unitsofmeasure.org', code: '/uL' }
    const { recoding } = await fill({ map: 'unit-to-ucum', system, code: '个/微升', target: unit })
    expect(await ended(recoding!.id)).to.include({ state: 'done', changed: 1 })
    const [patient] = await under.find('Patient?identifier=772000', 'ZJJ')
    const [observation] = (await results(`subject=Patient/${patient!.id}`)) as (Coded & { valueQuantity: object })[]
    expect(observation!.valueQuantity).to.include({ unit: '个/微升', code: '/uL' })
  })

  it('works on the messages again where a plan itself translates the code', async () => {
    const admission = hl7(
      'ADT^A04',
      { control: 'Q1', application: 'QPJW-HIS', facility: 'QPJW' },
      'EVN|A04|20261101080000',
      'PID|1||Q000001^^^QPJW^MR||陈^珅^^^^^L||19800506|F||||||||77',
      'PV1|1|O|Q01^^^QPJW||||Q01D06^孙英|||Q01|||||||||MQ000001',
    )
    await under.send(admission)
    const decision = {
      map: 'gb-2261-2-to-marital-status',
      system: 'urn:oid:2.16.156.10011.2.3.3.5',
      code: '77',
      target: { system: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', code: 'D' },
    }
    const { recoding } = await under.post<{ recoding: Job }>('/api/terminology/gaps/QPJW', decision)
    for (let state = 'running'; state === 'running'; ) {
      const { recodings } = await under.get<{ recodings: Job[] }>('/api/terminology/recodings?tenant=QPJW')
      state = recodings.find(({ id }) => id === recoding.id)!.state
      if (state === 'running') await new Promise(resolve => setTimeout(resolve, 10))
    }
    const [patient] = (await under.find('Patient?identifier=Q000001', 'QPJW')) as (Found & {
      maritalStatus: { coding: { code: string }[] }
    })[]
    expect(patient!.maritalStatus.coding.map(({ code }) => code)).to.deep.equal(['D', '77'])
  })

  it('is written down: who decided, and each batch', async () => {
    const { entries } = await under.get<{ entries: { action: string; principal: string; detail?: string }[] }>(
      '/api/audit/ZJJ?action=recode',
    )
    expect(entries.some(({ principal }) => principal === 'client:admin')).to.equal(true)
    const batches = entries.filter(({ principal }) => principal === 'system:recoding')
    expect(batches.map(({ detail }) => detail)).to.include.members(['200 resources', `${reports - 200} resources`])
  })

  it('starts no job for a code that is decided to have no target', async () => {
    await under.send(report(3000, '1').replace('WBC-X^', 'ODD^'))
    expect(await fill({ map: 'zjj-lis-item-to-loinc', system: items, code: 'ODD', target: null })).to.deep.equal({})
  })

  it('goes on after a restart with what was under way', async () => {
    const [last] = await jobs()
    const record = await under.server.storage.reader(scope).record('ZJJ', 'recoding', last!.id)
    const { endedAtMs: _, ...job } = JSON.parse(must(record)!.value)
    const cut = { ...job, id: `${last!.id}cut`, state: 'running', stage: 1, seen: 7 }
    const records = [{ kind: 'recoding', key: cut.id, value: JSON.stringify(cut) }]
    must(await under.server.storage.commit({ tenant: 'ZJJ', cause: { by: 'system:test' }, records }))
    await under.stop(true)
    under = await ServerUnderTest.start({ dataDir: under.directory })
    const { state, stage, stages, seen } = await ended(cut.id)
    expect([state, stage, seen > 7]).to.deep.equal(['done', stages, true])
  })

  it('is refused for a tenant that the caller does not see', async () => {
    const stranger = await under.as({ tenants: ['QPJW'], scopes: ['terminology.write', 'terminology.read'] })
    const response = await stranger('/api/terminology/recodings/ZJJ', {
      method: 'POST',
      body: JSON.stringify({ system: items, code: 'WBC-X' }),
      headers: { 'content-type': 'application/json' },
    })
    expect(response.status).to.equal(403)
  })
})

function framed(message: string): Buffer {
  return Buffer.concat([Buffer.from([0x0b]), Buffer.from(message), Buffer.from([0x1c, 0x0d])])
}
