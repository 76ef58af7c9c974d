// The RIS/PACS of 朱家角人民医院: examination reports (ORU^R01) in HL7 v2.5, UTF-8, with the link to the study. See contract.md.
import { interpreter, shortPid, shortPv1 } from '../content/ancillary-text.ts'
import { stamp } from '../content/china-time.ts'
import { type MessageHead, messageBytes, type Sender, segment } from '../content/hl7v2-text.ts'
import { hospitals } from '../content/hospital.ts'
import { type Draft, type Simulator, simulate } from '../content/simulator.ts'
import { imagingStatement, inWords } from '../content/statement.ts'
import { hospitalStory } from '../content/story.ts'
import type { ImagingEvent, ResultState, StoryEvent } from '../content/story-event.ts'

const sender: Sender = { application: 'ZJJ-PACS', facility: 'ZJJ', version: '2.5', charset: 'utf-8' }

/** The hospital's viewer; the name is reserved and leads nowhere. */
const viewer = 'https://pacs.zjj.example/viewer'

const states: Readonly<Record<ResultState, 'P' | 'F' | 'C'>> = { preliminary: 'P', final: 'F', corrected: 'C' }
const stateWords: Readonly<Record<ResultState, string>> = { preliminary: '初步', final: '正式', corrected: '更正' }

export const simulator: Simulator = (seed, clock, pace) =>
  simulate({
    seed,
    clock,
    pace,
    story: (world, rate) => hospitalStory(world, 'ZJJ', rate),
    say: (event, serial) => (event.about === 'imaging' ? report(event, `ZP${String(serial).padStart(9, '0')}`) : undefined),
  })

function report(event: StoryEvent & ImagingEvent, controlId: string): Draft {
  const { order, patient, visit, done, accession } = event
  const head: MessageHead = { type: 'ORU', trigger: 'R01', structure: 'ORU_R01', controlId, sentMs: event.atMs }
  const segments = [
    shortPid(patient, hospitals.ZJJ),
    shortPv1(visit),
    segment('ORC', { 1: 'RE', 2: order.placer, 3: accession, 12: [order.orderer.id, order.orderer.name] }),
    obr(event),
    ...obxs(event),
    segment('ZDS', { 1: [done.studyUid, 'ZJJ-PACS', 'Application', 'DICOM'] }),
  ]
  return {
    kind: 'ORU^R01',
    bytes: messageBytes(sender, head, segments),
    intent: {
      words: `${inWords(patient)} ${done.exam.name} ${stateWords[event.state]}报告 ${accession}：${done.report.impression}`,
      eventMs: event.eventMs,
      statements: [imagingStatement(event)],
    },
  }
}

function obr({ order, accession, done, performedMs, eventMs, state, reporter, reviewer }: StoryEvent & ImagingEvent): string {
  return segment('OBR', {
    1: '1',
    2: order.placer,
    3: accession,
    4: [done.exam.code, done.exam.name, 'EXAM'],
    7: stamp(performedMs),
    16: [order.orderer.id, order.orderer.name],
    18: accession,
    22: stamp(eventMs),
    24: done.exam.modality,
    25: states[state],
    32: interpreter(reviewer),
    33: interpreter(reporter),
  })
}

/** Findings and impression as formatted text, one statement to a line; the link to the images. */
function obxs({ done, state, accession }: StoryEvent & ImagingEvent): string[] {
  const lines = (text: string) => text.replace(/([；。])(?=.)/g, '$1\n')
  const critical = done.report.critical ? 'AA' : done.report.normal ? 'N' : 'A'
  return [
    segment('OBX', { 1: '1', 2: 'FT', 3: ['FINDINGS', '检查所见', 'REPORT'], 5: lines(done.report.findings), 11: states[state] }),
    segment('OBX', {
      1: '2',
      2: 'FT',
      3: ['IMPRESSION', '检查结论', 'REPORT'],
      5: lines(done.report.impression),
      8: critical,
      11: states[state],
    }),
    segment('OBX', { 1: '3', 2: 'NM', 3: ['IMAGES', '图像数', 'REPORT'], 5: String(done.instances), 11: states[state] }),
    segment('OBX', {
      1: '4',
      2: 'RP',
      3: ['LINK', '影像调阅', 'REPORT'],
      5: [`${viewer}?accession=${accession}`, 'ZJJ-PACS', 'AP', 'HTML'],
      11: states[state],
    }),
  ]
}
