// What happened before the operator's pages are opened: admissions, results, a merge, doubtful identities, and messages in trouble. Invented people.
import { hl7, type ServerUnderTest } from '../../server-under-test.ts'

/** A valid citizen number of an invented person: female, born 1980-05-06. */
export const card = '990118198005060024'

const evn = (trigger: string, time: string) => `EVN|${trigger}|${time}`
const pid = (number: string, name: string, more = '19800506|2', identity = '') =>
  `PID|1||${number}^^^ZJJ^MR${identity && `~${identity}^^^PRC^NI`}||${name}^^^^^^L||${more}|||虚构街12号^^青浦区^上海市^201700^CHN^H||12000000017^PRN^CP`
const pv1 = (visit: string) => `PV1|1|O|Z01^^^ZJJ||||Z01D01^李誠|||Z01|||||||||${visit}`

export const admission = (control: string, number: string, name: string, more?: string, identity?: string) =>
  hl7('ADT^A04', { control }, evn('A04', '20261101080000'), pid(number, name, more, identity), pv1(`M${number}`))

const result = (control: string, number: string, value: string) =>
  hl7(
    'ORU^R01',
    { control, application: 'ZJJ-LIS', time: '20261101093000' },
    pid(number, '陈珅'),
    pv1(`M${number}`),
    `ORC|RE|JY${number}|B${number}`,
    `OBR|1|JY${number}|B${number}|RFT^肾功能^PANEL|||20261101090000|||||||||||||||20261101093000||LAB|F`,
    `OBX|1|NM|CREA^肌酐^ITEM||${value}|umol/L|41-73|N|||F|||20261101090000`,
    'OBX|2|NM|MPV^平均血小板体积^ITEM||9.8|fL|7.0-11.0|N|||F|||20261101090000',
    'OBX|3|NM|XYZ9^自拟项目^ITEM||1.0|mg/L|0-2|N|||F|||20261101090000',
  )

const merge = hl7(
  'ADT^A40',
  { control: 'S-MERGE', time: '20261101120000' },
  evn('A40', '20261101120000'),
  pid('550001', '诚䶮'),
  'MRG|550002^^^ZJJ^MR',
)

const withoutPatient = (control: string) => hl7('ADT^A04', { control }, evn('A04', '20261101080000'), pv1('M1'))

/** Everything in order; the last two are in trouble for the same reason. */
export const story: readonly string[] = [
  admission('S-1', '550001', '诚䶮'),
  admission('S-2', '550002', '无名氏0001'),
  merge,
  admission('S-CARD-1', '660001', '陈珅', '19800506|2', card),
  admission('S-CARD-2', '660003', '陈坤', '19800506|2', card),
  admission('S-CARD-3', '660004', '陈珅之子', '20261030|1', card),
  admission('S-CARD-4', '660005', '李誠', '19780202|1', card),
  result('S-LAB', '660001', '5.10'),
  withoutPatient('S-BAD-1'),
  withoutPatient('S-BAD-2'),
]

/** MPV has a suggested target, XYZ9 is known to nobody. Names of the kept messages, in the order of the story. */
export async function tell(server: ServerUnderTest): Promise<string[]> {
  const names: string[] = []
  for (const message of story) names.push((await server.send(message)).name)
  return names
}
