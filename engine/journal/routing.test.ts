// Routing: who a message belongs to, and who may send from where.
import { expect } from 'chai'
import type { Channel } from '../channels/channel.ts'
import { parseChannel } from '../channels/load.ts'
import { type RoutingTools, routeMessage } from './routing.ts'

function channel(id: string, senders: string): Channel {
  const parsed = parseChannel(
    `id: ${id}\nname: { zh: a, en: a }\ntenant: ZJJ\nfacility: ZJJ\nsource: ZJJ-HIS\nformat: hl7v2\nconnector: { kind: mllp }\nsenders: ${senders}\n`,
    'x',
  )
  if (!parsed.ok) throw new Error(String(parsed.fault.args?.['reason']))
  return parsed.value
}

const fallback = channel('default', '[]')
const tools: RoutingTools = {
  channels: [channel('zjj-his', '[{ application: HIS, facility: ZJJ }]')],
  facility: name =>
    ({ BOUND: { code: 'BOUND', tenant: 'T1', addresses: ['10.0.0.5'] }, LOOSE: { code: 'LOOSE', tenant: 'T2', addresses: [] } })[name],
  isLoopback: address => address === '127.0.0.1',
}
const route = (application: string, facility: string, address = '127.0.0.1') =>
  routeMessage({ application, facility, address }, fallback, tools)

describe('routing', () => {
  it('gives a named sender its channel', () => {
    expect(route('HIS', 'ZJJ')).to.deep.include({ tenant: 'ZJJ', source: 'ZJJ-HIS', facility: 'ZJJ', quarantine: undefined })
    expect(route('HIS', 'ZJJ').channel.id).to.equal('zjj-his')
  })

  it('leaves what comes through the door of a channel to that channel', () => {
    const own = routeMessage(
      { application: 'HIS', facility: 'ZJJ', address: '127.0.0.1' },
      { ...channel('own', '[]'), tenant: 'T9' },
      tools,
    )
    expect(own).to.deep.include({ tenant: 'T9', source: 'ZJJ-HIS', quarantine: undefined })
    expect(own.channel.id).to.equal('own')
  })

  it('gives others the default channel, the tenant of their facility, and a source of their own', () => {
    expect(route('LAB', 'LOOSE')).to.deep.include({ tenant: 'T2', source: 'LOOSE-LAB' })
    expect(route('LAB', 'nobody 朱')).to.deep.include({ tenant: 'DEFAULT', source: 'NOBODY-LAB' })
    expect(route('', '').source).to.equal('UNKNOWN')
  })

  it('takes a bound facility only from its addresses', () => {
    expect(route('LAB', 'BOUND', '10.0.0.5').quarantine).to.equal(undefined)
    expect(route('LAB', 'BOUND', '::ffff:10.0.0.5').quarantine).to.equal(undefined)
    expect(route('LAB', 'BOUND', '10.0.0.6').quarantine?.code).to.equal('sender.quarantined')
    expect(route('LAB', 'BOUND', '127.0.0.1').quarantine?.code).to.equal('sender.quarantined')
  })

  it('quarantines the unbound beyond loopback', () => {
    expect(route('LAB', 'LOOSE', '10.0.0.6').quarantine?.code).to.equal('sender.quarantined')
    expect(route('LAB', 'unknown', '10.0.0.6').quarantine?.code).to.equal('sender.quarantined')
  })
})
