// A signed-in sender brings messages to his own tenants, whoever the messages say they are from.
import { expect } from 'chai'
import { hl7, ServerUnderTest } from './server-under-test.ts'

const admission = (control: string, application = 'ZJJ-HIS', facility = 'ZJJ') =>
  hl7(
    'ADT^A04',
    { control, application, facility },
    'EVN|A04|20261101080000',
    `PID|1||66${control}^^^${facility}^MR||陈珅^^^^^^L||19800506|2`,
    `PV1|1|O|Z01^^^${facility}||||Z01D01^李誠|||Z01|||||||||M66${control}`,
  )

describe('a sender who signs in', () => {
  let under: ServerUnderTest
  let send: (channel: string, message: string) => Promise<{ id: string; ack: string; status: string; faults: { code: string }[] }>
  before(async () => {
    under = await ServerUnderTest.start()
    const client = await under.as({ tenants: ['DEFAULT', 'QPJW'], scopes: ['messages.send'] })
    send = async (channel, message) => {
      const body = { method: 'POST', body: message, headers: { 'content-type': 'application/octet-stream' } }
      return (await client(`/api/channels/${channel}/messages?wait=true`, body)).json() as ReturnType<typeof send>
    }
  })
  after(() => under.stop())

  it('cannot name a sender of a tenant that is not his on the shared channel', async () => {
    const answer = await send('default', admission('1'))
    expect([answer.ack, answer.status, answer.faults[0]!.code]).to.deep.equal(['AR', 'rejected', 'auth.tenant'])
    expect(answer.id).to.match(/^DEFAULT-/)
    expect(await under.find('Patient?identifier=661', 'ZJJ')).to.deep.equal([])
  })

  it('cannot do so through the channel of another system', async () => {
    const answer = await send('qpjw-his', admission('2'))
    expect(answer.id).to.match(/^QPJW-/)
    expect(await under.find('Patient?identifier=662', 'ZJJ')).to.deep.equal([])
    expect(await under.find('Patient?identifier=662', 'QPJW')).to.have.length(1)
  })

  it('is taken for what he may bring', async () => {
    const answer = await send('default', admission('3', 'QPJW-HIS', 'QPJW'))
    expect([answer.ack, answer.status]).to.deep.equal(['AA', 'processed'])
    expect(await under.find('Patient?identifier=663', 'QPJW')).to.have.length(1)
  })
})
