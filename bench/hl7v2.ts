// HL7 v2 reading against @medplum/core's Hl7Message: a 1.1 KB ORU^R01 parsed and 27 fields read, and its header alone. CPU time, interleaved, medians. Run: npm run bench -- hl7v2
import { Hl7Message } from '@medplum/core'
import { readHeader } from '#formats/hl7v2/header.ts'
import { parseMessage } from '#formats/hl7v2/message.ts'
import { parseTime } from '#formats/hl7v2/parse-time.ts'
import { groupMessage } from '#formats/hl7v2/structure/groups.ts'
import { must } from '#kernel/result.ts'

const latin = [
  'MSH|^~\\&|LIS|ZJJ|PLAT|HUB|20260105083015||ORU^R01^ORU_R01|LIS202601050001|P|2.5.1|||AL|NE|CHN|UNICODE UTF-8',
  'PID|1||880123^^^ZJJ^MR~310118198001011234^^^MPS^NI||ZHANG^XIAOMING^^^^^L||19800101|M|||18 SHAJIADAI ROAD^^SHANGHAI^^201713^CHN^H||13800000000^PRN^CP||zh|M',
  'PV1|1|I|0301^0301^12^ZJJ||||1001^WANG^YI^^^^^^ZJJ|||MED||||1|||1001^WANG^YI|01|ZY20260001|||||||||||||||||||||||||20260103093000',
  'ORC|RE|A2026010500123|L2026010500123||CM||||20260105070000|||1001^WANG^YI',
  'OBR|1|A2026010500123|L2026010500123|CBC^Complete blood count^L|||20260105071500|||||||20260105072000|BLD^blood|1001^WANG^YI||||||20260105083000||HM|F||^^^^^R',
  'OBX|1|NM|718-7^Hemoglobin^LN||132|g/L|115-150|N|||F|||20260105082500||2002^LI^JISHI',
  'OBX|2|NM|6690-2^Leukocytes^LN||5.10|10*9/L|3.5-9.5|N|||F|||20260105082500||2002^LI^JISHI',
  'OBX|3|NM|777-3^Platelets^LN||201|10*9/L|125-350|N|||F|||20260105082500||2002^LI^JISHI',
  'OBX|4|NM|2345-7^Glucose^LN||5.6|mmol/L|3.9-6.1|N|||F|||20260105082500||2002^LI^JISHI',
  'OBX|5|ST|5778-6^Color^LN||yellow \\T\\ clear||||||F|||20260105082500||2002^LI^JISHI',
  'NTE|1|L|The specimen was slightly haemolysed; results are for reference only',
].join('\r')
const chinese = latin
  .replace('ZHANG^XIAOMING', '张小明')
  .replace('18 SHAJIADAI ROAD^^SHANGHAI', '上海市青浦区朱家角镇沙家埭路18号^^上海')
  .replaceAll('WANG^YI', '王医生')
  .replaceAll('LI^JISHI', '李技师')
  .replace('Hemoglobin', '血红蛋白')
  .replace('Leukocytes', '白细胞计数')
  .replace('Platelets', '血小板计数')
  .replace('The specimen was slightly haemolysed; results are for reference only', '标本轻度溶血，结果仅供参考')

/** 27 values: components, a repetition, an escape; the sum of their lengths keeps the work honest. */
function readOurs(text: string): number {
  const message = must(parseMessage(text))
  const { header } = message
  let sum = header.value(3, 1, 1).length + header.value(9, 1, 2).length + header.value(10).length
  const pid = message.segment('PID')!
  sum += pid.value(3, 1, 1).length + pid.value(3, 2, 1).length + pid.value(5, 1, 1).length + pid.value(7).length
  const pv1 = message.segment('PV1')!
  sum += pv1.value(2).length + pv1.value(19, 1, 1).length
  const obr = message.segment('OBR')!
  sum += obr.value(3, 1, 1).length + obr.value(4, 1, 2).length + obr.value(25).length
  for (let at = message.find('OBX'); at >= 0; at = message.find('OBX', at + 1)) {
    const obx = message.segments[at]!
    sum += obx.value(3, 1, 1).length + obx.value(5).length + obx.value(6, 1, 1).length
  }
  return sum
}

function readMedplum(text: string): number {
  const message = Hl7Message.parse(text)
  const header = message.getSegment('MSH')!
  let sum = header.getComponent(3, 1).length + header.getComponent(9, 2).length + header.getComponent(10, 1).length
  const pid = message.getSegment('PID')!
  sum += pid.getField(3).getComponent(1).length + pid.getField(3).getComponent(1, 0, 1).length + pid.getComponent(5, 1).length
  sum += pid.getComponent(7, 1).length
  const pv1 = message.getSegment('PV1')!
  sum += pv1.getComponent(2, 1).length + pv1.getComponent(19, 1).length
  const obr = message.getSegment('OBR')!
  sum += obr.getComponent(3, 1).length + obr.getComponent(4, 2).length + obr.getComponent(25, 1).length
  for (const obx of message.getAllSegments('OBX'))
    sum += obx.getComponent(3, 1).length + obx.getComponent(5, 1).length + obx.getComponent(6, 1).length
  return sum
}

function headerOurs(text: string): number {
  const header = must(readHeader(text))
  return (
    header.type.length + header.trigger.length + header.controlId.length + header.sendingApplication.length + header.sendingFacility.length
  )
}

function headerMedplum(text: string): number {
  const header = Hl7Message.parse(text).getSegment('MSH')!
  return (
    header.getComponent(9, 1).length +
    header.getComponent(9, 2).length +
    header.getComponent(10, 1).length +
    header.getComponent(3, 1).length +
    header.getComponent(4, 1).length
  )
}

const contests: [string, (text: string) => unknown, ((text: string) => unknown) | undefined][] = [
  ['parse + read 27 fields', readOurs, readMedplum],
  ['header only (5 values)', headerOurs, headerMedplum],
  ['parse only', text => must(parseMessage(text)).segments.length, text => Hl7Message.parse(text).segments.length],
  ['parse + group tree', text => groupMessage(must(parseMessage(text)), 'ORU_R01').root, undefined],
  ['one time to dateTime', () => parseTime('20260105083015', 'Asia/Shanghai')?.dateTime, undefined],
]

const rounds = 11
const messagesPerRound = 20_000
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const median = (times: number[]): number => times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!

function cpuMicroseconds(work: (text: string) => unknown, text: string): number {
  const start = process.cpuUsage()
  for (let turn = 0; turn < messagesPerRound; turn++) work(text)
  const used = process.cpuUsage(start)
  return (used.user + used.system) / messagesPerRound
}

for (const [language, text] of [
  ['latin', latin],
  ['Chinese', chinese],
] as const) {
  say(
    `${language}, ${Buffer.byteLength(text)} bytes, sums of lengths ${readOurs(text)} and ${readMedplum(text)} (the other leaves \\T\\ undecoded)`,
  )
  const times = contests.map(() => ({ ours: [] as number[], theirs: [] as number[] }))
  for (let round = 0; round < rounds; round++) {
    contests.forEach(([, ours, theirs], at) => {
      times[at]!.ours.push(cpuMicroseconds(ours, text))
      if (theirs) times[at]!.theirs.push(cpuMicroseconds(theirs, text))
    })
  }
  contests.forEach(([title, , theirs], at) => {
    const ours = median(times[at]!.ours)
    const compared = theirs
      ? `medplum ${median(times[at]!.theirs).toFixed(2)} µs  ratio ${(median(times[at]!.theirs) / ours).toFixed(1)}x`
      : ''
    say(`  ${title.padEnd(24)} ${ours.toFixed(2).padStart(6)} µs  ${compared}`)
  })
}
