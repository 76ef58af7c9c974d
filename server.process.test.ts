// The process as an operator has it: ready, one per data directory, ended in order or killed, and nothing of patients in its log.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { runStorm } from './bench/chaos/storm.ts'
import { startChild } from './bench/child-server.ts'
import { exchangeOn, hl7, inFrames } from './server-under-test.ts'

const root = fileURLToPath(new URL('.', import.meta.url))
const usual = { ...process.env, HUILIAN_DEMO: 'off', HUILIAN_HTTP_PORT: '0', HUILIAN_MLLP_PORT: '0', HUILIAN_ADMIN_SECRET: 'x' }

const admit = (control: string) =>
  hl7(
    'ADT^A04',
    { control },
    'EVN|A04|20261101080000',
    `PID|1||94${control}^^^ZJJ^MR||欧阳誠珅^^^^^^L||19800506|2|||^^朱家角镇`,
    'PV1|1|O|Z01',
  )

/** Of a process that is expected to end by itself. */
function runUntilEnd(environment: Record<string, string>) {
  return spawnSync(process.execPath, ['main.ts'], { cwd: root, encoding: 'utf8', env: { ...usual, ...environment }, timeout: 15_000 })
}

describe('the process', () => {
  let directory: string
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'huilian-process-'))
  })
  afterEach(() => rmSync(directory, { recursive: true, force: true }))

  it('says where it listens, answers its probes, and ends in order when told to', async () => {
    const server = await startChild(directory)
    const probe = async (path: string) => (await fetch(`http://127.0.0.1:${server.httpPort}${path}`)).status
    expect(await probe('/health/live')).to.equal(200)
    expect(await probe('/health/ready')).to.equal(200)
    const metrics = await (await fetch(`http://127.0.0.1:${server.httpPort}/metrics`)).text()
    expect(metrics).to.match(/^huilian_backlog_messages \d+$/m)
    await server.stop()
    expect(server.process.exitCode).to.equal(0)
  })

  it('refuses a second one on the same data, and says so', async () => {
    const server = await startChild(directory)
    const second = runUntilEnd({ HUILIAN_DATA_DIR: directory })
    expect([second.status, second.stdout]).to.deep.equal([1, ''])
    expect(second.stderr).to.match(/另一个进程|another process/i)
    await server.stop()
  })

  it('refuses a setting that makes no sense, by its name', () => {
    const done = runUntilEnd({ HUILIAN_DATA_DIR: directory, HUILIAN_MLLP_PORT: 'mllp' })
    expect(done.status).to.equal(1)
    expect(done.stderr).to.include('HUILIAN_MLLP_PORT')
  })

  it('keeps what it acknowledged when it is told to end in the middle of a burst', async () => {
    const first = await startChild(directory)
    const answers = exchangeOn(first.mllpPort, [inFrames(Array.from({ length: 300 }, (_, i) => admit(`${i}`)))])
    await new Promise(resolve => setTimeout(resolve, 150))
    await first.stop()
    const taken = (await answers).filter(({ code }) => code === 'AA')
    const second = await startChild(directory)
    const { messages } = await second.get<{ messages: { id: string }[] }>(
      '/api/messages?limit=200&status=received,processed,retrying,failed',
    )
    const known = new Set(messages.map(({ id }) => id))
    for (const { name } of taken.slice(-200)) expect(known.has(name), name).to.equal(true)
    await second.stop()
  })

  it('logs nothing of patients, however much it logs', async () => {
    const child = spawn(process.execPath, ['main.ts'], {
      cwd: root,
      env: { ...usual, HUILIAN_DATA_DIR: directory, HUILIAN_LOG_LEVEL: 'debug' },
    })
    let log = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (log += chunk.toString()))
    while (!log.includes('"ready"')) await new Promise(resolve => setTimeout(resolve, 50))
    const port = Number(/"mllp":"[^"]*:(\d+)"/.exec(log)![1])
    await exchangeOn(port, [inFrames([admit('1'), admit('2').replace('PID|', 'PID!'), admit('3').replace('ADT^A04', 'ADT^Z99')])])
    await exchangeOn(port, [Buffer.from('欧阳誠珅 94')])
    const ended = new Promise(resolve => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
    for (const secret of ['欧阳', '誠珅', '朱家角镇', '941', '19800506']) expect(log, log.slice(0, 2000)).not.to.include(secret)
  })

  it('refuses data that a newer version has written', async () => {
    const server = await startChild(directory)
    await server.stop()
    writeFileSync(join(directory, 'version.json'), '{"layout":999}')
    const done = runUntilEnd({ HUILIAN_DATA_DIR: directory })
    expect(done.status).to.equal(1)
    expect(done.stderr).to.include('999')
  })
})

describe('the process, killed at random moments', () => {
  it('loses nothing that it acknowledged, does nothing twice, and keeps the order of every patient', async function () {
    this.timeout(120_000)
    const verdict = await runStorm({ messages: 400, kills: 3, seed: 'short', onLine: () => undefined })
    expect(verdict.differences).to.deep.equal([])
    expect(verdict.checked['acknowledged messages']).to.be.greaterThan(300)
  })
})
