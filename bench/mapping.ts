// Mapping: a 2 KB ORU^R01 with ten results and an ADT^A01, from text to resource intents; @medplum/core's Hl7Message.parse, which only splits, is the yardstick.
// CPU time of one core, interleaved, medians; every message differs in patient, numbers and values. Run: npm run bench -- mapping
import { Hl7Message } from '@medplum/core'
import { messageKind, readHeader } from '#formats/hl7v2/header.ts'
import { parseMessage } from '#formats/hl7v2/message.ts'
import { groupMessage } from '#formats/hl7v2/structure/groups.ts'
import type { MapContext } from '#kernel/ports/mapper.ts'
import { must } from '#kernel/result.ts'
import { openMappings } from '#mappings/mappings.ts'
import { loadTerminology } from '#terminology/load.ts'

const items = [
  ['WBC', '白细胞计数', '6690-2', '10\\S\\9/L', '3.5-9.5'],
  ['RBC', '红细胞计数', '789-8', '10\\S\\12/L', '4.3-5.8'],
  ['HGB', '血红蛋白', '718-7', 'g/L', '130-175'],
  ['HCT', '红细胞压积', '4544-3', '%', '40.0-50.0'],
  ['PLT', '血小板计数', '777-3', '10\\S\\9/L', '125-350'],
  ['NEU', '中性粒细胞绝对值', '751-8', '10\\S\\9/L', '1.8-6.3'],
  ['LYM', '淋巴细胞绝对值', '731-0', '10\\S\\9/L', '1.1-3.2'],
  ['CRP', 'C 反应蛋白', '1988-5', 'mg/L', '≤10.0'],
  ['PCT', '降钙素原', '33959-8', 'ng/mL', '≤0.05'],
  ['SAA', '血清淀粉样蛋白 A', '48421-2', 'mg/L', '<10'],
] as const

/** Digits that differ from message to message. */
const number = (turn: number, digits: number): string => String(100_000_000_000 + turn).slice(-digits)

function report(turn: number): string {
  const results = items.map(([code, name, loinc, unit, range], at) => {
    const value = `${((turn * 7 + at * 13) % 180) / 10}0`
    return `OBX|${at + 1}|NM|${code}^${name}^99LIS^${loinc}^${name}^LN||${value}|${unit}|${range}|${at % 3 === 0 ? 'H' : 'N'}|||F|||20260105095500||2002^李技师`
  })
  return [
    `MSH|^~\\&|ZJJ-LIS|ZJJ|HUILIAN|HUB|20260105103015||ORU^R01^ORU_R01|LIS${number(turn, 10)}|P|2.5|||AL|NE|CHN|UNICODE UTF-8`,
    `PID|1||${number(turn, 8)}^^^ZJJ^MR||张小明^^^^^^L||19800101|M|||沙家埭路18号^朱家角镇^青浦区^上海市^201713^CHN^H||13800000000^PRN^CP`,
    `PV1|1|I|W03^301^05^ZJJ||||1001^王伟|||Z01|||||||||ZY${number(turn, 10)}^^^ZJJ|||||||||||||||||||||||||20260103093000`,
    `ORC|RE|A${number(turn, 10)}|L${number(turn, 10)}|||||||||1001^王伟`,
    `OBR|1|A${number(turn, 10)}|L${number(turn, 10)}|CBC^血常规^PANEL|||20260105071500|||||||20260105072000||1001^王伟||||||20260105083000||LAB|F|||||||2001&赵敏`,
    ...results,
    'NTE|1|L|标本轻度溶血，结果仅供参考',
    `SPM|1|^SP${number(turn, 10)}||03^全血^SPECIMEN|||||||||||||20260105071500|20260105072000`,
  ].join('\r')
}

function admission(turn: number): string {
  return [
    `MSH|^~\\&|ZJJ-HIS|ZJJ|HUILIAN|HUB|20260105083015||ADT^A01^ADT_A01|HIS${number(turn, 10)}|P|2.4|||AL|NE|CHN|UNICODE UTF-8`,
    'EVN|A01|20260105083010|||ZHIS01|20260105082800',
    `PID|1||${number(turn, 8)}^^^ZJJ^MR~SIM${number(turn, 9)}^^^NHSA^HC||王涛斌^^^^^^L||19580328|M|||测试新村17号^白鹤镇^青浦区^上海市^201700^CHN^H||12673268032^PRN^CP|||M||||||01^^GB3304`,
    'NK1|1|王小斌|CHD^子女^HL70063||12673268033^PRN^CP',
    `PV1|1|I|ZW1^13^37^ZJJ||||Z01D06^马欣雪|||Z01||||1|||||ZY${number(turn, 10)}|01||||||||||||||||||||||||20260303124417`,
    'AL1|1|DA|A001^青霉素^L|SV',
    'DG1|1||E46.x00^蛋白质-能量营养不良^ICD-10-CN||20260303124417|A|||||||||1',
    'DG1|2||I10.x00^高血压病^ICD-10-CN||20260303124417|A|||||||||2',
    `IN1|1|310^职工基本医疗保险^INSU|NHSA|||||||||20260101||||||||||||||||||||||||${number(turn, 12)}`,
  ].join('\r')
}

const rounds = 15
const messagesPerRound = 1_000
const context: MapContext = { tenant: 'ZJJ', facility: 'ZJJ', source: 'ZJJ-LIS', zone: 'Asia/Shanghai', receivedAtMs: 0 }
const mappings = must(openMappings({ codeMaps: must(loadTerminology()).maps }))
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const median = (times: number[]): number => times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!

function cpuMicroseconds(work: (text: string) => unknown, texts: readonly string[]): number {
  const start = process.cpuUsage()
  for (const text of texts) work(text)
  const used = process.cpuUsage(start)
  return (used.user + used.system) / texts.length
}

for (const [title, message] of [
  ['ORU^R01, 10 results', report],
  ['ADT^A01', admission],
] as const) {
  const sample = message(0)
  const kind = messageKind(must(readHeader(sample)))
  const plan = must(mappings.planFor({ format: 'hl7v2' }, kind))
  const contests: [string, (text: string) => unknown][] = [
    ['parse + group + map', text => must(plan.map(must(parseMessage(text)), context)).intents],
    ['parse + group', text => groupMessage(must(parseMessage(text)), kind === 'ADT^A01' ? 'ADT_A01' : 'ORU_R01').root],
    ['map with trace', text => must(plan.map(must(parseMessage(text)), { ...context, traced: true })).intents],
    ['medplum parse', text => Hl7Message.parse(text).segments.length],
  ]
  const times = contests.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    const texts = Array.from({ length: messagesPerRound }, (_, at) => message(round * messagesPerRound + at))
    contests.forEach(([, work], at) => void times[at]!.push(cpuMicroseconds(work, texts)))
  }
  const intents = must(plan.map(must(parseMessage(sample)), context)).intents.length
  say(`${title}: ${Buffer.byteLength(sample)} bytes, ${intents} resources`)
  const theirs = median(times.at(-1)!)
  contests.forEach(([name], at) => {
    const ours = median(times[at]!)
    say(
      `  ${name.padEnd(20)} ${ours.toFixed(1).padStart(7)} µs  ${Math.round(1e6 / ours)
        .toString()
        .padStart(7)}/s  ${(ours / theirs).toFixed(1)} x medplum's parse`,
    )
  })
}
