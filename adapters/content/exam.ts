// An imaging, ECG or endoscopy examination with a report that fits the diagnosis as far as the texts at hand allow.
import { createHash } from 'node:crypto'
import { ageAt } from './china-time.ts'
import { content, type Diagnosis, type Exam, type ExamReport } from './content.ts'
import { illnessOf } from './illness.ts'
import type { Person } from './person.ts'
import type { Random } from './random.ts'

export type ExamDone = { readonly exam: Exam; readonly report: ExamReport; readonly studyUid: string; readonly instances: number }

/** Examinations with report texts that the illness suggests and the person may have. */
export function suggestedExams(diagnosis: Diagnosis, person: Person, atMs: number): readonly Exam[] {
  const age = ageAt(person.birthDate, atMs)
  const wanted = illnessOf(diagnosis.code)?.exams ?? []
  return content('exams').rows.filter(exam => {
    const [from, to] = exam.ages ?? [null, null]
    const allowed = (exam.sex === undefined || exam.sex === person.sex) && age >= (from ?? 0) && age <= (to ?? 150)
    return wanted.includes(exam.code) && exam.reports !== undefined && allowed
  })
}

/** `accession` names the study: its UID is derived from it, so that RIS and archive agree. */
export function examDone(random: Random, exam: Exam, diagnosis: Diagnosis, accession: string): ExamDone {
  const reports = exam.reports ?? []
  const matching = reports.filter(report => sharedWords(report.impression, diagnosis.name) > 0)
  const report =
    matching.length > 0 ? random.pick(matching) : random.weighted(reports, entry => (entry.normal ? 6 : entry.critical ? 0 : 1))
  return { exam, report, studyUid: studyUid(accession), instances: instanceCount(random, exam.modality) }
}

/** A UID under 2.25 (ISO/IEC 9834-8), from 128 bits of a hash. */
function studyUid(accession: string): string {
  return `2.25.${BigInt(`0x${createHash('sha256').update(accession).digest('hex').slice(0, 32)}`)}`
}

function instanceCount(random: Random, modality: string): number {
  if (modality === 'CT' || modality === 'MR') return random.integer(60, 420)
  return modality === 'US' || modality === 'ES' ? random.integer(4, 24) : random.integer(1, 3)
}

/** Pairs of characters both texts have, the vague ones aside. */
function sharedWords(a: string, b: string): number {
  const vague = new Set(['急性', '慢性', '其他', '未特', '特指', '疾病', '症状'])
  const pairs = (text: string) =>
    new Set(
      Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2)).filter(
        pair => /^\p{Script=Han}{2}$/u.test(pair) && !vague.has(pair),
      ),
    )
  return pairs(a).intersection(pairs(b)).size
}
