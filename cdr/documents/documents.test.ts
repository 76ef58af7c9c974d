// Shared documents in the repository: made from committed reports, replaced by corrections, withdrawn, rebuilt the same, and read over the console by those who may.
import { hash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { documentChecker } from '#conformance/documents/check.ts'
import { readCda } from '#formats/cda/read.ts'
import { readStored } from '#formats/fhir/json/stored.ts'
import { ManualClock } from '#kernel/clock.ts'
import type { JsonObject } from '#kernel/json.ts'
import { must } from '#kernel/result.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { openDocuments } from '#mappings/cda/documents.ts'
import { reportResources, type SampleReport } from '#mappings/cda/sample-report.ts'
import { reportSamples, sampleCustodian } from '#mappings/cda/samples.ts'
import { consoleApp } from '#platform/http/api.ts'
import { openHttpServer } from '#platform/http/server.ts'
import { openLogger } from '#platform/observe/logger.ts'
import { openMetrics } from '#platform/observe/metrics.ts'
import { openTokens } from '#platform/security/tokens.ts'
import { blindIndex } from '#platform/storage/blind-index.ts'
import { openStorage } from '#platform/storage/embedded/open-storage.ts'
import { loadTerminology } from '#terminology/load.ts'
import { oidUse } from '#terminology/oid-registry.ts'
import { openExtractor } from '../index/extract.ts'
import { type Loose, listOf } from '../rest/test-client.ts'
import { openDraft, putsOf } from '../store/draft.ts'
import { replace } from '../store/replace.ts'
import { Follower, placeKind } from '../subscriptions/follower.ts'
import { checkKind, countKind, type DocumentCheck, setKind } from './document-set.ts'
import { documentFollower, documentFollowerName } from './follower.ts'
import { documentRoutes } from './routes.ts'

const { maps, dictionary } = must(loadTerminology())
const { writers, specs } = must(openDocuments({ codes: maps, book: dictionary }))
const checker = documentChecker({ specs, book: dictionary, knowsOid: oid => oidUse(oid, dictionary) !== undefined })
const parse = (body: Buffer) => readStored(body.toString('utf8'))
const key = Buffer.from('a key for tests, thirty-two bytes')
const sample = (name: string): SampleReport => reportSamples.find(each => each.name === name)!.report
const usual = sample('critical-values')
const corrected = sample('corrected')

/** A store with two tenants, a follower on the first, and the console routes on a socket. */
async function openHouse() {
  const directory = mkdtempSync(join(tmpdir(), 'huilian-documents-'))
  const clock = new ManualClock(Date.parse('2026-03-03T16:10:00+08:00'))
  const storage = must(await openStorage({ directory, clock }))
  for (const tenant of ['ZJJ', 'QPJW']) must(await storage.openTenant(tenant))
  const extract = openExtractor(blindIndex(key))
  const troubles: string[] = []
  const tools = { writers, checker, clock, extract, parse, custodian: () => sampleCustodian }
  const openFollower = () => new Follower(documentFollower('ZJJ', tools), { storage, onTrouble: (_, { code }) => void troubles.push(code) })
  let follower = openFollower()
  const reader = storage.reader({ principal: systemPrincipal('test'), tenants: ['ZJJ', 'QPJW'] })
  const tokens = openTokens(key, clock, () => true)
  const routes = documentRoutes({
    storage,
    clock,
    checker,
    specs,
    displayOf: (system, code) => dictionary.display(system, code),
    parse,
    cursorKey: key,
    roots: writers.map(({ root }) => root),
    place: tenant => (tenant === 'ZJJ' ? follower.place : undefined),
  })
  const app = consoleApp(routes, { tokens, tenants: () => storage.tenants(), onBug: error => Promise.reject(error) })
  const surface = { name: 'console', fits: () => true, handle: app }
  const server = await openHttpServer({ host: '127.0.0.1', port: 0 }, [surface], {
    logger: openLogger('fatal'),
    metrics: openMetrics(),
    now: () => clock.now(),
  })

  /** Commits resources as a source would, then lets the follower catch up when asked. */
  const put = async (resources: readonly JsonObject[], tenant = 'ZJJ') => {
    clock.advance(1_000)
    const names = resources.map(resource => ({ type: String(resource['resourceType']), id: String(resource['id']) }))
    const stored = must(await reader.read(names))
    const fact = { source: 'ZJJ-LIS', atMs: clock.now(), message: 1, mentioned: false }
    const puts = resources.flatMap((resource, i) => {
      const draft = openDraft(names[i]!.type, names[i]!.id, stored[i], parse)
      replace(draft, resource, fact)
      return putsOf(draft, clock.now(), extract)
    })
    must(await storage.commit({ tenant, cause: { by: 'system:test' }, resources: puts }))
  }
  const settle = async () => {
    for (;;) {
      follower.wake()
      await new Promise(resolve => setTimeout(resolve, 5))
      if (follower.place >= 0 && must(await reader.changes('ZJJ', follower.place, 1)).length === 0) return
    }
  }
  const references = async () => {
    const page = must(
      await reader.search({
        type: 'DocumentReference',
        where: { op: 'and', of: [] },
        sort: [{ param: '_id', kind: 'id', descending: false }],
        count: 100,
        total: 'none',
        at: {},
      }),
    )
    const list = page.entries.map(entry => ({ version: entry.version, resource: parse(entry.body) }))
    return list.sort((a, b) => (String(a.resource['date']) < String(b.resource['date']) ? -1 : 1))
  }
  const check = async (id: unknown) => JSON.parse(must(await reader.record('ZJJ', checkKind, String(id)))!.value) as DocumentCheck
  const original = async (reference: JsonObject) => must(await reader.document((await check(reference['id'])).sha256!))!.bytes
  const counts = async () => {
    const hour = Math.floor(clock.now() / 3_600_000)
    return Object.fromEntries(must(await reader.counts(countKind, hour - 1, hour + 1)).map(({ key: name, sum }) => [name, sum]))
  }
  const ask = async (
    path: string,
    options: {
      tenants?: readonly string[]
      scopes?: readonly string[]
      body?: string | Uint8Array
      post?: boolean
      language?: string
    } = {},
  ) => {
    const { tenants = ['ZJJ'], scopes = ['documents.read'], language = 'zh' } = options
    const token = await tokens.issue({ id: 'user:test', name: 'test', tenants, scopes })
    return fetch(`http://127.0.0.1:${server.port}${path}`, {
      method: options.post || options.body !== undefined ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, 'accept-language': language },
      ...(options.body !== undefined && { body: options.body as string }),
    })
  }
  const reopen = async () => {
    await follower.stop()
    follower = openFollower()
  }
  const close = async () => {
    await follower.stop()
    await server.close()
    await storage.close()
    rmSync(directory, { recursive: true, force: true })
  }
  return { storage, clock, reader, troubles, put, settle, references, check, original, counts, ask, reopen, close }
}

type House = Awaited<ReturnType<typeof openHouse>>

const statusOf = (list: Awaited<ReturnType<House['references']>>) => list.map(({ resource }) => resource['status'])
const idOf = (resource: JsonObject) => String(resource['id'])

describe('documents of committed reports', () => {
  let house: House
  beforeEach(async () => (house = await openHouse()))
  afterEach(() => house.close())

  it('are written, checked, registered and counted in one commit', async () => {
    await house.put(reportResources(usual))
    await house.settle()
    const { resource } = (await house.references())[0]!
    const bytes = await house.original(resource)
    const { document } = must(readCda(bytes))
    expect(resource).to.deep.include({ status: 'current', docStatus: 'final' })
    expect(resource['masterIdentifier']).to.deep.equal({ system: 'urn:oid:2.16.156.10011.1.1', value: document.id.extension })
    expect(document.id.extension).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    const [{ attachment }] = resource['content'] as unknown as [{ attachment: JsonObject }]
    expect(attachment).to.deep.include({
      contentType: 'text/xml',
      title: '检验报告',
      size: bytes.length,
      hash: hash('sha1', bytes, 'base64'),
    })
    expect((resource['subject'] as JsonObject)['reference']).to.match(/^Patient\//)
    expect(await house.check(resource['id'])).to.deep.include({ code: 'C0007', valid: true, errors: 0, warnings: 0, findings: [] })
    expect(await house.counts()).to.deep.equal({ 'C0007/produced': 1, 'C0007/valid': 1 })
    expect(house.troubles).to.deep.equal([])
  })

  it('are replaced by a correction: same set, higher number, the old one superseded and kept', async () => {
    await house.put(reportResources(usual))
    await house.settle()
    await house.put(reportResources(corrected))
    await house.settle()
    const list = await house.references()
    expect(statusOf(list)).to.deep.equal(['superseded', 'current'])
    const [old, fresh] = list.map(({ resource }) => resource) as [JsonObject, JsonObject]
    expect(fresh['relatesTo']).to.deep.equal([{ code: 'replaces', target: { reference: `DocumentReference/${old['id']}` } }])
    const [before, after] = [must(readCda(await house.original(old))).document, must(readCda(await house.original(fresh))).document]
    expect([before.version, after.version, after.setId]).to.deep.equal(['1', '2', before.setId])
    expect(after.replaces).to.deep.include({ id: before.id, version: '1' })
    expect((await house.original(fresh)).toString()).to.include('更正报告')
  })

  it('are not made again when the report says the same', async () => {
    await house.put(reportResources(usual))
    await house.settle()
    const [root] = reportResources(usual)
    await house.put([{ ...root!, media: [{ link: { reference: 'Media/m1' } }] }])
    await house.settle()
    expect(statusOf(await house.references())).to.deep.equal(['current'])
  })

  it('are withdrawn with the report, and made anew when it stands again', async () => {
    await house.put(reportResources(usual))
    await house.settle()
    await house.put(reportResources({ ...usual, status: 'cancelled' }))
    await house.settle()
    expect(statusOf(await house.references())).to.deep.equal(['entered-in-error'])
    await house.put(reportResources({ ...usual, status: 'final' }))
    await house.settle()
    const list = await house.references()
    expect(statusOf(list)).to.deep.equal(['entered-in-error', 'current'])
    expect(must(readCda(await house.original(list[1]!.resource))).document.version).to.equal('2')
  })

  it('are withdrawn when the report is deleted', async () => {
    const resources = reportResources(usual)
    await house.put(resources)
    await house.settle()
    const [stored] = must(await house.reader.read([{ type: 'DiagnosticReport', id: idOf(resources[0]!) }]))
    const none = { entries: [], patients: [], codes: [] }
    const gone = {
      type: 'DiagnosticReport',
      id: stored!.id,
      version: stored!.version,
      op: 'delete' as const,
      body: '',
      facts: '',
      opens: none,
      closes: none,
    }
    must(await house.storage.commit({ tenant: 'ZJJ', cause: { by: 'system:test' }, resources: [gone] }))
    await house.settle()
    expect(statusOf(await house.references())).to.deep.equal(['entered-in-error'])
  })

  it('are not owed for what is preliminary or not the laboratory’s', async () => {
    await house.put(reportResources({ ...usual, status: 'preliminary' }))
    const [root, ...related] = reportResources({ ...usual, number: '2603030005555' })
    await house.put([{ ...root!, category: [{ coding: [{ code: 'CT' }] }] }, ...related])
    await house.settle()
    expect(await house.references()).to.deep.equal([])
  })

  it('say what was true at their version, however late they are made', async () => {
    await house.put(reportResources(usual))
    await house.put(reportResources(corrected))
    await house.settle()
    const texts = await Promise.all((await house.references()).map(async ({ resource }) => (await house.original(resource)).toString()))
    expect(texts.map(text => [text.includes('5.10 mmol/L'), text.includes('2.3 mmol/L')])).to.deep.equal([
      [true, false],
      [false, true],
    ])
  })

  it('come out the same when everything remembered about them is lost', async () => {
    await house.put(reportResources(usual))
    await house.settle()
    await house.put(reportResources(corrected))
    await house.settle()
    const before = await house.references()
    const bytes = await Promise.all(before.map(({ resource }) => house.original(resource)))
    const counted = await house.counts()
    const forget = [
      { kind: placeKind, key: documentFollowerName, value: undefined },
      ...must(await house.reader.records('ZJJ', setKind, { limit: 10 })).map(({ key: name }) => ({
        kind: setKind,
        key: name,
        value: undefined,
      })),
      ...must(await house.reader.records('ZJJ', checkKind, { limit: 10 })).map(({ key: name }) => ({
        kind: checkKind,
        key: name,
        value: undefined,
      })),
    ]
    must(await house.storage.commit({ tenant: 'ZJJ', cause: { by: 'system:test' }, records: forget }))
    await house.reopen()
    await house.settle()
    expect(await house.references()).to.deep.equal(before)
    expect(await Promise.all(before.map(({ resource }) => house.original(resource)))).to.deep.equal(bytes)
    expect(await house.counts()).to.deep.equal(counted)
  })

  it('explain themselves when they cannot be written', async () => {
    const [root, ...related] = reportResources(usual)
    const result = Array.from({ length: 5_001 }, (_, i) => ({ reference: `Observation/none-${i}` }))
    await house.put([{ ...root!, result }, ...related])
    await house.settle()
    expect(await house.references()).to.deep.equal([])
    expect(await house.counts()).to.deep.equal({ 'C0007/failed': 1 })
    const answer = (await (await house.ask('/api/documents/problems')).json()) as Loose
    expect(answer['complete']).to.equal(true)
    expect(listOf(listOf(answer['problems'])[0]!['findings'])[0]!['fault']).to.deep.include({ code: 'document.too-much' })
  })
})

describe('documents over the console', () => {
  let house: House
  let id: string
  before(async () => {
    house = await openHouse()
    await house.put(reportResources(usual))
    await house.settle()
    await house.put(reportResources(corrected))
    await house.put(reportResources({ ...sample('inpatient-words') }))
    await house.put(reportResources({ ...usual, number: '2603030007777' }), 'QPJW')
    await house.settle()
    const current = (await house.references()).find(({ resource }) => resource['status'] === 'current')!
    id = idOf(current.resource)
  })
  after(() => house.close())

  it('are listed by patient, type and status, page by page', async () => {
    const list = async (query: string) =>
      (await (await house.ask(`/api/documents${query}`)).json()) as { documents: Record<string, unknown>[]; next?: string }
    const all = (await list('')).documents
    expect(all).to.have.length(3)
    expect(all[0]).to.deep.include({
      tenant: 'ZJJ',
      code: 'C0007',
      title: '检验报告',
      status: 'current',
      checked: { valid: true, errors: 0, warnings: 0 },
    })
    const { patient } = all.find(row => row['id'] === id)!
    expect((await list(`?patient=${patient}`)).documents).to.have.length(2)
    expect((await list(`?patient=${patient}&status=superseded`)).documents).to.have.length(1)
    expect((await list('?type=C0006')).documents).to.deep.equal([])
    const first = await list('?limit=2')
    const second = await list(`?limit=2&page=${encodeURIComponent(first.next!)}`)
    expect([...first.documents, ...second.documents].map(row => row['id'])).to.deep.equal(all.map(row => row['id']))
    expect((await house.ask('/api/documents?patient=../x')).status).to.equal(400)
    expect((await house.ask(`/api/documents?limit=3&page=${encodeURIComponent(first.next!)}`)).status).to.equal(400)
  })

  it('are handed out byte for byte, and the look at them is audited', async () => {
    const answer = await house.ask(`/api/documents/ZJJ/${id}/xml`)
    expect([answer.status, answer.headers.get('content-type')]).to.deep.equal([200, 'text/xml; charset=utf-8'])
    const [stored] = must(await house.reader.read([{ type: 'DocumentReference', id }]))
    expect(Buffer.from(await answer.arrayBuffer()).equals(await house.original(parse(stored!.body)))).to.equal(true)
    for (let tries = 0; tries < 100; tries++) {
      const trail = must(await house.reader.auditTrail({ action: 'view-document', limit: 10 }))
      if (trail.length === 0) await new Promise(resolve => setTimeout(resolve, 10))
      else return expect(trail[0]).to.deep.include({ principal: 'user:test', subject: `DocumentReference/${id}`, outcome: 'success' })
    }
    expect.fail('no audit entry')
  })

  it('are read as a page, numbers of the person starred', async () => {
    const page = (await (await house.ask(`/api/documents/ZJJ/${id}/page`)).json()) as Loose
    expect(listOf(page['sections']).map(each => each['title'])).to.deep.equal(['诊断记录', '实验室检查', '检验报告'])
    const facts = listOf(page['header']).flatMap(group => listOf(group['facts']))
    expect(facts).to.deep.include.members([
      { key: 'id.2.16.156.10011.1.3', name: { zh: '身份证号', en: 'Identity card' }, value: '990118********0051' },
    ])
  })

  it('tell their findings, and are checked again', async () => {
    const findings = await (await house.ask(`/api/documents/ZJJ/${id}/findings`)).json()
    expect(findings).to.deep.include({ code: 'C0007', title: '检验报告', valid: true, errors: 0 })
    const again = await house.ask(`/api/documents/ZJJ/${id}/check`, { post: true })
    expect(await again.json()).to.deep.include({ valid: true, errors: 0 })
    expect(must(await house.reader.record('ZJJ', checkKind, id))!.version).to.equal(2)
  })

  it('count what was produced, and how far production has come', async () => {
    const { types, progress } = (await (await house.ask('/api/documents/production', { tenants: ['ZJJ', 'QPJW'] })).json()) as Loose
    expect(types).to.deep.equal([{ tenant: 'ZJJ', code: 'C0007', title: '检验报告', produced: 3, valid: 3, failed: 0 }])
    const place = listOf(progress).find(row => String(row['tenant']) === 'ZJJ')!['place']
    expect(progress).to.deep.equal([{ tenant: 'QPJW' }, { tenant: 'ZJJ', place, waiting: 0, more: false }])
  })

  it('of another tenant look as if there were none', async () => {
    for (const path of [
      `/api/documents/ZJJ/${id}/xml`,
      `/api/documents/ZJJ/${id}/page`,
      '/api/documents/ZJJ/no-such/xml',
      `/api/documents/NONE/${id}/xml`,
    ]) {
      const answer = await house.ask(path, { tenants: ['QPJW'] })
      expect([answer.status, ((await answer.json()) as { code: string }).code], path).to.deep.equal([404, 'document.unknown'])
    }
    expect(await (await house.ask('/api/documents', { tenants: ['QPJW'] })).json()).to.deep.equal({ documents: [] })
  })

  it('need the right', async () => {
    for (const path of ['/api/documents', `/api/documents/ZJJ/${id}/xml`])
      expect((await house.ask(path, { scopes: ['patients.read'] })).status).to.equal(403)
  })

  it('that are sent are checked and not kept', async () => {
    const sound = await (await house.ask(`/api/documents/ZJJ/${id}/xml`)).text()
    const commits = must(await house.reader.now())
    const bodies: [string, string | Buffer, Record<string, unknown>][] = [
      ['sound', sound, { code: 'C0007', valid: true }],
      ['wrong', sound.replace('code="zh-CN"', 'code="en"'), { valid: false, errors: 1 }],
      ['hostile', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', { valid: false, errors: 1 }],
      ['nothing', '', { valid: false, errors: 1 }],
      ['random', Buffer.from([0xff, 0xfe, 0x00, 0x41]), { valid: false, errors: 1 }],
    ]
    for (const [what, body, expected] of bodies) {
      const answer = await house.ask('/api/documents/check', { body, post: true, language: 'en' })
      expect([what, answer.status]).to.deep.equal([what, 200])
      expect(await answer.json(), what).to.deep.include(expected)
    }
    expect(must(await house.reader.now())).to.deep.equal(commits)
  })
})
