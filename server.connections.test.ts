// Connections with other systems: listeners of a channel's own with TLS, and orders forwarded at least once, in order, under a number of their own.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { expect } from 'chai'
import type { Receive, Receiver } from '#engine/connectors/connector.ts'
import { mllpServer } from '#engine/connectors/mllp-server.ts'
import { readHl7 } from '#engine/journal/reading-hl7v2.ts'
import { fault } from '#kernel/fault.ts'
import { must } from '#kernel/result.ts'
import { answersOf, channelFolder, hl7, inFrames, ServerUnderTest } from './server-under-test.ts'

/** Self-signed for localhost until 2126, for these tests alone. */
const testKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQggiVt36L3U/sJ2QhA
ZrFa7PGyiOb3Kj+dXSXo5ZeGveShRANCAARbYGrzxFhRB7Hh3BgoKF615SAJFwlB
4nVkUgqsZb6LVhavSlhD2jvTpvX4bNcsQtPYxEAB5J+B9P93k4icTghg
-----END PRIVATE KEY-----
`
const testCertificate = `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUZ0+P84lx+mEK5QkREKPW22rmczcwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzE1MzkxMloYDzIxMjYxMDMw
MTUzOTEyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARbYGrzxFhRB7Hh3BgoKF615SAJFwlB4nVkUgqsZb6LVhavSlhD2jvT
pvX4bNcsQtPYxEAB5J+B9P93k4icTghgo28wbTAdBgNVHQ4EFgQUtdgyRO4m5ql3
c17Rpyjx/JJnvEowHwYDVR0jBBgwFoAUtdgyRO4m5ql3c17Rpyjx/JJnvEowDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIhAPJq73zRiBmnxruQbNXTtGO3Sx68HIeB4l+sHEHXGW83AiAL
mnwVfePT9EHdyxiTT9rYZTAGcy6z/EnZKHO5Xfu9CQ==
-----END CERTIFICATE-----
`

const admit = (control: string, number = '950001') =>
  hl7('ADT^A04', { control }, 'EVN|A04|20261101080000', `PID|1||${number}^^^ZJJ^MR||陈珅`, `PV1|1|O|Z01|||||||||||||||M${number}`)

describe('a channel with a listener of its own', () => {
  let folder: string
  let channelsDir: string
  let under: ServerUnderTest
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'huilian-tls-'))
    const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    writeFileSync(keyFile, testKey)
    writeFileSync(certFile, testCertificate)
    channelsDir = channelFolder({
      encrypted: { connector: { kind: 'mllp', port: 0, tls: { keyFile, certFile } } },
      mutual: { connector: { kind: 'mllp', port: 0, tls: { keyFile, certFile, caFile: certFile } } },
    })
    under = await ServerUnderTest.start({ channelsDir })
  })
  after(async () => {
    await under.stop()
    rmSync(folder, { recursive: true })
    rmSync(channelsDir, { recursive: true })
  })

  const over = (channel: string, own: { key?: string; cert?: string } = {}) => {
    const socket = connectTls({ host: '127.0.0.1', port: under.server.engine.ports()[channel]!, ca: testCertificate, ...own })
    socket.end(inFrames([admit(`T-${channel}`)]))
    return answersOf(socket)
  }

  it('speaks TLS', async () => {
    expect((await over('encrypted')).map(({ code }) => code)).to.deep.equal(['AA'])
  })

  it('takes only whom it trusts, where it asks for a certificate', async () => {
    expect((await over('mutual', { key: testKey, cert: testCertificate })).map(({ code }) => code)).to.deep.equal(['AA'])
    const refused = await over('mutual').catch((error: Error) => error.message)
    expect(refused).not.to.deep.include({ code: 'AA' })
    const { messages } = await under.get<{ messages: unknown[] }>('/api/messages?channel=mutual')
    expect(messages.length).to.equal(1)
  })
})

describe('a destination', () => {
  let channelsDir: string
  let under: ServerUnderTest
  let receiver: Receiver | undefined
  const received: { control: string; patient: string }[] = []
  let answers: ('AA' | 'AE' | 'AR' | 'none')[] = []

  const take: Receive = async ({ bytes, fault: framing }) => {
    const reading = readHl7(bytes, framing, { protect: value => value })
    received.push({ control: reading.controlId, patient: /PID\|1\|\|(\d+)/.exec(reading.text)![1]! })
    const code = answers.shift() ?? 'AA'
    if (code === 'none') return { bytes: Buffer.alloc(0), close: true }
    const faults = code === 'AA' ? [] : [fault('engine.overloaded')]
    return { bytes: reading.acknowledge(code, faults, `R${received.length}`, 0), close: false }
  }
  const listen = async (port = 0) => {
    receiver = must(await mllpServer.open({ host: '127.0.0.1', port }, take))
    return receiver.port
  }

  before(async () => {
    channelsDir = channelFolder({
      his: {
        senders: [{ application: 'ZJJ-HIS' }],
        connector: { kind: 'mllp' },
        destinations: [{ id: 'follow', connector: { kind: 'mllp', endpoint: 'follower', answerMsMax: 500 }, retryDelayMsMax: 300 }],
      },
    })
    under = await ServerUnderTest.start({ channelsDir })
    const port = await listen()
    under.server.endpoints.set('follower', { host: '127.0.0.1', port })
  })
  after(async () => {
    await under.stop()
    await receiver?.close()
    rmSync(channelsDir, { recursive: true })
  })
  beforeEach(() => {
    received.length = 0
    answers = []
  })

  const until = async (done: () => boolean | Promise<boolean>) => {
    while (!(await done())) await new Promise(resolve => setTimeout(resolve, 10))
  }
  const deliveriesOf = async (name: string) =>
    (await under.get<{ deliveries: { status: string; answer?: string; attempt: number }[] }>(`/api/messages/${name}`)).deliveries

  it('gets the message under a control id that stays the same at every attempt', async () => {
    answers = ['AE', 'none', 'AA']
    const { name } = await under.send(admit('F1'))
    await until(async () => (await deliveriesOf(name))[0]?.status === 'sent')
    expect(received.length).to.equal(3)
    expect(new Set(received.map(({ control }) => control)).size).to.equal(1)
    expect(received[0]!.control).not.to.equal('F1')
    expect((await deliveriesOf(name))[0]).to.include({ status: 'sent', answer: 'AA', attempt: 3 })
  })

  it('keeps the order of a patient while one of his messages waits, and lets others pass', async () => {
    answers = ['AE']
    await under.send(admit('F2', '950002'))
    await under.send(admit('F3', '950002'))
    await under.send(admit('F4', '950003'))
    await until(() => received.length >= 4)
    const [first] = received
    expect(
      received
        .filter(({ patient }) => patient === '950002')
        .map(({ control }) => control)
        .slice(0, 2),
    ).to.deep.equal([first!.control, first!.control])
    expect(received[1]!.patient === '950003' || received[2]!.patient === '950003').to.equal(true)
  })

  it('is told apart from one that refuses for good, and the patient’s next message goes on', async () => {
    answers = ['AR']
    const { name } = await under.send(admit('F5', '950004'))
    await under.send(admit('F6', '950004'))
    await until(() => received.length >= 2)
    expect((await deliveriesOf(name))[0]!.status).to.equal('failed')
  })

  it('that was down gets everything when it is back, in order', async () => {
    const port = receiver!.port
    await receiver!.close()
    for (let i = 0; i < 10; i++) await under.send(admit(`D${i}`, `9600${i % 3}`))
    await new Promise(resolve => setTimeout(resolve, 200))
    expect(received).to.deep.equal([])
    await listen(port)
    await until(() => received.length >= 10)
    const bySequence = received.map(({ control }) => control)
    expect(bySequence.length).to.equal(new Set(bySequence).size)
    expect(received.filter(({ patient }) => patient === '96000').length).to.equal(4)
  })
})
