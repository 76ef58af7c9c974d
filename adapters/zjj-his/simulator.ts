// The HIS of 朱家角人民医院: ADT and orders in HL7 v2.4, GB18030. See contract.md.

import { adtDraft, type Dialect, pid, pv1 } from '../content/adt-text.ts'
import { stamp } from '../content/china-time.ts'
import { messageBytes, type Sender, segment } from '../content/hl7v2-text.ts'
import { hospitals } from '../content/hospital.ts'
import { type Draft, type Simulator, simulate } from '../content/simulator.ts'
import { inWords, orderCode, orderStatement } from '../content/statement.ts'
import { hospitalStory } from '../content/story.ts'
import type { OrderEvent, StoryEvent } from '../content/story-event.ts'

const sender: Sender = { application: 'ZJJ-HIS', facility: 'ZJJ', version: '2.4', charset: 'gb18030' }

/** The whole name in the first component; sex and marital status as the front page writes them. */
const dialect: Dialect = {
  hospital: hospitals.ZJJ,
  name: person => [person.name.text, '', '', '', '', '', 'L'],
  sex: person => (person.sex === 'M' ? '1' : '2'),
  marital: person => ({ '10': '1', '20': '2', '30': '3', '40': '4' })[person.marital] ?? '9',
  idCardIn: 'PID-3',
  operator: 'ZHIS01',
}

export const simulator: Simulator = (seed, clock, pace) =>
  simulate({ seed, clock, pace, story: (world, rate) => hospitalStory(world, 'ZJJ', rate), say })

function say(event: StoryEvent, serial: number): Draft | undefined {
  const controlId = `ZH${String(serial).padStart(9, '0')}`
  if (event.about === 'adt') return adtDraft(event, dialect, sender, controlId)
  return event.about === 'order' ? order(event, controlId) : undefined
}

function order(event: StoryEvent & OrderEvent, controlId: string): Draft {
  const head = { type: 'ORM', trigger: 'O01', structure: 'ORM_O01', controlId, sentMs: event.atMs }
  const { code, name } = orderCode(event.order)
  const cancelled = event.control === 'CA'
  return {
    kind: 'ORM^O01',
    bytes: messageBytes(sender, head, orderSegments(event)),
    intent: {
      words: `${inWords(event.patient)} ${cancelled ? '撤销' : '开立'}${event.order.what.kind === 'lab' ? '检验' : '检查'} ${name}（${code}）${event.order.placer}`,
      eventMs: event.eventMs,
      statements: [orderStatement(event.order, event.visit, cancelled ? 'revoked' : 'active')],
    },
  }
}

function orderSegments(event: StoryEvent & OrderEvent): string[] {
  const { order: placed, visit, patient } = event
  const { code, name } = orderCode(placed)
  const orderer = [placed.orderer.id, placed.orderer.name]
  const main = visit.diagnoses[0]
  return [
    pid(patient, dialect),
    pv1(visit, {}, dialect),
    segment('ORC', {
      1: event.control,
      2: placed.placer,
      5: event.control === 'CA' ? 'CA' : 'SC',
      9: stamp(event.eventMs),
      12: orderer,
      17: [placed.from.code, placed.from.name, 'ZJJ'],
    }),
    segment('OBR', {
      1: '1',
      2: placed.placer,
      4: [code, name, placed.what.kind === 'lab' ? 'LIS-PANEL' : 'PACS-EXAM'],
      5: placed.urgent ? 'S' : 'R',
      6: stamp(placed.orderedMs),
      15: placed.what.kind === 'lab' ? ['', placed.what.panel.specimen] : undefined,
      16: orderer,
      24: placed.what.kind === 'lab' ? 'LAB' : placed.what.exam.modality,
      31: main ? [main.code, main.name, 'ICD-10-CN'] : undefined,
    }),
  ]
}
