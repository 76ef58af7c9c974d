// Whatever a sender puts on the wire is answered in its own protocol, kept byte for byte, and can be found in the console (architecture section 6).
import { rmSync } from 'node:fs'
import { expect } from 'chai'
import { type HostileCase, hostileCases } from '#formats/hl7v2/hostile.cases.ts'
import { frame } from '#formats/hl7v2/mllp.ts'
import { fault, faultAnswer } from '#kernel/fault.ts'
import { type Answer, channelFolder, hl7, holdOn, ServerUnderTest } from './server-under-test.ts'

type Kept = { readonly message: { readonly status: string; readonly faults: readonly { readonly code: string }[] } }

const patient = (control: string, facility = 'ZJJ') =>
  hl7('ADT^A04', { control, facility }, 'EVN|A04|20261101080000', 'PID|1||550001^^^ZJJ^MR||陈珅', 'PV1|1|O|Z01|||||||||||||||M550001')

describe('hostile input on the MLLP port', () => {
  let under: ServerUnderTest
  before(async () => {
    under = await ServerUnderTest.start()
  })
  after(() => under.stop())

  for (const one of hostileCases) it(one.title, () => isAnsweredAndKept(one))

  async function isAnsweredAndKept({ bytes, outcomes }: HostileCase): Promise<void> {
    const written = bytes()
    const answers = await under.exchange([written])
    expect(answers.length).to.equal(outcomes.length)
    for (const [i, outcome] of outcomes.entries()) {
      const answer = answers[i]!
      if (outcome !== 'taken') expect(answer.code, answer.text).to.equal(faultAnswer(fault(outcome)).ack)
      else expect(['AA', 'AE', 'AR'], answer.text.slice(0, 500)).to.include(answer.code)
      if (answer.code !== 'AA') expect(answer.errors).not.to.equal('')
      await isFound(answer, outcome, written)
    }
  }

  async function isFound(answer: Answer, outcome: string, written: Buffer): Promise<void> {
    expect(answer.name).to.match(/^[A-Z]+-\d+$/)
    await under.settled()
    const { message: kept } = await under.get<Kept>(`/api/messages/${answer.name}`)
    if (outcome !== 'taken') {
      expect(kept.status).to.equal('rejected')
      expect(kept.faults.map(({ code }) => code)).to.include(outcome)
    }
    const raw = Buffer.from(await (await under.request(`/api/messages/${answer.name}/raw`)).arrayBuffer())
    expect(written.includes(raw), 'the kept bytes are those that were written').to.equal(true)
  }

  it('leaves a server that takes the next message, and a console that lists what was refused', async () => {
    expect((await under.send(patient('AFTER'))).code).to.equal('AA')
    const refused = hostileCases.flatMap(one => one.outcomes).filter(outcome => outcome !== 'taken').length
    const { messages } = await under.get<{ messages: unknown[] }>('/api/messages?status=rejected&limit=200')
    expect(messages.length).to.be.at.least(refused)
  })

  it('names segment, field and component of what is wrong', async () => {
    const [answer] = await under.exchange([frame(Buffer.from(patient('NAMED').replace('|P|2.5|', '|P|9.9|')))])
    expect(answer!.errors).to.match(/^ERR\|\|MSH\^1\^12/)
  })

  it('without MSH is refused with an empty MSA-2', async () => {
    const [answer] = await under.exchange([frame(Buffer.from('PID|1||1'))])
    expect(answer!.text).to.match(/\rMSA\|AR\|(\||\r)/)
  })
})

describe('an unfinished frame', () => {
  it('is refused when the sender falls silent, and kept', async () => {
    const channelsDir = channelFolder({ slow: { limits: { frameIdleMsMax: 200 }, connector: { kind: 'mllp', port: 0 } } })
    const under = await ServerUnderTest.start({ channelsDir })
    const answers = await holdOn(under.server.engine.ports()['slow']!, Buffer.from(`\v${patient('CUT').slice(0, 80)}`))
    expect(answers.map(({ code }) => code)).to.deep.equal(['AR'])
    await under.settled()
    const { message: kept } = await under.get<Kept>(`/api/messages/${answers[0]!.name}`)
    expect(kept.faults.map(({ code }) => code)).to.deep.equal(['mllp.frame-unfinished'])
    await under.stop()
    rmSync(channelsDir, { recursive: true })
  })
})
