// The six simulators: determinism, delays that follow the clock, bytes their charset can hold, messages their structure allows, intents that tell one story.
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect } from 'chai'
import { decodeAs } from '#formats/charset/decode.ts'
import { parseJson } from '#formats/fhir/json/read.ts'
import { checkHeader, readHeader } from '#formats/hl7v2/header.ts'
import { parseMessage } from '#formats/hl7v2/message.ts'
import { structureOf } from '#formats/hl7v2/structure/events.ts'
import { groupMessage } from '#formats/hl7v2/structure/groups.ts'
import { ManualClock } from '#kernel/clock.ts'
import { readIdCard } from '#kernel/id-card.ts'
import { must } from '#kernel/result.ts'
import { loadTerminology } from '#terminology/load.ts'
import { dayMs, stamp } from './content/china-time.ts'
import type { Pace, SimulatedMessage, Simulator } from './content/simulator.ts'
import { expectedWorld, type Statement, subjectOf, survivingNumber } from './content/statement.ts'
import { simulator as ems } from './ems/simulator.ts'
import { simulator as insurance } from './insurance/simulator.ts'
import { simulator as qpjwHis } from './qpjw-his/simulator.ts'
import { simulator as zjjHis } from './zjj-his/simulator.ts'
import { simulator as zjjLis } from './zjj-lis/simulator.ts'
import { simulator as zjjPacs } from './zjj-pacs/simulator.ts'

const now = Date.parse('2026-03-10T09:00:00+08:00')
const pace: Partial<Pace> = { historyDays: 8, historyPerDay: 60, residents: 800 }
const hl7 = { 'zjj-his': zjjHis, 'zjj-lis': zjjLis, 'zjj-pacs': zjjPacs, 'qpjw-his': qpjwHis }
const json = { insurance, ems }
const charsets = { 'zjj-his': 'gb18030', 'zjj-lis': 'gb18030', 'zjj-pacs': 'utf-8', 'qpjw-his': 'utf-8' } as const

function take(simulator: Simulator, count: number, seed = 'test', clock = new ManualClock(now)): SimulatedMessage[] {
  const taken: SimulatedMessage[] = []
  for (const message of simulator(seed, clock, pace)) if (taken.push(message) >= count) break
  return taken
}

/** What a system sends in the days that are history: `delayMs` is 0 there. */
function history(simulator: Simulator, seed = 'story'): SimulatedMessage[] {
  const taken: SimulatedMessage[] = []
  for (const message of simulator(seed, new ManualClock(now), pace)) {
    if (message.delayMs > 0) break
    taken.push(message)
  }
  return taken
}

for (const [name, simulator] of Object.entries({ ...hl7, ...json })) {
  describe(`${name}: simulator`, () => {
    const messages = take(simulator, 400)

    it('sends the same bytes for the same seed and clock, others for another seed', () => {
      const same = take(simulator, 60)
      expect(same.map(message => message.bytes.toString('hex'))).to.deep.equal(
        messages.slice(0, 60).map(message => message.bytes.toString('hex')),
      )
      expect(same.map(message => message.intent)).to.deep.equal(messages.slice(0, 60).map(message => message.intent))
      expect(take(simulator, 20, 'other').map(message => message.bytes.toString('hex'))).to.not.deep.equal(
        messages.slice(0, 20).map(message => message.bytes.toString('hex')),
      )
    })

    it('sends history at once and the present in time', () => {
      const first = [...messages.keys()].find(index => messages[index]!.delayMs > 0) ?? messages.length
      expect(messages.slice(0, first).every(message => message.delayMs === 0)).to.equal(true)
      const quick = [...take((seed, clock) => simulator(seed, clock, { ...pace, historyDays: 3, livePerDay: 2000 }), 300)]
      const elapsed = quick.reduce((sum, message) => sum + message.delayMs, 0)
      expect(elapsed).to.be.within(0, 3 * dayMs)
      expect(quick.every(message => Number.isSafeInteger(message.delayMs) && message.delayMs >= 0)).to.equal(true)
    })

    it('says what it means in words and statements', () => {
      for (const { kind, intent } of messages) {
        expect(kind).to.match(/^(ADT\^A\d\d|O(RM|ML|RU)\^[OR]\d\d|1101|vehicle-state|prehospital-record)$/)
        expect(intent.words.length).to.be.greaterThan(4)
        expect(intent.eventMs).to.be.at.most(now + 60 * dayMs)
      }
      expect(messages.filter(message => message.intent.statements.length > 0).length).to.be.greaterThan(messages.length * 0.9)
    })

    it('names identity numbers of nobody, with the right check character', () => {
      const numbers = messages.flatMap(message => message.bytes.toString('latin1').match(/\b990118\d{11}[\dX]\b/g) ?? [])
      if (name === 'zjj-lis' || name === 'zjj-pacs') expect(numbers).to.deep.equal([])
      else expect(numbers.length > 0 && numbers.every(number => readIdCard(number) !== undefined)).to.equal(true)
      const real = messages.flatMap(message => message.bytes.toString('latin1').match(/(?<!\d)31\d{15}[\dX](?!\d)/g) ?? [])
      expect(real, 'numbers of a real province').to.deep.equal([])
    })
  })
}

for (const [name, simulator] of Object.entries(hl7)) {
  describe(`${name}: messages`, () => {
    const charset = charsets[name as keyof typeof charsets]
    const messages = history(simulator).slice(0, 1500)

    it('are in the charset they declare, with a header and a structure without fault', () => {
      for (const { bytes, kind } of messages) {
        const { text } = must(decodeAs(bytes, charset))
        const header = must(readHeader(text))
        expect(checkHeader(header)).to.deep.equal([])
        expect(`${header.type}^${header.trigger}`).to.equal(kind)
        const structure = structureOf(header)
        expect(structure, header.structure).to.equal(header.structure)
        expect(groupMessage(must(parseMessage(text)), structure).faults, kind).to.deep.equal([])
      }
    })

    it('number themselves', () => {
      const ids = new Map(
        messages.map(({ bytes }) => [must(readHeader(must(decodeAs(bytes, charset)).text)).controlId, bytes.toString('hex')]),
      )
      const again = messages.filter(message => message.intent.words.endsWith('（重发）')).length
      expect(ids.size).to.equal(messages.length - again)
    })
  })
}

for (const [name, simulator] of Object.entries(json)) {
  describe(`${name}: messages`, () => {
    it('keep to the schema of the contract', () => {
      const schema = JSON.parse(readFileSync(new URL(`${name}/message.schema.json`, import.meta.url), 'utf8')) as object
      const validate = new Ajv({ strict: false }).compile(schema)
      for (const { bytes } of history(simulator).slice(0, 600)) {
        expect(parseJson(bytes).ok).to.equal(true)
        expect(validate(JSON.parse(bytes.toString('utf8'))), JSON.stringify(validate.errors)).to.equal(true)
      }
    })
  })
}

describe('the story of 朱家角人民医院', () => {
  const his = history(zjjHis)
  const lis = history(zjjLis)
  const pacs = history(zjjPacs)
  const statements = (messages: readonly SimulatedMessage[]) => messages.flatMap(message => message.intent.statements)
  const of = <About extends Statement['about']>(messages: readonly SimulatedMessage[], about: About) =>
    statements(messages).filter((statement): statement is Extract<Statement, { about: About }> => statement.about === about)

  it('is told by HIS, LIS and PACS of the same patients, visits and orders', () => {
    const orders = new Set(of(his, 'order').map(order => order.placer))
    const visits = new Set(of(his, 'visit').map(visit => visit.number))
    const reports = [...of(lis, 'lab-report'), ...of(pacs, 'imaging-report')]
    expect(reports.length).to.be.greaterThan(300)
    for (const report of reports) {
      expect(orders.has(report.placer), report.placer).to.equal(true)
      expect(visits.has(report.visit), report.visit).to.equal(true)
    }
  })

  it('names every patient of a report as the HIS does', () => {
    const names = new Map(of(his, 'patient').map(patient => [patient.number, patient.name]))
    for (const { bytes, intent } of lis.slice(0, 300)) {
      const patient = (intent.statements[0] as { patient?: string }).patient
      if (patient) expect(must(decodeAs(bytes, 'gb18030')).text).to.include(names.get(patient)!)
    }
  })

  it('has critical values, corrections, cancellations, merges', () => {
    expect(lis.some(message => message.intent.words.includes('危急值'))).to.equal(true)
    expect(of(lis, 'lab-report').some(report => report.state === 'corrected')).to.equal(true)
    expect(of(his, 'order').some(order => order.status === 'revoked')).to.equal(true)
    expect(of(his, 'merge').length).to.be.greaterThan(0)
    expect(of(his, 'visit').some(visit => visit.status === 'cancelled')).to.equal(true)
    expect(of(lis, 'lab-report').every(report => report.results.length >= 1 && report.results.length <= 25)).to.equal(true)
  })

  it('comes to the same end in whatever order the messages arrive', () => {
    const intents = [...his, ...lis, ...pacs].map(message => message.intent)
    const forward = expectedWorld(intents)
    const backward = expectedWorld(intents.toReversed())
    expect([...backward.keys()].sort()).to.deep.equal([...forward.keys()].sort())
    const times = Map.groupBy(
      intents.flatMap(intent => intent.statements.map(statement => ({ key: subjectOf(statement), eventMs: intent.eventMs }))),
      entry => entry.key,
    )
    for (const [key, statement] of forward) {
      const newest = Math.max(...times.get(key)!.map(entry => entry.eventMs))
      const ties = times.get(key)!.filter(entry => entry.eventMs === newest).length
      if (ties === 1) expect(backward.get(key), key).to.deep.equal(statement)
    }
  })

  it('leaves no order or report on a record that was merged away', () => {
    const world = expectedWorld([...his, ...lis, ...pacs].map(message => message.intent))
    const patients = new Set([...world.values()].flatMap(statement => (statement.about === 'patient' ? [statement.number] : [])))
    const merged = [...world.values()].flatMap(statement => (statement.about === 'merge' ? [statement.retired] : []))
    expect(merged.some(number => [...world.values()].some(statement => 'patient' in statement && statement.patient === number))).to.equal(
      true,
    )
    for (const number of merged) {
      expect(survivingNumber(world, number)).to.not.equal(number)
      expect(patients.has(survivingNumber(world, number))).to.equal(true)
    }
  })

  it('tells a late message by its event time, not by when it was sent', () => {
    const late = his.filter(message => {
      const { text } = must(decodeAs(message.bytes, 'gb18030'))
      const [sent, recorded] = [text.split('|')[6]!, /\rEVN\|A\d\d\|(\d{14})/.exec(text)?.[1]]
      return recorded !== undefined && recorded < sent
    })
    expect(late.length).to.be.greaterThan(0)
    for (const { bytes, intent } of late) {
      const recorded = /\rEVN\|A\d\d\|(\d{14})/.exec(must(decodeAs(bytes, 'gb18030')).text)![1]
      expect(recorded).to.equal(stamp(intent.eventMs))
    }
  })

  it('ends visits that began', () => {
    const world = expectedWorld(his.map(message => message.intent))
    const visits = [...world.values()].filter(statement => statement.about === 'visit')
    const ended = visits.filter(visit => visit.status === 'finished')
    expect(ended.length).to.be.greaterThan(visits.length / 2)
    expect(ended.every(visit => visit.endMs !== undefined && visit.endMs >= visit.startMs && visit.disposition !== undefined)).to.equal(
      true,
    )
  })
})

describe('codes of the messages', () => {
  const { dictionary } = must(loadTerminology())
  const known = (system: string, code: string) => expect(dictionary.validateCode(system, code).ok, `${system} ${code}`).to.equal(true)

  it('are those of the terminology room: 120', () => {
    for (const { bytes, kind } of history(ems)) {
      const message = JSON.parse(bytes.toString('utf8'))
      for (const measure of message.measures ?? []) known('ems-measure', measure.code)
      if (kind !== 'vehicle-state') continue
      known('ems-call-reason', message.run.reason.code)
      known('ems-priority', message.run.priority.code)
      known('ems-scene-type', message.run.scene.code)
      if (message.state) expect(dictionary.display('ems-vehicle-state', message.state.code)).to.equal(message.state.name)
      if (message.abnormalEnd) known('ems-abnormal-end', message.abnormalEnd.code)
    }
  })

  it('are those of the terminology room: hospitals', () => {
    const coded: readonly (readonly [Simulator, 'gb18030' | 'utf-8', string, number, number, string])[] = [
      [zjjHis, 'gb18030', 'PID', 16, 1, 'zjj-his-marital'],
      [zjjHis, 'gb18030', 'PID', 8, 1, 'GB/T 2261.1'],
      [zjjHis, 'gb18030', 'PV1', 10, 1, 'zjj-department'],
      [zjjHis, 'gb18030', 'PV1', 36, 1, 'CV06.00.226'],
      [zjjHis, 'gb18030', 'PV1', 20, 1, 'CV07.10.005'],
      [zjjHis, 'gb18030', 'NK1', 3, 1, 'GB/T 4761'],
      [zjjLis, 'gb18030', 'OBR', 4, 1, 'zjj-lis-panel'],
      [zjjLis, 'gb18030', 'OBX', 3, 1, 'zjj-lis-item'],
      [zjjLis, 'gb18030', 'SPM', 4, 1, 'zjj-lis-specimen'],
      [zjjPacs, 'utf-8', 'OBR', 4, 1, 'zjj-pacs-exam'],
      [zjjPacs, 'utf-8', 'OBR', 24, 1, 'http://dicom.nema.org/resources/ontology/DCM'],
      [qpjwHis, 'utf-8', 'PID', 8, 1, 'HL70001'],
      [qpjwHis, 'utf-8', 'PID', 16, 1, 'GB/T 2261.2'],
      [qpjwHis, 'utf-8', 'PV1', 18, 1, 'qpjw-admission-legal-status'],
      [qpjwHis, 'utf-8', 'PV1', 10, 1, 'qpjw-department'],
      [qpjwHis, 'utf-8', 'DG1', 3, 1, 'ICD-10'],
    ]
    for (const [simulator, charset, segment, field, component, system] of coded) {
      const values = history(simulator)
        .slice(0, 800)
        .flatMap(({ bytes }) => {
          const message = must(parseMessage(must(decodeAs(bytes, charset)).text))
          return message.segments.filter(line => line.name === segment).map(line => line.value(field, 1, component))
        })
      expect(new Set(values).size, system).to.be.greaterThan(1)
      for (const value of values) if (value !== '') known(system, value)
    }
  })
})

describe('the region', () => {
  it('knows the same person in both hospitals, at the insurance and in the ambulance', () => {
    const cards = (simulator: Simulator, pattern: RegExp) =>
      new Map(
        history(simulator)
          .flatMap(message => message.intent.statements)
          .flatMap(s =>
            'idCard' in s && s.idCard
              ? [[s.idCard, 'name' in s ? s.name : ''] as const]
              : 'patient' in s && typeof s.patient === 'object' && s.patient?.idCard
                ? [[s.patient.idCard, s.patient.name] as const]
                : [],
          )
          .filter(([card]) => pattern.test(card)),
      )
    const zjj = cards(zjjHis, /^990118/)
    const others = [cards(qpjwHis, /^990118/), cards(insurance, /^990118/), cards(ems, /^990118/)]
    for (const other of others) {
      const shared = [...other].filter(([card]) => zjj.has(card))
      expect(shared.length).to.be.greaterThan(3)
      for (const [card, name] of shared) expect(name).to.equal(zjj.get(card))
    }
  })
})
