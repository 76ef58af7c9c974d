// XML reading and writing on a 53 KB shared document (60 results with narrative), against saxes building the same tree. fast-xml-parser, the peer of the
// earlier measurement, is not a dependency: there saxes was 1.7 times as fast as its preserveOrder mode. CPU time, interleaved, medians. Run: npm run bench -- xml
import { SaxesParser, type SaxesTagNS } from 'saxes'
import { readXml, readXmlText } from '#formats/xml/read.ts'
import { writeXml } from '#formats/xml/write.ts'
import { must } from '#kernel/result.ts'

const result = (number: number): string =>
  '<entry typeCode="DRIV"><observation classCode="OBS" moodCode="EVN">' +
  `<templateId root="2.16.156.10011.2.1.1.${number}"/><code code="DE04.50.019.00" displayName="检验定量结果" codeSystem="2.16.156.10011.2.2.1" codeSystemName="卫生信息数据元目录"/>` +
  '<statusCode code="completed"/><effectiveTime value="20260105082500+0800"/>' +
  `<value xsi:type="PQ" value="${number}.10" unit="10*9/L"/><entryRelationship typeCode="COMP"><observation classCode="OBS" moodCode="EVN">` +
  `<code code="DE04.50.134.00" displayName="参考范围"/><value xsi:type="ST">3.5 &lt; x &lt; 9.5</value></observation></entryRelationship></observation></entry>\n`
const row = (number: number): string =>
  `<tr><td>项目${number}</td><td>5.10 <content styleCode="Bold">↑</content></td><td>3.5～9.5</td></tr>\n`
const numbers = Array.from({ length: 60 }, (_, index) => index)
const text =
  '<?xml version="1.0" encoding="UTF-8"?>\n<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
  `<component><structuredBody><component><section><text><table><tbody>${numbers.map(row).join('')}</tbody></table></text>` +
  `${numbers.map(result).join('')}</section></component></structuredBody></component></ClinicalDocument>`
const bytes = Buffer.from(text)

type Tree = { readonly tag: SaxesTagNS; readonly children: (Tree | string)[] }

function readSaxes(): Tree | undefined {
  const parser = new SaxesParser({ xmlns: true })
  const open: Tree[] = []
  let root: Tree | undefined
  parser.on('opentag', tag => {
    const element = { tag, children: [] }
    if (open.length > 0) open.at(-1)!.children.push(element)
    else root = element
    open.push(element)
  })
  parser.on('closetag', () => void open.pop())
  parser.on('text', content => void open.at(-1)?.children.push(content))
  parser.write(bytes.toString()).close()
  return root
}

const document = must(readXmlText(text))
const contests: [string, () => unknown][] = [
  ['saxes, tree with namespaces, from bytes', readSaxes],
  ['read, from bytes', () => must(readXml(bytes)).root],
  ['read, from text', () => must(readXmlText(text)).root],
  ['write', () => must(writeXml(document))],
]
const rounds = 11
const turns = 200
const times = contests.map((): number[] => [])
for (let round = 0; round < rounds; round++) {
  contests.forEach(([, work], at) => {
    const start = process.cpuUsage()
    for (let turn = 0; turn < turns; turn++) work()
    const used = process.cpuUsage(start)
    times[at]!.push((used.user + used.system) / turns)
  })
}
const medians = times.map(list => list.sort((a, b) => a - b)[Math.floor(rounds / 2)]!)
process.stdout.write(`${bytes.length} bytes, ${text.length} characters\n`)
contests.forEach(([title], at) => {
  process.stdout.write(`  ${title.padEnd(42)} ${medians[at]!.toFixed(0).padStart(5)} µs  ${(medians[0]! / medians[at]!).toFixed(1)}x\n`)
})
