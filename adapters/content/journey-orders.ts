// Orders of a visit and what becomes of them: laboratory and imaging results, preliminary, final, corrected, or cancelled.
import { hourMs, minuteMs, stamp } from './china-time.ts'
import { content, type Exam, type LabPanel } from './content.ts'
import { examDone, suggestedExams } from './exam.ts'
import { department, staff } from './hospital.ts'
import type { JourneyScript } from './journey-script.ts'
import { corrected, labPanel } from './lab-panel.ts'
import type { AcceptedEvent, ImagingEvent, Order } from './story-event.ts'

/** Rates of the less usual ends of an order. */
const cancelled = 0.03
const preliminary = 0.14
const correctedLater = 0.03

/** Laboratory and imaging orders for the visit's illnesses; results follow of themselves. Returns when the last result is told. */
export function orderForIllness(script: JourneyScript, atMs: number, most: number): number {
  const illness = script.courses[0]?.illness
  const panels = (illness?.panels ?? []).map(code => content('lab-items').panels.find(panel => panel.code === code)!)
  const exams = script.diagnoses[0] ? suggestedExams(script.diagnoses[0], script.patient.person, atMs) : []
  const wanted: Order['what'][] = [
    ...panels.filter(() => script.random.chance(0.7)).map((panel): Order['what'] => ({ kind: 'lab', panel })),
    ...exams.filter(() => script.random.chance(0.5)).map((exam): Order['what'] => ({ kind: 'exam', exam })),
  ]
  return Math.max(atMs, ...wanted.slice(0, most).map(what => place(script, atMs + script.minutes(0, 3), what)))
}

function place(script: JourneyScript, atMs: number, what: Order['what']): number {
  const { visit, patient, random, hospital } = script
  const serial = script.nextOrder()
  const placer = `${what.kind === 'lab' ? 'JY' : 'JC'}${stamp(atMs).slice(2, 8)}${String(script.index % 100_000).padStart(5, '0')}${String(serial).padStart(2, '0')}`
  const orderer = random.chance(0.8) ? visit.attending : staff(random, hospital, visit.department, 'doctor')
  const order: Order = { placer, orderedMs: atMs, orderer, from: visit.department, urgent: visit.class === 'EMER', what }
  script.tell(atMs, { about: 'order', control: 'NW', order, patient, visit })
  if (random.chance(cancelled)) {
    const end = atMs + script.minutes(2, 12)
    script.tell(end, { about: 'order', control: 'CA', order, patient, visit })
    return end
  }
  return what.kind === 'lab' ? laboratory(script, order, what.panel) : imaging(script, order, what.exam)
}

function laboratory(script: JourneyScript, order: Order, panel: LabPanel): number {
  const { random, hospital, patient, visit } = script
  const collectedMs = order.orderedMs + script.minutes(8, 35)
  const receivedMs = collectedMs + script.minutes(6, 25)
  const done = labPanel(random, script.self, patient.person, panel.code, collectedMs, script.courses)
  if (done.results.length === 0) return receivedMs
  const laboratoryDepartment = department(hospital, hospital.code === 'ZJJ' ? '医学检验科' : '检验科')
  const accepted: AcceptedEvent = {
    about: 'accepted',
    order,
    patient,
    visit,
    report: `L${order.placer.slice(2)}`,
    specimen: `${stamp(collectedMs).slice(2, 8)}${random.digits(6)}`,
    panel,
    collectedMs,
    receivedMs,
    technician: staff(random, hospital, laboratoryDepartment, 'technician'),
  }
  const told = { ...accepted, about: 'lab' as const, reviewer: staff(random, hospital, laboratoryDepartment, 'doctor') }
  script.tell(receivedMs, accepted)
  const firstMs = receivedMs + script.minutes(order.urgent ? 12 : 30, order.urgent ? 40 : 110)
  let lastMs = firstMs
  if (random.chance(preliminary)) {
    script.tell(firstMs, { ...told, state: 'preliminary', results: done.results, changed: [] })
    lastMs = firstMs + script.minutes(15, 60)
  }
  script.tell(lastMs, { ...told, state: 'final', results: done.results, changed: [] })
  const anew = random.chance(correctedLater) ? corrected(random, done.results, patient.person, collectedMs) : undefined
  if (!anew) return lastMs
  const changed = anew.filter((entry, index) => entry !== done.results[index]).map(entry => entry.item.code)
  const correctedMs = lastMs + random.integer(1, 5) * hourMs
  script.tell(correctedMs, { ...told, state: 'corrected', results: anew, changed })
  return correctedMs
}

function imaging(script: JourneyScript, order: Order, exam: Exam): number {
  const { random, hospital, patient, visit } = script
  const accession = `P${order.placer.slice(2)}`
  const performedMs = order.orderedMs + script.minutes(15, order.urgent ? 40 : 180)
  const done = examDone(random, exam, visit.diagnoses[0]!, accession)
  const technical = department(hospital, departmentOf(exam))
  const told: Omit<ImagingEvent, 'state'> = {
    about: 'imaging',
    order,
    patient,
    visit,
    accession,
    done,
    performedMs,
    reporter: staff(random, hospital, technical, 'doctor'),
    reviewer: staff(random, hospital, technical, 'doctor'),
  }
  const reportedMs = performedMs + script.minutes(15, 90)
  if (random.chance(0.06)) script.tell(reportedMs - 10 * minuteMs, { ...told, state: 'preliminary' })
  script.tell(reportedMs, { ...told, state: 'final' })
  if (!random.chance(0.015)) return reportedMs
  const addendum = { ...done, report: { ...done.report, impression: `${done.report.impression}（更正：请结合临床及既往片比较。）` } }
  script.tell(reportedMs + 2 * hourMs, { ...told, done: addendum, state: 'corrected' })
  return reportedMs + 2 * hourMs
}

function departmentOf(exam: Exam): string {
  if (exam.modality === 'US') return '超声科'
  if (exam.modality === 'ES') return '内窥镜室'
  if (exam.modality === 'SM') return '病理科'
  return '放射科'
}
