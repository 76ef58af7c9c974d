// How often formats/charset reads a short message in the wrong character set, by class of text, and how fast it decodes. Run: npm run bench -- charset
import iconv from 'iconv-lite'
import { decode } from '#formats/charset/decode.ts'
import { encode } from '#formats/charset/encode.ts'
import { must } from '#kernel/result.ts'

const messagesPerClass = 100_000
const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** Mulberry32: the same messages in every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
const random = seeded(20_260_101)
const pick = <T>(list: ArrayLike<T>): T => list[Math.floor(random() * list.length)]!

const rows = (first: number, last: number): string[] => {
  const pairs: Buffer[] = []
  for (let lead = first; lead <= last; lead++)
    for (let trail = 0xa1; trail <= (lead === 0xd7 ? 0xf9 : 0xfe); trail++) pairs.push(Buffer.from([lead, trail]))
  return [...iconv.decode(Buffer.concat(pairs), 'gb18030')]
}
const level1 = rows(0xb0, 0xd7)
const level2 = rows(0xd8, 0xf7)
const rare = [...'珅誠𠮷䶮㐂喆堃昇頔钘翀犇驫赟祎玥烜燚燊焜垚淼鑫骉']
const surnames = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白',
]
const given = [
  ...'伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰玉梅红建国志海燕春荣永福祥辉晓小琴云珍莉凤洁琳素爱雪婷慧佳欣怡梓涵子轩浩宇然',
]

const uyghur = ['ئابدۇللا', 'مۇھەممەت', 'گۈلنار', 'پاتىمە', 'ئەخمەت', 'رەيھان']

const givenName = (of: () => string): string => (random() < 0.45 ? of() : of() + of())
const name = (): string =>
  pick(surnames) + givenName(() => pick(random() < 0.7 ? given : random() < 0.93 ? level1 : random() < 0.9 ? level2 : rare))

/** What stands in the message beside ASCII; everything else is control ids, codes and numbers. */
const classes: readonly [string, () => string][] = [
  ['name of 2 or 3 characters', name],
  ['given name of common characters only (level 1, uniform)', () => pick(surnames) + givenName(() => pick(level1))],
  ['given name of level 2 characters only (uniform)', () => pick(surnames) + givenName(() => pick(level2))],
  ['two characters of level 1 (uniform)', () => pick(level1) + pick(level1)],
  ['given name of rare characters only', () => pick(surnames) + givenName(() => pick(rare))],
  ['name with a middle dot', () => `${pick(given)}${pick(level1)}·${pick(level1)}${pick(level1)}`],
  ['one character (sex, type)', () => pick([...'男女汉回本外门急住院自医'])],
  ['one clinical symbol', () => pick(['37.2°C', '±0.5', '5×3', 'μmol/L', 'α1', 'β2', '10²', '≥90', '5～10', '①'])],
  ['Uyghur name in Arabic script', () => `${pick(uyghur)} ${pick(uyghur)}`],
  ['department', () => pick(['内科', '外科', '儿科', '检验科', '放射科', '急诊科', '妇产科', '精神科', '骨科', '眼科'])],
]

const message = (text: string, declared: string): string =>
  `MSH|^~\\&|HIS|ZJJ|PLAT|ZJJ|20260101083000||ADT^A04^ADT_A01|M${Math.floor(random() * 1e6)}|P|2.4|||||CHN|${declared}\rPID|1||880123^^^ZJJ^MR||${text}||19800101|F\r`

say(`error rate of the decision, ${messagesPerClass} messages per class, half UTF-8 and half GB18030`)
say('class                                                    declared right   undeclared        declared wrong')
const worst = new Map<string, number>()
for (const [title, text] of classes) {
  const wrong = { right: 0, none: 0, false: 0 }
  for (let i = 0; i < messagesPerClass; i++) {
    const charset = i % 2 ? 'utf-8' : 'gb18030'
    const content = text()
    for (const [truth, declared] of [
      ['right', charset],
      ['none', ''],
      ['false', charset === 'utf-8' ? 'GB18030' : 'UTF-8'],
    ] as const) {
      const sent = message(content, declared)
      const read = decode(must(encode(sent, charset)), declared)
      if (read.ok && read.value.text === sent) continue
      wrong[truth]++
      const sample = `${charset} ${content}${truth === 'none' ? '' : ` declared ${truth}`} → ${read.ok ? /\|([^|]*)\|\|19800101/.exec(read.value.text)?.[1] : read.fault.code}`
      worst.set(sample, (worst.get(sample) ?? 0) + 1)
    }
  }
  const rate = (count: number): string => `${((count / messagesPerClass) * 100).toFixed(3)} %`.padEnd(18)
  say(`${title.padEnd(57)}${rate(wrong.right)}${rate(wrong.none)}${rate(wrong.false)}`)
}
say('worst:')
for (const [sample, count] of [...worst].sort((a, b) => b[1] - a[1]).slice(0, 30)) say(`  ${count} × ${sample}`)

say('throughput, messages of 2 KB, CPU time per message')
const long = message(name(), '') + 'OBX|1|NM|718-7^Hemoglobin^LN||132|g/L|115-150|N|||F|||20260101083000+0800\r'.repeat(22)
const chinese = long + 'NTE|1||标本轻度溶血，结果仅供参考，请结合临床。\r'.repeat(3)
const samples: [string, Buffer][] = [
  ['ASCII', Buffer.from(long.replace(/[^\x00-\x7f]/g, ''))],
  ['UTF-8', must(encode(chinese, 'utf-8'))],
  ['GB18030', must(encode(chinese, 'gb18030'))],
]
const rounds = samples.map(() => [] as number[])
for (let round = 0; round < 9; round++) {
  samples.forEach(([, bytes], at) => {
    const start = process.cpuUsage()
    for (let i = 0; i < 20_000; i++) decode(bytes, '')
    const used = process.cpuUsage(start)
    rounds[at]!.push((used.user + used.system) / 20_000)
  })
}
samples.forEach(([title, bytes], at) => {
  const median = rounds[at]!.sort((a, b) => a - b)[4]!
  say(`  ${title.padEnd(8)} ${bytes.length} bytes  ${median.toFixed(2)} µs  ${(bytes.length / median).toFixed(0)} MB/s`)
})
