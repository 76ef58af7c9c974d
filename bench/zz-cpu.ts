// tmp
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { metric, startChild } from './child-server.ts'
import { message } from './hospital-mix.ts'
import { load } from './mllp-load.ts'

const dir = mkdtempSync('/tmp/zz-')
const server = await startChild(dir + '/data')
const cpu = () =>
  Object.fromEntries(
    readdirSync(`/proc/${server.process.pid}/task`).map(t => {
      const s = readFileSync(`/proc/${server.process.pid}/task/${t}/stat`, 'utf8')
      const c = s.slice(s.indexOf('(') + 1, s.indexOf(')'))
      const f = s.slice(s.lastIndexOf(')') + 2).split(' ')
      return [`${c} ${t}`, (Number(f[11]) + Number(f[12])) * 10]
    }),
  )
const drain = async () => {
  for (let s = 0; s < 3; ) {
    s = (await metric(server, 'huilian_backlog_messages')) === 0 ? s + 1 : 0
    await new Promise(r => setTimeout(r, 50))
  }
}
await load({ port: server.mllpPort, connections: 32, make: n => message(n, 1000, 'B').bytes, count: 3000 })
await drain()
const n = Number(process.argv[2] ?? 8000)
const a = cpu()
const t = performance.now()
const r = await load({ port: server.mllpPort, connections: 32, make: n => message(n, 1000, 'B').bytes, count: n, from: 3000 })
await drain()
const b = cpu()
const secs = (performance.now() - t) / 1000
process.stdout.write(`ack ${(r.sent / r.seconds).toFixed(0)}/s, stored ${(n / secs).toFixed(0)}/s\n`)
const rows = Object.entries(b)
  .map(([k, v]) => [k.split(' ')[0], v - (a[k] ?? 0)] as const)
  .filter(x => x[1] > 30)
  .sort((x, y) => y[1] - x[1])
process.stdout.write(
  rows.map(([k, v]) => `${k} ${((v * 1000) / n).toFixed(0)}us/msg`).join('\n') +
    `\ntotal ${((rows.reduce((s, x) => s + x[1], 0) * 1000) / n).toFixed(0)}us/msg\n`,
)
await server.stop()
rmSync(dir, { recursive: true })
