// The message mix of the load runs: admissions, updates and lab results of a hospital, cheap to make, every patient and order distinct by its number.

export type Made = { readonly kind: 'ADT^A01' | 'ADT^A08' | 'ORU^R01'; readonly bytes: Buffer }

/** Shares of the mix; results carry `obxPerOru` observations. About 1.3 KB on average. */
export const mix = { 'ADT^A01': 0.15, 'ADT^A08': 0.25, 'ORU^R01': 0.6 } as const
export const obxPerOru = 5

const families = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗'
const givens = '伟芳娜敏静丽强磊军洋勇艳杰涛明超秀兰霞平刚桂珅誠'
const items = [
  ['WBC', '白细胞计数', '5.10', '10\\S\\9/L', '3.5-9.5'],
  ['HGB', '血红蛋白', '132', 'g/L', '115-150'],
  ['PLT', '血小板计数', '210', '10\\S\\9/L', '125-350'],
  ['ALT', '丙氨酸氨基转移酶', '23.0', 'U/L', '7-40'],
  ['CREA', '肌酐', '68.5', 'umol/L', '41-73'],
  ['GLU', '葡萄糖', '5.60', 'mmol/L', '3.9-6.1'],
  ['K', '钾', '4.20', 'mmol/L', '3.5-5.3'],
] as const

/** The n-th message of a run over `patients` patients; `facility` is MSH-4. Deterministic. */
export function message(n: number, patients: number, facility: string): Made {
  const roll = ((n * 2_654_435_761) >>> 0) / 2 ** 32
  const patient = (n * 7_919) % patients
  if (n < patients || roll < mix['ADT^A01'])
    return { kind: 'ADT^A01', bytes: Buffer.from(adt('A01', n, n < patients ? n : patient, facility)) }
  if (roll < mix['ADT^A01'] + mix['ADT^A08']) return { kind: 'ADT^A08', bytes: Buffer.from(adt('A08', n, patient, facility)) }
  return { kind: 'ORU^R01', bytes: Buffer.from(oru(n, patient, facility)) }
}

function adt(event: string, n: number, patient: number, facility: string): string {
  const time = stamp(n)
  return [
    `MSH|^~\\&|HIS|${facility}|HUILIAN|REGION|${time}||ADT^${event}^ADT_A01|A${n}|P|2.5|||AL|NE|CHN|UNICODE UTF-8`,
    `EVN|${event}|${time}`,
    pid(patient, facility, n),
    [
      `PV1|1|I|W0${patient % 9}^R${patient % 20}^B${patient % 4}^${facility}`,
      `|||| D00${patient % 9}^李^誠|||MED||||||||D00${patient % 9}^李^誠||V${patient}^^^${facility}^VN`,
      '|||||||||||||||||||||||||20261101080000',
    ].join(''),
    'DG1|1||I10.x00^特发性(原发性)高血压^I10||20261101|A',
    '',
  ].join('\r')
}

function oru(n: number, patient: number, facility: string): string {
  const time = stamp(n)
  const obx = Array.from({ length: obxPerOru }, (_, i) => {
    const [code, name, value, unit, range] = items[(n + i) % items.length]!
    return `OBX|${i + 1}|NM|${code}^${name}^L||${value}|${unit}|${range}|N|||F|||${time}||T001^检验师`
  })
  return [
    `MSH|^~\\&|LIS|${facility}|HUILIAN|REGION|${time}||ORU^R01^ORU_R01|R${n}|P|2.5|||AL|NE|CHN|UNICODE UTF-8`,
    pid(patient, facility, n),
    `PV1|1|I|W0${patient % 9}^R${patient % 20}^B${patient % 4}^${facility}|||||||||||||||V${patient}^^^${facility}^VN`,
    `ORC|RE|P${n}^HIS|F${n}^LIS||CM`,
    `OBR|1|P${n}^HIS|F${n}^LIS|CBC^血常规^L|||${time}|||||||||D00${patient % 9}^李^誠||||||${time}||LAB|F`,
    ...obx,
    '',
  ].join('\r')
}

function pid(patient: number, facility: string, n: number): string {
  const name = `${families[patient % families.length]}${givens[(patient * 3) % givens.length]}${givens[(patient * 7) % givens.length]}`
  const year = 1940 + (patient % 80)
  const birthDate = `${year}0${1 + (patient % 9)}1${patient % 9}`
  const phone = n % 4 ? '' : `^PRN^CP^^^^12${String(patient).padStart(9, '0')}`
  const sex = patient % 2 ? 'M' : 'F'
  return `PID|1||${100_000 + patient}^^^${facility}^MR||${name}||${birthDate}|${sex}|||^朱家角镇^青浦区^上海市^201713||${phone}`
}

function stamp(n: number): string {
  const second = n % 86_400
  const two = (value: number) => String(value).padStart(2, '0')
  return `202611${two(2 + (Math.floor(n / 86_400) % 20))}${two(Math.floor(second / 3600))}${two(Math.floor(second / 60) % 60)}${two(second % 60)}`
}
