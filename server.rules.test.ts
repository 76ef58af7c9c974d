// The rules of the house, told by messages over real sockets: each test reads like its rule (architecture section 3).
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { channelFolder, type Found, hl7, ServerUnderTest } from './server-under-test.ts'

const pid = (number: string, name = '陈珅', more = '19800506|2') => `PID|1||${number}^^^ZJJ^MR||${name}^^^^^^L||${more}`
const pv1 = (visit: string, more = '') => `PV1|1|O|Z01^^^ZJJ||||Z01D01^李誠|||Z01|||||||||${visit}${more}`
const evn = (trigger: string, time: string) => `EVN|${trigger}|${time}`
const admit = (control: string, number: string, time: string, name?: string, more?: string) =>
  hl7('ADT^A04', { control, time }, evn('A04', time), pid(number, name, more), pv1(`M${number}`))
const update = (control: string, number: string, time: string, name?: string, more?: string) =>
  hl7('ADT^A08', { control, time }, evn('A08', time), pid(number, name, more), pv1(`M${number}`))
const result = (control: string, number: string, value: string, status = 'F', time = '20261101093000', more = '19800506|2') =>
  hl7(
    'ORU^R01',
    { control, time, application: 'ZJJ-LIS' },
    pid(number, '陈珅', more),
    pv1(`M${number}`),
    `ORC|RE|JY${number}|B${number}`,
    `OBR|1|JY${number}|B${number}|RFT^肾功能^ZJJ-LIS|||20261101090000|||||||||||||||${time}||LAB|${status}`,
    `OBX|1|NM|CREA^肌酐^ZJJ-LIS||${value}|umol/L|41-73|N|||${status}|||20261101090000`,
  )

describe('a message and what becomes of it', () => {
  let under: ServerUnderTest
  before(async () => {
    under = await ServerUnderTest.start()
  })
  after(() => under.stop())

  const patient = async (number: string) => (await under.find(`Patient?identifier=${number}`, 'ZJJ'))[0] as Found
  const creatinine = async (number: string) =>
    (
      await under.find(
        `Observation?patient.identifier=x&_count=1`.replace('patient.identifier=x', `subject=Patient/${(await patient(number)).id}`),
        'ZJJ',
      )
    )[0] as Found
  const versions = async (resource: Found) => (await under.find(`${resource.resourceType}/${resource.id}/_history`, 'ZJJ')) as Found[]

  it('is kept with its exact bytes under the name that the acknowledgement gives', async () => {
    const bytes = Buffer.from(admit('K1', '770001', '20261101080000'))
    const answer = await under.send(bytes)
    expect(answer.code).to.equal('AA')
    const raw = await under.request(`/api/messages/${answer.name}/raw`)
    expect(Buffer.from(await raw.arrayBuffer()).equals(bytes)).to.equal(true)
    const life = await under.get<{ message: { status: string }; effects: { type: string; op: string }[] }>(`/api/messages/${answer.name}`)
    expect(life.message.status).to.equal('processed')
    expect(life.effects.map(effect => effect.type)).to.include.members(['Patient', 'Encounter'])
  })

  it('sent again with another MSH-7 gets the first acknowledgement and has no effect', async () => {
    const first = admit('K2', '770002', '20261101080000')
    await under.send(first)
    const again = await under.send(first.replace('|20261101080000||ADT', '|20261101081500||ADT'))
    expect(again.code).to.equal('AA')
    const life = await under.get<{ message: { status: string; duplicateOf: string }; effects: unknown[] }>(`/api/messages/${again.name}`)
    expect(life.message.status).to.equal('duplicate')
    expect(life.effects).to.deep.equal([])
    expect((await versions(await patient('770002'))).length).to.equal(1)
  })

  it('with the same control id and another body is no duplicate', async () => {
    await under.send(admit('K3', '770003', '20261101080000'))
    await under.send(update('K3', '770003', '20261101090000', '陈珅', '19800507|2'))
    expect((await patient('770003'))['birthDate']).to.equal('1980-05-07')
  })

  it('leaves what it does not state and clears what it states as ""', async () => {
    await under.send(
      hl7('ADT^A04', { control: 'K4' }, evn('A04', '20261101080000'), `${pid('770004')}|||||12000000004^PRN^CP`, pv1('M770004')),
    )
    await under.send(update('K4b', '770004', '20261101083000'))
    expect((await patient('770004'))['telecom']).to.have.length(1)
    await under.send(
      hl7('ADT^A08', { control: 'K4c', time: '20261101084500' }, evn('A08', '20261101084500'), `${pid('770004')}|||||""`, pv1('M770004')),
    )
    expect((await patient('770004'))['telecom']).to.equal(undefined)
  })

  it('that is late goes to history and never over newer news', async () => {
    await under.send(admit('K5', '770005', '20261101080000'))
    await under.send(update('K5b', '770005', '20261101120000', '陈珅', '19800509|2'))
    await under.send(update('K5c', '770005', '20261101100000', '陈珅', '19800508|2'))
    const now = await patient('770005')
    expect(now['birthDate']).to.equal('1980-05-09')
    const dates = (await versions(now)).map(version => version['birthDate'])
    expect(dates).to.deep.equal(['1980-05-09', '1980-05-08', '1980-05-09', '1980-05-06'])
  })

  it('from the LIS makes a provisional patient, whom the HIS then owns', async () => {
    await under.send(result('K6', '770006', '66.0', 'F', '20261101093000', '19800506|1'))
    const provisional = await patient('770006')
    expect(provisional.meta.tag?.map(tag => tag.code)).to.deep.equal(['provisional'])
    await under.send(admit('K6b', '770006', '20261101080000'))
    const owned = await patient('770006')
    expect(owned.id).to.equal(provisional.id)
    expect(owned['gender']).to.equal('female')
    expect(owned.meta.tag ?? []).to.deep.equal([])
    await under.send(result('K6c', '770006', '67.0', 'C', '20261101110000', '19800506|1'))
    expect((await patient('770006'))['gender']).to.equal('female')
  })

  it('that corrects a result makes a new version of the same result, linked to its order', async () => {
    await under.send(result('K7', '770007', '5.10', 'P', '20261101093000'))
    const first = await creatinine('770007')
    expect(first['status']).to.equal('preliminary')
    await under.send(result('K7b', '770007', '5.20', 'C', '20261101100000'))
    const corrected = await creatinine('770007')
    expect(corrected.id).to.equal(first.id)
    expect([corrected['status'], corrected.meta.versionId]).to.deep.equal(['corrected', '2'])
    const raw = await (await under.request(`/tenants/ZJJ/fhir/Observation/${first.id}/_history/1`)).text()
    expect(raw, 'decimals as received').to.include('"value":5.10')
    expect((corrected['basedOn'] as unknown[]).length).to.equal(1)
  })

  it('replayed under the same plan changes nothing', async () => {
    const { name } = await under.send(admit('K8', '770008', '20261101080000'))
    const outcome = await under.post<{ status: string; resources: string[] }>(`/api/messages/${name}/replay`, {})
    expect([outcome.status, outcome.resources]).to.deep.equal(['processed', []])
    expect((await versions(await patient('770008'))).length).to.equal(1)
  })

  it('can be sent by HTTP and waited for, and previewed without a trace in the store', async () => {
    const sent = await under.post<{ id: string; ack: string; status: string; resources: string[] }>(
      '/api/channels/zjj-his/messages?wait=true',
      Buffer.from(admit('K9', '770009', '20261101080000')),
    )
    expect([sent.ack, sent.status]).to.deep.equal(['AA', 'processed'])
    expect(sent.resources.some(name => name.startsWith('Patient/'))).to.equal(true)
    const preview = await under.post<{ bundle: { entry: unknown[] }; trace: { path: string; sources: string[] }[]; unmapped: string[] }>(
      '/api/mappings/preview?source=hl7v2&channel=zjj-his',
      Buffer.from(admit('K10', '770010', '20261101080000')),
    )
    expect(preview.bundle.entry.length).to.be.greaterThan(1)
    expect(preview.trace.find(entry => entry.path === 'birthDate')?.sources).to.deep.equal(['PID[1]-7[1]'])
    expect(await under.find('Patient?identifier=770010', 'ZJJ')).to.deep.equal([])
  })
})

describe('patients who turn out to be one', () => {
  let under: ServerUnderTest
  before(async () => {
    under = await ServerUnderTest.start()
    await under.send(admit('M1', '880001', '20261101080000'))
    await under.send(admit('M2', '880002', '20261101080000'))
    await under.send(result('M3', '880002', '60.0'))
    await under.send(
      hl7('ADT^A40', { control: 'M4', time: '20261101100000' }, evn('A40', '20261101100000'), pid('880001'), 'MRG|880002^^^ZJJ^MR'),
    )
  })
  after(() => under.stop())

  const byNumber = async (number: string) => (await under.find(`Patient?identifier=${number}`, 'ZJJ')) as Found[]
  const observationsOf = async (id: string) => (await under.find(`Observation?subject=Patient/${id}`, 'ZJJ')) as Found[]

  it('keep both histories, and no reference is rewritten', async () => {
    const [survivor] = await byNumber('880001')
    const [retired] = await byNumber('880002')
    expect(retired!['active']).to.equal(false)
    const [observation] = await observationsOf(survivor!.id)
    expect((observation!['subject'] as { reference: string }).reference).to.equal(`Patient/${retired!.id}`)
  })

  it('are found together under the survivor', async () => {
    const [survivor] = await byNumber('880001')
    expect((await observationsOf(survivor!.id)).length).to.equal(1)
  })

  it('give a late message on the old number to the survivor', async () => {
    await under.send(hl7('ADT^A04', { control: 'M5', time: '20261101110000' }, evn('A04', '20261101110000'), pid('880002'), pv1('M990002')))
    const [survivor] = await byNumber('880001')
    const visits = (await under.find('Encounter?identifier=M990002', 'ZJJ')) as Found[]
    expect((visits[0]!['subject'] as { reference: string }).reference).to.equal(`Patient/${survivor!.id}`)
    expect(survivor!['active']).not.to.equal(false)
    const [retired] = await byNumber('880002')
    expect(retired!['active']).to.equal(false)
  })

  it('are two again when the merge is taken back', async () => {
    const [survivor] = await byNumber('880001')
    const [retired] = await byNumber('880002')
    await under.post(`/api/identity/merges/ZJJ/${survivor!.id}/${retired!.id}/undo`, {})
    expect(await observationsOf(survivor!.id)).to.deep.equal([])
    expect((await byNumber('880002')).some(patient => patient['active'] === true)).to.equal(true)
    await under.send(
      hl7(
        'ADT^A08',
        { control: 'M6', time: '20261101120000' },
        evn('A08', '20261101120000'),
        pid('880002', '陈珅', '19800509|2'),
        pv1('M880002'),
      ),
    )
    const again = (await under.find(`Patient/${retired!.id}/_history`, 'ZJJ')) as Found[]
    expect(again[0]!['birthDate']).to.equal('1980-05-09')
  })
})

describe('identity cards', () => {
  let under: ServerUnderTest
  before(async () => {
    under = await ServerUnderTest.start()
  })
  after(() => under.stop())

  const card = '990118198005060020'
  const withCard = (control: string, number: string, name: string, more: string, idCard = card) =>
    hl7(
      'ADT^A04',
      { control },
      evn('A04', '20261101080000'),
      `PID|1||${number}^^^ZJJ^MR~${idCard}^^^PRC^NI||${name}^^^^^^L||${more}`,
      pv1(`M${number}`),
    )
  const reviews = async () =>
    (await under.get<{ reviews: { reason: string; patients: { id: string }[] }[] }>('/api/identity/reviews?state=open')).reviews
  const one = async (number: string) => (await under.find(`Patient?identifier=${number}`, 'ZJJ'))[0] as Found

  it('link two patients only when birth date, sex and name agree', async () => {
    const { checkCharacter } = await import('#kernel/id-card.ts')
    const valid = card.slice(0, 17) + checkCharacter(card)
    await under.send(withCard('I1', '660001', '陈珅', '19800506|2', valid))
    await under.send(withCard('I2', '660002', '陈 珅', '19800506|2', valid))
    const [first, second] = [await one('660001'), await one('660002')]
    expect(second['link']).to.deep.equal([{ other: { reference: `Patient/${first.id}` }, type: 'seealso' }])
    await under.send(withCard('I3', '660003', '陈坤', '19800506|2', valid))
    await under.send(withCard('I4', '660004', '陈珅之子', '20261030|1', valid))
    await under.send(withCard('I5', '660005', '李誠', '19780202|1', valid))
    expect((await reviews()).map(review => review.reason).sort()).to.deep.equal([
      'card-not-of-patient',
      'newborn-on-mothers-card',
      'same-card-other-name',
    ])
    expect((await one('660003'))['link']).to.equal(undefined)
  })

  it('are not readable in the store nor in searches of the console', async () => {
    const { checkCharacter } = await import('#kernel/id-card.ts')
    const valid = card.slice(0, 17) + checkCharacter(card)
    const found = await under.get<{ messages: { tags: { value: string }[] }[] }>(`/api/messages?patient=660001`)
    expect(found.messages.length).to.equal(1)
    expect(found.messages[0]!.tags.map(tag => tag.value)).not.to.include(valid)
    const byCard = await under.get<{ messages: unknown[] }>(`/api/messages?patient=${valid}`)
    expect(byCard.messages.length).to.equal(5)
  })

  it('that a person has looked at are not asked about again', async () => {
    const open = await under.get<{ reviews: { tenant: string; key: string; reason: string }[] }>('/api/identity/reviews?state=open')
    const same = open.reviews.find(review => review.reason === 'same-card-other-name')!
    await under.post(`/api/identity/reviews/${same.tenant}/${encodeURIComponent(same.key)}`, { verdict: 'same-person' })
    expect((await reviews()).length).to.equal(2)
    expect(((await one('660003'))['link'] as unknown[]).length).to.equal(1)
  })

  it('that were linked by mistake stand for themselves again', async () => {
    const { reviews: decided } = await under.get<{ reviews: { tenant: string; key: string }[] }>('/api/identity/reviews?state=decided')
    await under.post(`/api/identity/reviews/${decided[0]!.tenant}/${encodeURIComponent(decided[0]!.key)}`, { verdict: 'different-persons' })
    expect((await one('660003'))['link']).to.equal(undefined)
    expect((await one('660001'))['link'], 'links of others stay').to.have.length(1)
  })
})

describe('sources of different authority', () => {
  let under: ServerUnderTest
  before(async () => {
    under = await ServerUnderTest.start()
  })
  after(() => under.stop())
  const patient = async (number: string) => (await under.find(`Patient?identifier=${number}`, 'ZJJ'))[0] as Found

  it('the weaker never changes what the stronger has said, however new its message is', async () => {
    await under.send(admit('AU1', '990001', '20261101080000'))
    await under.send(result('AU2', '990001', '60.0', 'F', '20261102080000', '19810101|1'))
    const now = await patient('990001')
    expect([now['birthDate'], now['gender'], now.meta.versionId]).to.deep.equal(['1980-05-06', 'female', '1'])
  })

  it('the stronger takes over what the weaker said first, however old its message is', async () => {
    await under.send(result('AU3', '990002', '60.0', 'F', '20261102080000', '19810101|1'))
    expect((await patient('990002'))['birthDate']).to.equal('1981-01-01')
    await under.send(admit('AU4', '990002', '20261101080000'))
    expect((await patient('990002'))['birthDate']).to.equal('1980-05-06')
  })

  it('the stronger changes its own word with a newer message', async () => {
    await under.send(update('AU5', '990002', '20261103080000', '陈珅', '19800507|2'))
    expect((await patient('990002'))['birthDate']).to.equal('1980-05-07')
  })
})

describe('a message replayed under a new plan', () => {
  const overlay = (change: string) => `overlay: site\nuses: [ADT_A01]\n${change}`
  const allergic = hl7(
    'ADT^A04',
    { control: 'NP1', application: 'SITE', facility: 'SITE' },
    evn('A04', '20261101080000'),
    'PID|1||980001^^^SITE^MR||陈珅||19800506|F||||||||M',
    'PV1|1|O|Z01|||||||||||||||M980001',
    'AL1|1|DA|^青霉素^L|SV|皮疹',
  )
  let channelsDir: string
  let directory: string
  let under: ServerUnderTest
  let name: string
  before(async () => {
    channelsDir = channelFolder({ site: { overlay: 'site', connector: { kind: 'mllp' }, senders: [{ application: 'SITE' }] } })
    writeFileSync(join(channelsDir, 'site', 'site.yaml'), overlay(''))
    under = await ServerUnderTest.start({ channelsDir })
    name = (await under.send(allergic)).name
    directory = under.directory
    await under.stop(true)
    writeFileSync(
      join(channelsDir, 'site', 'site.yaml'),
      overlay('plans: { PID-Patient: { remove: [PID-16] } }\nmessages: { ADT_A01: { remove: [allergy] } }\n'),
    )
    under = await ServerUnderTest.start({ channelsDir, dataDir: directory })
  })
  after(async () => {
    await under.stop()
    rmSync(channelsDir, { recursive: true })
  })
  const patient = async () => (await under.find('Patient?identifier=980001'))[0] as Found
  const allergy = async () => (await under.find(`AllergyIntolerance?patient=${(await patient()).id}`))[0] as Found

  it('stands as it was mapped until then', async () => {
    expect((await patient())['maritalStatus']).not.to.equal(undefined)
    expect(JSON.stringify(await allergy())).not.to.include('entered-in-error')
  })

  it('takes back what it no longer says: elements go, whole resources are marked as entered in error', async () => {
    const replayed = await under.post<{ status: string }>(`/api/messages/${name}/replay`, {})
    expect(replayed.status).to.equal('processed')
    expect((await patient())['maritalStatus']).to.equal(undefined)
    expect((await patient())['birthDate']).to.equal('1980-05-06')
    const marked = (await allergy())['verificationStatus'] as { coding: { code: string }[] }
    expect(marked.coding[0]!.code).to.equal('entered-in-error')
  })

  it('changes nothing when it is replayed once more', async () => {
    const { meta } = await patient()
    await under.post(`/api/messages/${name}/replay`, {})
    expect((await patient()).meta).to.deep.equal(meta)
  })
})
