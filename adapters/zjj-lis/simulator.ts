// The LIS of 朱家角人民医院: acceptance (OML^O21) and results (ORU^R01) in HL7 v2.5, GB18030; critical values, preliminary, final, corrected. See contract.md.
import { interpreter, shortPid, shortPv1 } from '../content/ancillary-text.ts'
import { stamp } from '../content/china-time.ts'
import { type MessageHead, messageBytes, type Sender, segment } from '../content/hl7v2-text.ts'
import { hospitals } from '../content/hospital.ts'
import type { LabResult } from '../content/lab-panel.ts'
import { type Draft, type Simulator, simulate } from '../content/simulator.ts'
import { inWords, labStatement, orderStatement, printedUnit } from '../content/statement.ts'
import { hospitalStory } from '../content/story.ts'
import type { AcceptedEvent, LabEvent, ResultState, StoryEvent } from '../content/story-event.ts'

const sender: Sender = { application: 'ZJJ-LIS', facility: 'ZJJ', version: '2.5', charset: 'gb18030' }

/** OBR-25 and OBX-11 (tables 0123 and 0085). */
const states: Readonly<Record<ResultState, 'P' | 'F' | 'C'>> = { preliminary: 'P', final: 'F', corrected: 'C' }
const stateWords: Readonly<Record<ResultState, string>> = { preliminary: '初步', final: '正式', corrected: '更正' }

/** Codes of `zjj-lis-specimen` by the words of the panels. */
const specimens: readonly (readonly [RegExp, string, string])[] = [
  [/动脉/, '06', '动脉血'],
  [/尿/, '04', '尿液'],
  [/粪/, '05', '粪便'],
  [/血浆/, '02', '血浆'],
  [/全血/, '03', '全血'],
  [/血清/, '01', '血清'],
]

export const simulator: Simulator = (seed, clock, pace) =>
  simulate({ seed, clock, pace, story: (world, rate) => hospitalStory(world, 'ZJJ', rate), say })

function say(event: StoryEvent, serial: number): Draft | undefined {
  const controlId = `ZL${String(serial).padStart(9, '0')}`
  if (event.about === 'accepted') return accepted(event, controlId)
  return event.about === 'lab' ? result(event, controlId) : undefined
}

function accepted(event: StoryEvent & AcceptedEvent, controlId: string): Draft {
  const { order, patient, visit, panel } = event
  const head: MessageHead = { type: 'OML', trigger: 'O21', structure: 'OML_O21', controlId, sentMs: event.atMs }
  const common = { 1: 'SC', 2: order.placer, 3: event.report, 5: 'IP', 9: stamp(event.eventMs), 12: [order.orderer.id, order.orderer.name] }
  return {
    kind: 'OML^O21',
    bytes: messageBytes(sender, head, [
      shortPid(patient, hospitals.ZJJ),
      shortPv1(visit),
      segment('ORC', common),
      obr(event, {}),
      spm(event),
    ]),
    intent: {
      words: `${inWords(patient)} ${panel.name} 标本已接收 ${event.report}`,
      eventMs: event.eventMs,
      statements: [orderStatement(order, visit, 'active')],
    },
  }
}

function result(event: StoryEvent & LabEvent, controlId: string): Draft {
  const { order, patient, visit, panel } = event
  const head: MessageHead = { type: 'ORU', trigger: 'R01', structure: 'ORU_R01', controlId, sentMs: event.atMs }
  const state = states[event.state]
  const reported = { 22: stamp(event.eventMs), 24: 'LAB', 25: state, 32: interpreter(event.reviewer) }
  const segments = [
    shortPid(patient, hospitals.ZJJ),
    shortPv1(visit),
    segment('ORC', { 1: 'RE', 2: order.placer, 3: event.report, 12: [order.orderer.id, order.orderer.name] }),
    obr(event, reported),
    ...event.results.flatMap((entry, index) => obx(event, entry, index + 1)),
    spm(event),
  ]
  const critical = event.results
    .filter(entry => entry.flag === 'HH' || entry.flag === 'LL')
    .map(entry => `${entry.item.name}${entry.value}`)
  const words = `${inWords(patient)} ${panel.name} ${stateWords[event.state]}报告 ${event.report}${critical.length > 0 ? `，危急值：${critical.join('、')}` : ''}`
  return {
    kind: 'ORU^R01',
    bytes: messageBytes(sender, head, segments),
    intent: { words, eventMs: event.eventMs, statements: [labStatement(event)] },
  }
}

function obr(event: AcceptedEvent | LabEvent, reported: Parameters<typeof segment>[1]): string {
  const { order, panel } = event
  return segment('OBR', {
    1: '1',
    2: order.placer,
    3: event.report,
    4: [panel.code, panel.name, 'PANEL'],
    5: order.urgent ? 'S' : 'R',
    7: stamp(event.collectedMs),
    14: stamp(event.receivedMs),
    16: [order.orderer.id, order.orderer.name],
    ...reported,
  })
}

/** A numeric result, a coded one, and a note where the value is critical. */
function obx(event: StoryEvent & LabEvent, { item, value, numeric, range, flag }: LabResult, setId: number): string[] {
  const final = event.state === 'corrected' ? 'F' : states[event.state]
  const line = segment('OBX', {
    1: String(setId),
    2: numeric ? 'NM' : 'ST',
    3: [item.code, item.name, 'ITEM'],
    5: value,
    6: printedUnit(item.unit) || undefined,
    7: range || undefined,
    8: flag || undefined,
    11: event.changed.includes(item.code) ? 'C' : final,
    14: stamp(event.receivedMs),
    16: [event.technician.id, event.technician.name],
  })
  const critical = flag === 'HH' || flag === 'LL'
  return critical
    ? [
        line,
        segment('NTE', {
          1: '1',
          2: 'L',
          3: `危急值，${stamp(event.eventMs).slice(8, 10)}:${stamp(event.eventMs).slice(10, 12)} 已电话通知临床`,
        }),
      ]
    : [line]
}

function spm(event: AcceptedEvent | LabEvent): string {
  const [, code, name] = specimens.find(([pattern]) => pattern.test(event.panel.specimen)) ?? [undefined, '99', '其他']
  return segment('SPM', {
    1: '1',
    2: [event.specimen],
    4: [code, name, 'SPECIMEN'],
    17: stamp(event.collectedMs),
    18: stamp(event.receivedMs),
  })
}
