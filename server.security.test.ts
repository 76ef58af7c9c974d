// Nobody sees or sends what is not theirs: no anonymous access, tenants apart, senders bound to addresses, bodies behind a right of their own (architecture section 5).
import { expect } from 'chai'
import { type Answer, adminSecret, type Found, hl7, ServerUnderTest } from './server-under-test.ts'

type Description = { readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly security?: readonly unknown[] }>>>> }

const admit = (facility: string, number: string, control = `S${number}`) =>
  hl7(
    'ADT^A04',
    { control, facility, application: `${facility}-HIS` },
    'EVN|A04|20261101080000',
    `PID|1||${number}^^^${facility}^MR||陈珅^^^^^^L||19800506|2`,
    `PV1|1|O|Z01^^^${facility}||||D01^李誠|||Z01|||||||||M${number}`,
  )

const json = (body: unknown) => ({ method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })

/** What anybody may ask. */
const open = ['GET /api/openapi.json', 'GET /api/login-options', 'POST /api/session', 'DELETE /api/session']

describe('who has no token', () => {
  let under: ServerUnderTest
  let description: Description
  before(async () => {
    under = await ServerUnderTest.start()
    description = (await (await fetch(`${under.origin}/api/openapi.json`)).json()) as Description
  })
  after(() => under.stop())

  it('is refused by every route of the console but those that are open', async () => {
    const routes = Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map(method => ({ method: method.toUpperCase(), path })),
    )
    expect(routes.length).to.be.greaterThan(40)
    const answered: string[] = []
    for (const { method, path } of routes) {
      const response = await fetch(`${under.origin}${path.replace(/\{\w+\}/g, 'x')}`, {
        method,
        ...(method === 'GET' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } }),
      })
      if (response.status !== 401) answered.push(`${method} ${path}`)
    }
    expect(answered.filter(route => !open.includes(route))).to.deep.equal([])
  })

  it('is refused by every door of the FHIR API but the capability statement', async () => {
    const doors = ['Patient', 'Patient/1', 'Patient/1/_history', 'Patient/1/$everything', '_history', 'Patient/_search', '$fhirpath']
    for (const mount of ['/fhir', '/tenants/ZJJ/fhir'])
      for (const door of doors)
        for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']) {
          const response = await fetch(`${under.origin}${mount}/${door}`, { method })
          expect(response.status, `${method} ${mount}/${door}`).to.equal(401)
        }
    expect((await fetch(`${under.origin}/fhir/metadata`)).status).to.equal(200)
  })

  it('is refused with another’s token, a changed one, and one that has been used up', async () => {
    const token = await under.token()
    const [head, body, signature] = token.split('.') as [string, string, string]
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>
    const widened = Buffer.from(JSON.stringify({ ...claims, sub: 'root' })).toString('base64url')
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
    for (const forged of [`${head}.${widened}.${signature}`, `${none}.${body}.`, `${head}.${body}.AAAA`, 'x', '']) {
      const response = await fetch(`${under.origin}/fhir/Patient`, { headers: { authorization: `Bearer ${forged}` } })
      expect(response.status).to.equal(401)
    }
  })
})

describe('who signs in to the portal', () => {
  let under: ServerUnderTest
  before(async () => {
    under = await ServerUnderTest.start()
    await under.post('/api/users', {
      name: 'gu',
      displayName: '顾医生',
      tenants: ['DEFAULT'],
      roles: ['clinician'],
      password: 'Wisteria-7',
    })
  })
  after(() => under.stop())

  const signIn = (name: string, password: string) =>
    fetch(`${under.origin}/api/session`, {
      method: 'POST',
      body: JSON.stringify({ name, password }),
      headers: { 'content-type': 'application/json' },
    })

  it('is the administrator, with the secret, even where there is no user yet', async () => {
    const response = await signIn('admin', adminSecret)
    expect(response.status).to.equal(200)
    const cookie = response.headers.get('set-cookie')!
    expect(cookie).to.match(/HttpOnly; SameSite=Strict/)
    const session = await fetch(`${under.origin}/api/session`, { headers: { cookie: cookie.split(';')[0]! } })
    expect(((await session.json()) as { rights: string[] }).rights).to.include('admin')
    expect((await signIn('admin', 'guess')).status).to.equal(401)
  })

  it('is locked out for a while after five wrong passwords, and nobody else with him', async () => {
    expect((await signIn('gu', 'Wisteria-7')).status).to.equal(200)
    for (let i = 0; i < 5; i++) expect((await signIn('gu', `wrong ${i}`)).status).to.equal(401)
    const locked = await signIn('gu', 'Wisteria-7')
    expect([locked.status, ((await locked.json()) as { code: string }).code]).to.deep.equal([403, 'auth.locked'])
    expect((await signIn('admin', adminSecret)).status).to.equal(200)
  })

  it('has no password that is easily guessed', async () => {
    const user = { name: 'li', displayName: '李', tenants: ['DEFAULT'], roles: ['clinician'] }
    for (const password of ['short-1', 'alllowercase', 'Li-li-li-1', '12345678'])
      expect((await under.request('/api/users', json({ ...user, password }))).status, password).to.equal(400)
  })
})

describe('tenants', () => {
  let under: ServerUnderTest
  let psychiatric: (path: string, init?: RequestInit) => Promise<Response>
  let sent: Answer
  let patient: Found
  before(async () => {
    under = await ServerUnderTest.start()
    sent = await under.send(admit('ZJJ', '910001'))
    await under.send(admit('QPJW', '910001'))
    patient = (await under.find('Patient?identifier=910001', 'ZJJ'))[0]!
    psychiatric = await under.as({ tenants: ['QPJW'], scopes: ['system/*.*', 'messages.read', 'patients.read', 'documents.read'] })
  })
  after(() => under.stop())

  it('are told apart by the sending facility', async () => {
    expect((await under.find('Patient?identifier=910001', 'ZJJ')).length).to.equal(1)
    expect((await under.find('Patient?identifier=910001', 'QPJW')).length).to.equal(1)
    expect((await under.find('Patient?identifier=910001')).length).to.equal(2)
  })

  it('do not see each other over FHIR, neither counts nor existence', async () => {
    const found = (await (await psychiatric('/fhir/Patient?identifier=910001&_total=accurate')).json()) as { total: number }
    expect(found.total).to.equal(1)
    expect((await psychiatric(`/fhir/Patient/${patient.id}`)).status).to.equal(404)
    expect((await psychiatric(`/fhir/Patient/${patient.id}/$everything`)).status).to.equal(404)
    expect((await psychiatric(`/fhir/Patient/${patient.id}/_history`)).status).to.equal(404)
    expect((await psychiatric('/tenants/ZJJ/fhir/Patient')).status).to.equal(403)
    const missing = await (await psychiatric('/tenants/NOWHERE/fhir/Patient')).text()
    expect((await (await psychiatric('/tenants/ZJJ/fhir/Patient')).text()).replaceAll('ZJJ', 'NOWHERE')).to.equal(missing)
  })

  it('do not see each other in the console', async () => {
    const list = (await (await psychiatric('/api/messages?limit=100')).json()) as { messages: { id: string }[] }
    expect(list.messages.map(({ id }) => id.split('-')[0])).to.deep.equal(['QPJW'])
    expect((await psychiatric(`/api/messages/${sent.name}`)).status).to.equal(404)
    expect((await psychiatric(`/api/patients/ZJJ/${patient.id}`)).status).to.equal(404)
    const people = (await (await psychiatric('/api/patients?q=910001')).json()) as { patients: { tenant: string }[] }
    expect(people.patients.map(({ tenant }) => tenant)).to.deep.equal(['QPJW'])
  })

  it('show the bytes of messages only to who may see them', async () => {
    const own = ((await (await psychiatric('/api/messages')).json()) as { messages: { id: string }[] }).messages[0]!
    expect((await psychiatric(`/api/messages/${own.id}/raw`)).status).to.equal(403)
    const trusted = await under.as({ tenants: ['QPJW'], scopes: ['messages.read', 'message-bodies.read'] })
    expect((await trusted(`/api/messages/${own.id}/raw`)).status).to.equal(200)
    expect((await trusted(`/api/messages/${sent.name}/raw`)).status).to.equal(404)
  })

  it('are not written to by who belongs elsewhere', async () => {
    const body = JSON.stringify({ resourceType: 'Patient', id: patient.id })
    const put = { method: 'PUT', body, headers: { 'content-type': 'application/fhir+json' } }
    expect((await psychiatric(`/tenants/ZJJ/fhir/Patient/${patient.id}`, put)).status).to.equal(403)
    expect((await psychiatric(`/fhir/Patient/${patient.id}`, { ...put, headers: { ...put.headers, 'x-tenant': 'ZJJ' } })).status).to.equal(
      403,
    )
    expect((await under.find(`Patient/${patient.id}/_history`, 'ZJJ')).length).to.equal(1)
  })

  it('give a reader nothing to write with', async () => {
    const reader = await under.as({ tenants: ['ZJJ'], scopes: ['system/Patient.read'] })
    expect((await reader(`/fhir/Patient/${patient.id}`)).status).to.equal(200)
    expect((await reader(`/fhir/Observation`)).status).to.equal(403)
    const deleted = await reader(`/fhir/Patient/${patient.id}`, { method: 'DELETE' })
    expect(deleted.status).to.equal(403)
  })
})

describe('a facility that is bound to addresses', () => {
  it('is quarantined when it sends from elsewhere, and its message is taken once it is bound there', async () => {
    const under = await ServerUnderTest.start()
    const bind = (addresses: string[]) =>
      under.put('/api/facilities/ZJJ', { tenant: 'ZJJ', name: '朱家角人民医院', names: ['ZJJ'], addresses })
    await bind(['10.1.2.3'])
    const refused = await under.send(admit('ZJJ', '920001'))
    expect(refused.code).to.equal('AR')
    const { message } = await under.get<{ message: { status: string } }>(`/api/messages/${refused.name}`)
    expect(message.status).to.equal('quarantined')
    expect(await under.find('Patient?identifier=920001')).to.deep.equal([])
    await bind(['127.0.0.1'])
    const replayed = await under.post<{ status: string }>(`/api/messages/${refused.name}/replay`, {})
    expect(replayed.status).to.equal('processed')
    expect((await under.find('Patient?identifier=920001', 'ZJJ')).length).to.equal(1)
    await under.stop()
  })
})

describe('every look at a patient', () => {
  it('stands in the audit trail, with who, what and from where, and with no number in it', async () => {
    const under = await ServerUnderTest.start()
    await under.send(admit('ZJJ', '930001'))
    const [patient] = await under.find('Patient?identifier=930001', 'ZJJ')
    await under.request(`/tenants/ZJJ/fhir/Patient/${patient!.id}`)
    await new Promise(resolve => setTimeout(resolve, 300))
    const { entries } = await under.get<{ entries: { principal: string; action: string; subject: string; remote: string }[] }>(
      '/api/audit/ZJJ',
    )
    const read = entries.find(entry => entry.action === 'read')
    expect(read).to.include({ principal: 'client:admin', subject: `Patient/${patient!.id}`, remote: '127.0.0.1' })
    expect(JSON.stringify(entries)).not.to.include('930001')
    await under.stop()
  })
})
