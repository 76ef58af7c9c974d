// A run of the 120 centre, from the call to the handover: vehicle states with times, vital signs on the way, measures taken, the pre-hospital record.
import { ageAt, dateOf, minuteMs } from './china-time.ts'
import { content, type Diagnosis, type Place } from './content.ts'
import type { HospitalCode } from './hospital.ts'
import { illnessOf } from './illness.ts'
import type { Person } from './person.ts'
import type { Random } from './random.ts'

/** Codes of `ems-vehicle-state`, in the order a run goes through them. */
export const runStates = ['VS02', 'VS03', 'VS04', 'VS05', 'VS06', 'VS07', 'VS08'] as const
export type RunState = (typeof runStates)[number]

/** Item codes of `ems-vital`; what was not measured is named in `missing`. */
export type Vitals = {
  readonly atMs: number
  readonly values: Readonly<Record<string, number>>
  readonly missing: readonly { readonly item: string; readonly reason: 'not-measured' | 'refused' }[]
}

export type EmsRun = {
  readonly number: string
  readonly callMs: number
  readonly reason: Place
  readonly priority: Place
  readonly scene: Place
  readonly station: Place
  readonly vehicle: string
  readonly crew: { readonly physician: string; readonly driver: string; readonly stretcher: string }
  readonly person: Person
  /** `无名氏` runs: name and card are not known to the crew. */
  readonly unknown: boolean
  readonly complaint: string
  readonly impression: Diagnosis
  readonly times: Readonly<Partial<Record<RunState, number>>>
  readonly vitals: readonly Vitals[]
  readonly measures: readonly { readonly code: string; readonly name: string; readonly atMs: number }[]
  /** Absent where nobody was brought in. */
  readonly destination?: { readonly hospital: HospitalCode; readonly name: string }
  /** Code of `ems-abnormal-end` where the run ended without a handover. */
  readonly abnormalEnd?: Place
}

/** Stage of a run: a vehicle state, an early end, or the finished record. */
export type EmsEvent = { readonly run: EmsRun; readonly stage: RunState | 'ended' | 'record' }

export type RunWish = {
  readonly number: string
  readonly person: Person
  readonly impression: Diagnosis
  /** When the vehicle reaches the hospital, or would have. */
  readonly arrivalMs: number
  readonly destination?: { readonly hospital: HospitalCode; readonly name: string }
  readonly unknown?: boolean
}

const reasons: readonly (readonly [RegExp, string])[] = [
  [/^F|^X6/, 'CR06'],
  [/^(I2[0125]|R07)/, 'CR13'],
  [/^(I6|G4[56])/, 'CR14'],
  [/^(J|R06)/, 'CR15'],
  [/^(R40|R55|E16)/, 'CR16'],
  [/^(I46|R57)/, 'CR17'],
  [/^(G4[01]|R56)/, 'CR18'],
  [/^(K92|R04|O)/, 'CR19'],
  [/^(T78|L50)/, 'CR20'],
  [/^T(4|5|6)/, 'CR07'],
  [/^(S|T0)/, 'CR02'],
]

/** Measures by what is wrong: codes of `ems-measure`. */
const measures: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(I|R07|R57)/, ['M01', 'M02', 'M03', 'M04']],
  [/^I46/, ['M05', 'M06', 'M08', 'M03']],
  [/^(J|R06)/, ['M01', 'M03', 'M13']],
  [/^(S|T0)/, ['M09', 'M10', 'M11', 'M12']],
  [/^F|^X6/, ['M16', 'M03']],
  [/^T/, ['M02', 'M14', 'M03']],
  [/^O/, ['M01', 'M02']],
]

const measureNames: Readonly<Record<string, string>> = {
  M01: '吸氧',
  M02: '建立静脉通路',
  M03: '心电监护',
  M04: '12导联心电图',
  M05: '心肺复苏',
  M06: '电除颤',
  M08: '球囊面罩通气',
  M09: '止血包扎',
  M10: '夹板固定',
  M11: '颈托固定',
  M12: '脊柱板搬运',
  M13: '吸痰',
  M14: '催吐',
  M16: '约束保护',
}

export function emsRun(random: Random, wish: RunWish): EmsRun {
  const { person, impression, arrivalMs } = wish
  const severity = random.between(0.2, 1.2)
  const station = random.pick(dictionary('station'))
  const abnormalEnd = wish.destination ? undefined : random.pick(dictionary('abnormalEnd').filter(row => row.code !== 'AE05'))
  const times = runTimes(random, arrivalMs, abnormalEnd?.code)
  const contactMs = times.VS05 ?? times.VS04
  return {
    number: wish.number,
    callMs: times.VS02! - random.integer(1, 3) * minuteMs,
    reason: byCode('callReason', reasons.find(([pattern]) => pattern.test(impression.code))?.[1] ?? 'CR01'),
    priority: byCode('dispatchPriority', severity > 0.95 ? 'P1' : severity > 0.6 ? 'P2' : severity > 0.35 ? 'P3' : 'P4'),
    scene: random.pick(dictionary('sceneType').filter(row => !['ST06', 'ST09'].includes(row.code))),
    station,
    vehicle: `沪青急${station.code.slice(-2)}${random.integer(1, station.vehicles ?? 2)}`,
    crew: {
      physician: `${station.code}D${random.integer(1, 6)}`,
      driver: `${station.code}J${random.integer(1, 6)}`,
      stretcher: `${station.code}S${random.integer(1, 6)}`,
    },
    person,
    unknown: wish.unknown ?? false,
    complaint: complaint(random, impression),
    impression,
    times,
    vitals: contactMs === undefined || abnormalEnd ? [] : vitalSeries(random, person, impression, severity, contactMs, arrivalMs),
    measures: contactMs === undefined || abnormalEnd ? [] : taken(random, impression, contactMs),
    ...(wish.destination ? { destination: wish.destination } : {}),
    ...(abnormalEnd ? { abnormalEnd } : {}),
  }
}

/** The name the crew writes down: `无名氏202601020730` where nobody knows. */
export function nameOnRecord(run: EmsRun): string {
  return run.unknown ? `无名氏${dateOf(run.callMs).replaceAll('-', '')}${run.number.slice(-2)}` : run.person.name.text
}

/** Backwards from the arrival; a run that ends early has only what came before. */
function runTimes(random: Random, arrivalMs: number, abnormalEnd: string | undefined): EmsRun['times'] {
  const minutes = (from: number, to: number) => random.integer(from * 60, to * 60) * 1000
  const leave = arrivalMs - minutes(7, 22)
  const contact = leave - minutes(8, 20)
  const scene = contact - minutes(1, 4)
  const depart = scene - minutes(5, 14)
  const dispatched = depart - minutes(1, 2)
  const times = {
    VS02: dispatched,
    VS03: depart,
    VS04: scene,
    VS05: contact,
    VS06: leave,
    VS07: arrivalMs,
    VS08: arrivalMs + minutes(4, 12),
  }
  if (abnormalEnd === undefined) return times
  const reached = abnormalEnd === 'AE04' || abnormalEnd === 'AE06' ? 2 : 3
  return Object.fromEntries(Object.entries(times).slice(0, reached)) as EmsRun['times']
}

function vitalSeries(random: Random, person: Person, impression: Diagnosis, severity: number, fromMs: number, toMs: number): Vitals[] {
  const count = random.integer(1, 3)
  return Array.from({ length: count }, (_, index) => {
    const atMs = fromMs + Math.floor(((toMs - fromMs) * index) / count / 1000) * 1000
    const values = vitals(random, ageAt(person.birthDate, fromMs), impression, severity * (1 - index * 0.12))
    return { atMs, ...withGaps(random, values) }
  })
}

/** Temperature and glucose are often left out; a patient may refuse the finger prick. */
function withGaps(random: Random, values: Record<string, number>): Omit<Vitals, 'atMs'> {
  const missing = Object.entries({ T: 0.25, GLU: 0.45, SPO2: 0.04 })
    .filter(([, probability]) => random.chance(probability))
    .map(([item]) => ({ item, reason: item === 'GLU' && random.chance(0.2) ? ('refused' as const) : ('not-measured' as const) }))
  const left = Object.entries(values).filter(([item]) => !missing.some(gap => gap.item === item))
  return { values: Object.fromEntries(left), missing }
}

function vitals(random: Random, age: number, impression: Diagnosis, severity: number): Record<string, number> {
  const illness = illnessOf(impression.code)?.name ?? ''
  const shocked = /脓毒症|出血|创伤/.test(illness) ? severity : 0
  const respiratory = /呼吸|气道|感染/.test(illness) ? severity : 0
  const eyes = gcsPart(random, 4, /脑血管|中毒|脓毒症|低血糖/.test(illness) ? severity : 0)
  const verbal = gcsPart(random, 5, /脑血管|中毒|脓毒症|低血糖/.test(illness) ? severity : 0)
  const motor = gcsPart(random, 6, /脑血管|中毒|脓毒症|低血糖/.test(illness) ? severity * 0.7 : 0)
  const systolic = Math.round(random.normal(138 + (age > 60 ? 8 : 0) - shocked * 45, 13))
  return {
    T: Math.round(random.normal(36.7 + respiratory * 1.1, 0.3) * 10) / 10,
    P: Math.round(random.normal(82 + shocked * 32 + respiratory * 14, 9)),
    R: Math.round(random.normal(18 + respiratory * 8 + shocked * 4, 2)),
    SBP: systolic,
    DBP: Math.round(systolic * random.between(0.54, 0.64)),
    SPO2: Math.min(100, Math.round(random.normal(97 - respiratory * 9 - shocked * 3, 1.2))),
    GLU: Math.round(random.logNormal(/低血糖/.test(illness) ? 2.3 : /糖尿病/.test(illness) ? 16 : 6.6, 1.2) * 10) / 10,
    'GCS-E': eyes,
    'GCS-V': verbal,
    'GCS-M': motor,
    GCS: eyes + verbal + motor,
  }
}

function gcsPart(random: Random, best: number, severity: number): number {
  return Math.max(1, Math.min(best, Math.round(best - severity * random.between(0, best - 1))))
}

function taken(random: Random, impression: Diagnosis, fromMs: number): EmsRun['measures'] {
  const codes = measures.findLast(([pattern]) => pattern.test(impression.code))?.[1] ?? ['M01', 'M03']
  const done = codes.filter(() => random.chance(0.75))
  return done.map((code, index) => ({ code, name: measureNames[code]!, atMs: fromMs + (index + 1) * random.integer(60, 180) * 1000 }))
}

function complaint(random: Random, impression: Diagnosis): string {
  const since = random.pick(['半小时', '1小时', '2小时', '半天', '1天'])
  if (/^F|^X6/.test(impression.code)) return `言行异常、情绪激动${since}`
  if (/^(S|T0)/.test(impression.code)) return `外伤后疼痛、活动受限${since}`
  if (/^(I2|R07)/.test(impression.code)) return `胸闷、胸痛${since}`
  if (/^(I6|G4)/.test(impression.code)) return `突发肢体无力、言语不清${since}`
  if (/^(J|R06)/.test(impression.code)) return `气促、呼吸困难${since}`
  if (/^O/.test(impression.code)) return `孕期腹痛${since}`
  return `${impression.name.replace(/[（(].*$/, '')}${since}`
}

function dictionary(kind: string): readonly Place[] {
  return content('departments').rows.filter(row => row.org === 'EMS' && row.kind === kind)
}

function byCode(kind: string, code: string): Place {
  return dictionary(kind).find(row => row.code === code)!
}
