// One patient's years as HL7 v2 messages: visits of every kind, results that worsen, a critical value, a correction, images, a temporary record merged in.
import { dayMs, stamp } from '#adapters/content/china-time.ts'
import { hl7 } from '../../server-under-test.ts'

export const person = { number: '77001234', temporary: 'T7700123401', name: '欧阳珅', birth: '19580412', idCard: '990118195804120034' }

type Item = {
  readonly code: string
  readonly name: string
  readonly unit: string
  readonly low?: number
  readonly high?: number
  readonly critical?: number
}
type Panel = { readonly code: string; readonly name: string; readonly items: readonly Item[] }

const renal: Panel = {
  code: 'RFT',
  name: '肾功能',
  items: [
    { code: 'UREA', name: '尿素', unit: 'mmol/L', low: 3.1, high: 8.0 },
    { code: 'CREA', name: '肌酐', unit: 'μmol/L', low: 57, high: 97 },
    { code: 'UA', name: '尿酸', unit: 'μmol/L', low: 208, high: 428 },
    { code: 'EGFR', name: '估算肾小球滤过率', unit: 'mL/min/1.73m²', low: 90 },
  ],
}
const glucose: Panel = {
  code: 'GLU',
  name: '血糖及糖化血红蛋白',
  items: [
    { code: 'GLU', name: '葡萄糖', unit: 'mmol/L', low: 3.9, high: 6.1 },
    { code: 'HBA1C', name: '糖化血红蛋白', unit: '%', low: 4, high: 6 },
  ],
}
const electrolytes: Panel = {
  code: 'ELEC',
  name: '电解质',
  items: [
    { code: 'K', name: '钾', unit: 'mmol/L', low: 3.5, high: 5.3, critical: 6.2 },
    { code: 'NA', name: '钠', unit: 'mmol/L', low: 137, high: 147 },
    { code: 'CL', name: '氯', unit: 'mmol/L', low: 99, high: 110 },
  ],
}
const blood: Panel = {
  code: 'CBC',
  name: '血常规',
  items: [
    { code: 'WBC', name: '白细胞计数', unit: '×10\\S\\9/L', low: 3.5, high: 9.5 },
    { code: 'HGB', name: '血红蛋白', unit: 'g/L', low: 130, high: 175 },
    { code: 'PLT', name: '血小板计数', unit: '×10\\S\\9/L', low: 125, high: 350 },
  ],
}

type Values = readonly (number | string)[]
type Visit = {
  readonly number: string
  readonly kind: 'O' | 'E' | 'I'
  readonly department: string
  readonly departmentName: string
  readonly doctor: string
}

const pid = (number = person.number) =>
  `PID|1||${number}^^^ZJJ^MR~${person.idCard}^^^PRC^NI||${person.name}^^^^^^L||${person.birth}|1|||示例路7弄7号^朱家角镇^青浦区^上海市^201713^CHN^H||12600001234^PRN^CP|||2`
const pv1 = ({ number, kind, department, doctor }: Visit, place = `${department}^^^ZJJ`, startMs?: number, endMs?: number) => {
  const fields: Record<number, string> = { 1: '1', 2: kind, 3: place, 7: doctor, 10: department, 19: number }
  if (startMs) fields[44] = stamp(startMs)
  if (endMs) fields[45] = stamp(endMs)
  return `PV1${Array.from({ length: 45 }, (_, i) => `|${fields[i + 1] ?? ''}`).join('')}`
}
const dg1 = (code: string, name: string, atMs: number, place = 1) =>
  `DG1|${place}||${code}^${name}^ICD-10-CN||${stamp(atMs)}|A|||||||||${place}`

/** Tells the story up to `nowMs`: `years` of consultations, so many a year, then a stay, an emergency and a merge. */
export class ChartStory {
  readonly messages: string[] = []
  readonly #nowMs: number
  #serial = 0

  constructor(nowMs: number, years: number, perYear = 4) {
    this.#nowMs = Math.floor(nowMs / 60_000) * 60_000
    const consultations = years * perYear
    const everyDays = Math.round(3640 / perYear) / 10
    for (let i = 0; i < consultations; i++) this.#outpatient(this.#ago((consultations - i) * everyDays), i / Math.max(1, consultations - 1))
    this.#stay()
    this.#emergency()
    this.#merge()
  }

  #ago(days: number, hours = 0): number {
    return this.#nowMs - days * dayMs - hours * 3_600_000
  }

  #say(type: string, atMs: number, application: string, ...segments: string[]): void {
    const [message, trigger] = type.split('^')
    const control = `CS${String(++this.#serial).padStart(7, '0')}`
    const event = message === 'ADT' ? [`EVN|${trigger}|${stamp(atMs)}`] : []
    this.messages.push(hl7(type, { control, time: stamp(atMs), application }, ...event, ...segments))
  }

  /** `course` runs from 0 to 1: the kidneys fail slowly. */
  #outpatient(atMs: number, course: number): void {
    const visit: Visit = {
      number: `M${stamp(atMs).slice(2, 8)}7701`,
      kind: 'O',
      department: 'Z01',
      departmentName: '内科',
      doctor: 'Z01D06^马欣雪',
    }
    const wave = Math.sin(course * 23)
    this.#say(
      'ADT^A04',
      atMs,
      'ZJJ-HIS',
      pid(),
      pv1(visit, undefined, atMs),
      dg1('E11.900', '2型糖尿病', atMs),
      dg1('I10.x00', '高血压病', atMs, 2),
    )
    const creatinine = Math.round(88 + 120 * course ** 2 + 6 * wave)
    const values = [6.2 + 6 * course + wave, creatinine, Math.round(360 + 110 * course + 20 * wave), (92 - 58 * course).toFixed(1)]
    this.#order(visit, atMs + 1_200_000, renal, values)
    this.#order(visit, atMs + 1_260_000, glucose, [(7.2 + 2 * course + wave).toFixed(1), (6.8 + 1.5 * course + 0.3 * wave).toFixed(1)])
  }

  #stay(): void {
    const startMs = this.#ago(40)
    const visit: Visit = { number: 'ZY77010001', kind: 'I', department: 'Z01', departmentName: '内科', doctor: 'Z01D06^马欣雪' }
    const bed = 'ZW2^05^15^ZJJ'
    const said = [
      pid(),
      pv1(visit, bed, startMs),
      'AL1|1|DA|PCN^青霉素^L|SV|皮疹',
      'AL1|2|DA|IODCON^碘造影剂^L',
      dg1('N18.900', '慢性肾脏病', startMs),
    ]
    this.#say('ADT^A01', startMs, 'ZJJ-HIS', ...said)
    for (const day of [0, 2, 5, 8]) {
      const atMs = startMs + day * dayMs + 7_200_000
      this.#order(visit, atMs, renal, [13.2 - day / 2, 232 - day * 5, 470, (28 + day).toFixed(1)])
      this.#order(visit, atMs, electrolytes, [(5.9 - day / 10).toFixed(2), '138.2', '104.5'])
      this.#order(visit, atMs, blood, ['8.1', String(98 + day), '214'])
    }
    this.#image(visit, startMs + dayMs, {
      code: 'US-URI',
      name: '泌尿系超声',
      modality: 'US',
      findings: '双肾体积缩小，皮质变薄，回声增强。\\.br\\双侧输尿管未见扩张。',
      impression: '双肾弥漫性病变，请结合肾功能。',
    })
    const endMs = startMs + 9 * dayMs
    this.#say('ADT^A03', endMs, 'ZJJ-HIS', pid(), pv1(visit, bed, startMs, endMs), dg1('N18.900', '慢性肾脏病', startMs))
  }

  /** Two days ago: a critical potassium, and a creatinine that the laboratory corrects. */
  #emergency(): void {
    const startMs = this.#ago(1, 6)
    const visit: Visit = { number: 'E77010001', kind: 'E', department: 'Z11', departmentName: '急诊医学科', doctor: 'Z11D03^张军' }
    this.#say('ADT^A04', startMs, 'ZJJ-HIS', pid(), pv1(visit, undefined, startMs), dg1('E87.500', '高钾血症', startMs))
    this.#order(visit, startMs + 1_800_000, electrolytes, ['6.74', '135.1', '101.0'])
    this.#order(visit, startMs + 1_800_000, renal, [15.8, 318, 502, '17.9'], 'RFTC')
    this.#result(visit, startMs + 1_800_000, renal, [15.8, 281, 502, '20.6'], 'RFTC', {
      state: 'C',
      changed: ['CREA', 'EGFR'],
      reportedMs: startMs + 7_200_000,
    })
    this.#image(visit, startMs + 3_600_000, {
      code: 'CT-HEAD',
      name: '头颅CT平扫',
      modality: 'CT',
      findings: '双侧基底节区及放射冠多发斑点状低密度灶。\\.br\\脑室系统未见扩大，中线结构居中。',
      impression: '多发腔隙性脑梗死，请结合MRI。',
    })
  }

  /** A temporary record of the night before, found to be the same person. */
  #merge(): void {
    const atMs = this.#ago(0, 30)
    const visit: Visit = { number: 'E77010000', kind: 'E', department: 'Z11', departmentName: '急诊医学科', doctor: 'Z11D03^张军' }
    this.#say('ADT^A04', atMs, 'ZJJ-HIS', `PID|1||${person.temporary}^^^ZJJ^MR||${person.name}^^^^^^L|||1`, pv1(visit, undefined, atMs))
    this.#say('ADT^A40', atMs + 3_600_000, 'ZJJ-HIS', pid(), `MRG|${person.temporary}^^^ZJJ^MR`)
  }

  #order(visit: Visit, atMs: number, panel: Panel, values: Values, mark = panel.code): void {
    const placer = this.#number('JY', atMs, visit, mark)
    const by = `${visit.department}^${visit.departmentName}^ZJJ`
    const order = `OBR|1|${placer}||${panel.code}^${panel.name}^LIS-PANEL|R|${stamp(atMs)}||||||||||${visit.doctor}||||||||LAB`
    this.#say('ORM^O01', atMs, 'ZJJ-HIS', pid(), pv1(visit), `ORC|NW|${placer}|||SC||||${stamp(atMs)}|||${visit.doctor}|||||${by}`, order)
    this.#result(visit, atMs, panel, values, mark)
  }

  #result(
    visit: Visit,
    atMs: number,
    panel: Panel,
    values: Values,
    mark: string,
    {
      state = 'F',
      changed = [],
      reportedMs = atMs + 3_600_000,
    }: { state?: 'F' | 'C'; changed?: readonly string[]; reportedMs?: number } = {},
  ): void {
    const [placer, filler] = [this.#number('JY', atMs, visit, mark), this.#number('L', atMs, visit, mark)]
    const rows = panel.items.map((item, i) => {
      const value = String(typeof values[i] === 'number' ? Math.round(Number(values[i]) * 10) / 10 : values[i])
      const status = changed.includes(item.code) ? 'C' : 'F'
      return `OBX|${i + 1}|NM|${item.code}^${item.name}^ITEM||${value}|${item.unit}|${rangeOf(item)}|${flagOf(item, Number(value))}|||${status}|||${stamp(atMs + 900_000)}||Z14T77^毛丽`
    })
    const obr = `OBR|1|${placer}|${filler}|${panel.code}^${panel.name}^PANEL|R||${stamp(atMs + 600_000)}|||||||${stamp(atMs + 900_000)}||${visit.doctor}||||||${stamp(reportedMs)}||LAB|${state}|||||||Z14D06&高丽静`
    this.#say('ORU^R01', reportedMs, 'ZJJ-LIS', pid(), pv1(visit), `ORC|RE|${placer}|${filler}`, obr, ...rows)
  }

  #image(visit: Visit, atMs: number, exam: { code: string; name: string; modality: string; findings: string; impression: string }): void {
    const [placer, filler] = [this.#number('JC', atMs, visit, exam.code), this.#number('P', atMs, visit, exam.code)]
    this.#say(
      'ORU^R01',
      atMs + 3_600_000,
      'ZJJ-PACS',
      pid(),
      pv1(visit),
      `ORC|RE|${placer}|${filler}`,
      `OBR|1|${placer}|${filler}|${exam.code}^${exam.name}^EXAM|||${stamp(atMs)}|||||||||${visit.doctor}||${filler}||||${stamp(atMs + 3_600_000)}||${exam.modality}|F|||||||Z16D04&李丽`,
      `OBX|1|FT|FINDINGS^检查所见^REPORT||${exam.findings}||||||F`,
      `OBX|2|FT|IMPRESSION^检查结论^REPORT||${exam.impression}|||A|||F`,
      `OBX|3|RP|LINK^影像调阅^REPORT||https://pacs.zjj.example/viewer?accession=${filler}^ZJJ-PACS^AP^HTML||||||F`,
    )
  }

  #number(kind: string, atMs: number, visit: Visit, mark: string): string {
    return `${kind}${stamp(atMs).slice(2, 10)}${visit.kind}${mark}`
  }
}

function rangeOf({ low, high }: Item): string {
  if (high === undefined) return `≥${low}`
  return `${low}-${high}`
}

function flagOf({ low, high, critical }: Item, value: number): string {
  if (critical !== undefined && value >= critical) return 'HH'
  if (high !== undefined && value > high) return 'H'
  return low !== undefined && value < low ? 'L' : 'N'
}
