// Laboratory values that belong together: a person's own level, the day's spread, the illness, then what follows from other values by formula.
import { ageAt, daysOld } from './china-time.ts'
import type { AgeLimit, LabItem, LabRange } from './content.ts'
import type { Course } from './illness.ts'
import type { Person } from './person.ts'
import type { Random } from './random.ts'

export type Measured = Map<string, number | string>

type Who = Pick<Person, 'sex' | 'birthDate'>

/** `self` is the person's own stream: the same person has the same usual level in every test. */
export function measure(
  random: Random,
  self: Random,
  items: readonly LabItem[],
  who: Who,
  atMs: number,
  courses: readonly Course[],
): Measured {
  const values: Measured = new Map()
  for (const item of items) {
    if (item.values) values.set(item.code, codedValue(random, item, courses))
    else if (item.mean !== undefined && item.sd !== undefined) values.set(item.code, level(random, self, item, who, atMs, courses))
  }
  for (const [code, from, formula] of derived) {
    const inputs = from.map(name => values.get(name))
    if (values.has(code) && inputs.every(input => typeof input === 'number')) {
      values.set(code, formula(inputs as number[], { who, age: ageAt(who.birthDate, atMs) }))
    }
  }
  return values
}

/** The range for the person's sex and age; undefined where the laboratory has none, as for many items in children. */
export function rangeOf(item: LabItem, who: Who, atMs: number): LabRange | undefined {
  const days = daysOld(who.birthDate, atMs)
  const fits = (range: LabRange) =>
    (range.sex === undefined || range.sex === who.sex) &&
    days >= limitDays(range.ageFrom, 0) &&
    days < limitDays(range.ageTo, Number.POSITIVE_INFINITY)
  return item.ranges?.findLast(fits)
}

function limitDays(limit: AgeLimit | undefined, otherwise: number): number {
  if (limit === undefined || limit === null) return otherwise
  return limit[0] * { y: 365.25, m: 30.44, d: 1 }[limit[1]]
}

function level(random: Random, self: Random, item: LabItem, who: Who, atMs: number, courses: readonly Course[]): number {
  const range = rangeOf(item, who, atMs)
  const own = range !== undefined && range !== item.ranges?.[0] && typeof range.low === 'number' && typeof range.high === 'number'
  const mean = own ? (range.low! + range.high!) / 2 : item.mean!
  const sd = own ? (range.high! - range.low!) / 5 : item.sd!
  const usual = self.fork(item.code).normal(0, 0.75)
  const today = random.normal(0, 0.45)
  // Skewed quantities (tumour markers, CRP) stay positive: their logarithm is what spreads normally.
  const healthy = sd > mean / 2 ? mean * Math.exp((usual + today) * Math.min(sd / mean, 0.9) - 0.1) : mean + sd * (usual + today)
  return Math.max(0, withIllness(item.code, healthy, courses))
}

function withIllness(code: string, healthy: number, courses: readonly Course[]): number {
  let value = healthy
  for (const { illness, severity } of courses) {
    const effect = illness.effects[code]
    if (effect === undefined) continue
    value = effect[0] === '+' ? value + effect[1] * severity : value * effect[1] ** severity
  }
  return value
}

function codedValue(random: Random, item: LabItem, courses: readonly Course[]): string {
  for (const { illness, severity } of courses) {
    const value = illness.coded?.[item.code]
    if (value !== undefined && random.chance(Math.min(0.95, severity))) return value
  }
  return random.weighted(item.values!, entry => entry.share).value
}

type Formula = (inputs: number[], about: { who: Who; age: number }) => number

/** In this order; each only where its inputs were measured too. */
const derived: readonly (readonly [code: string, from: readonly string[], formula: Formula])[] = [
  ['NEUT%', ['NEUT%', 'MONO%', 'EO%', 'BASO%'], ([neut, ...rest]) => Math.max(3, Math.min(neut!, 97 - sum(rest)))],
  ['LYMPH%', ['NEUT%', 'MONO%', 'EO%', 'BASO%'], parts => 100 - sum(parts.map(tenth))],
  ['NEUT#', ['WBC', 'NEUT%'], ([wbc, percent]) => (wbc! * percent!) / 100],
  ['LYMPH#', ['WBC', 'LYMPH%'], ([wbc, percent]) => (wbc! * percent!) / 100],
  ['MONO#', ['WBC', 'MONO%'], ([wbc, percent]) => (wbc! * percent!) / 100],
  ['EO#', ['WBC', 'EO%'], ([wbc, percent]) => (wbc! * percent!) / 100],
  ['BASO#', ['WBC', 'BASO%'], ([wbc, percent]) => (wbc! * percent!) / 100],
  ['HCT', ['HGB', 'MCHC'], ([hgb, mchc]) => hgb! / mchc!],
  ['RBC', ['HCT', 'MCV'], ([hct, mcv]) => (hct! * 1000) / mcv!],
  ['MCH', ['HGB', 'RBC'], ([hgb, rbc]) => hgb! / rbc!],
  ['RDW-SD', ['MCV', 'RDW-CV'], ([mcv, cv]) => mcv! * cv! * 0.036],
  ['PCT-PLT', ['PLT', 'MPV'], ([plt, mpv]) => (plt! * mpv!) / 10_000],
  ['AST/ALT', ['AST', 'ALT'], ([ast, alt]) => ast! / Math.max(1, alt!)],
  ['DBIL', ['DBIL', 'TBIL'], ([direct, total]) => Math.min(direct!, total! * 0.85)],
  ['IBIL', ['TBIL', 'DBIL'], ([total, direct]) => total! - direct!],
  ['ALB', ['ALB', 'TP'], ([albumin, total]) => Math.min(albumin!, total! - 15)],
  ['GLO', ['TP', 'ALB'], ([total, albumin]) => total! - albumin!],
  ['A/G', ['ALB', 'GLO'], ([albumin, globulin]) => albumin! / globulin!],
  ['EGFR', ['CREA'], ([creatinine], { who, age }) => filtration(creatinine!, who.sex, age)],
  ['AG', ['NA', 'CL', 'TCO2'], ([sodium, chloride, carbonate]) => sodium! - chloride! - carbonate!],
  ['LDL-C', ['TC', 'HDL-C', 'TG', 'LDL-C'], ([total, high, fat, low]) => (fat! < 4.5 ? Math.max(0.5, total! - high! - fat! / 2.2) : low!)],
  ['PTINR', ['PT'], ([time]) => time! / 10.95],
  ['FPSA', ['TPSA'], ([total]) => total! * 0.25],
  ['BG-HCO3', ['BG-PH', 'BG-PCO2'], ([ph, co2]) => 0.0307 * co2! * 10 ** (ph! - 6.1)],
  ['BG-BE', ['BG-PH', 'BG-HCO3'], ([ph, carbonate]) => 0.93 * (carbonate! - 24.4 + 14.8 * (ph! - 7.4))],
  ['BG-SO2', ['BG-PO2'], ([oxygen]) => 100 / (1 + 23_400 / (oxygen! ** 3 + 150 * oxygen!))],
]

/** CKD-EPI 2009, creatinine in µmol/L. */
function filtration(creatinine: number, sex: 'M' | 'F', age: number): number {
  const ratio = creatinine / 88.4 / (sex === 'F' ? 0.7 : 0.9)
  const slope = sex === 'F' ? -0.329 : -0.411
  return 141 * Math.min(ratio, 1) ** slope * Math.max(ratio, 1) ** -1.209 * 0.993 ** age * (sex === 'F' ? 1.018 : 1)
}

/** Percentages are printed with one decimal; what is printed must add up. */
function tenth(value: number): number {
  return Math.round(value * 10) / 10
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
