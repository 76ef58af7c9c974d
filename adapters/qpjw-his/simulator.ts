// The HIS of 青浦区精神卫生中心: ADT in HL7 v2.5, UTF-8, with the legal status of psychiatric admissions. See contract.md.
import { adtDraft, type Dialect } from '../content/adt-text.ts'
import type { Sender } from '../content/hl7v2-text.ts'
import { hospitals } from '../content/hospital.ts'
import { type Simulator, simulate } from '../content/simulator.ts'
import { hospitalStory } from '../content/story.ts'

const sender: Sender = { application: 'QPJW-HIS', facility: 'QPJW', version: '2.5', charset: 'utf-8' }

/** Family and given name apart; sex by HL7 table 0001, marital status by GB/T 2261.2; the identity number in PID-19. */
const dialect: Dialect = {
  hospital: hospitals.QPJW,
  name: ({ name }) => (name.family && name.given ? [name.family, name.given, '', '', '', '', 'L'] : [name.text, '', '', '', '', '', 'L']),
  sex: person => person.sex,
  marital: person => person.marital,
  idCardIn: 'PID-19',
  operator: 'QHIS01',
}

export const simulator: Simulator = (seed, clock, pace) =>
  simulate({
    seed,
    clock,
    pace,
    story: (world, rate) => hospitalStory(world, 'QPJW', rate),
    say: (event, serial) => (event.about === 'adt' ? adtDraft(event, dialect, sender, `QH${String(serial).padStart(9, '0')}`) : undefined),
  })
