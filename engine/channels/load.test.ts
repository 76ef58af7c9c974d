// channel.yaml: defaults are filled in, mistakes are named with their line.
import { expect } from 'chai'
import { parseChannel } from './load.ts'

const smallest =
  'id: zjj-his\nname: { zh: 朱家角 HIS, en: ZJJ HIS }\ntenant: ZJJ\nfacility: ZJJ\nsource: ZJJ-HIS\nformat: hl7v2\nconnector: { kind: mllp }\n'

describe('channel.yaml', () => {
  it('gets its defaults', () => {
    const channel = parseChannel(smallest, 'x')
    expect(channel.ok && channel.value).to.deep.include({
      zone: 'Asia/Shanghai',
      onFailure: 'go-on',
      validation: 'off',
      acknowledge: 'when-stored',
      destinations: [],
    })
    expect(channel.ok && channel.value.limits.frameBytesMax).to.equal(16 * 1024 * 1024)
    expect(channel.ok && channel.value.tags).to.deep.equal({ patient: [], visit: [], order: [] })
  })

  const mistakes: [string, string, number, RegExp][] = [
    ['an unknown member', `${smallest}ordrKey: [PID-3]\n`, 1, /ordrKey/],
    ['a wrong choice', smallest.replace('hl7v2', 'hl7v9'), 6, /format/],
    ['a tenant in lower case', smallest.replace('tenant: ZJJ', 'tenant: zjj'), 3, /tenant/],
    ['broken YAML', `${smallest}tags: [`, 8, /./],
    ['nothing', '', 1, /object/],
  ]
  for (const [what, yaml, line, reason] of mistakes) {
    it(`refuses ${what}, naming line ${line}`, () => {
      const channel = parseChannel(yaml, 'x/channel.yaml')
      expect(!channel.ok && channel.fault.code).to.equal('channel.invalid')
      expect(!channel.ok && channel.fault.at).to.match(new RegExp(`x/channel.yaml:${line}`))
      expect(!channel.ok && String(channel.fault.args?.['reason'])).to.match(reason)
    })
  }
})
