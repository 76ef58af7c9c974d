// Settings: defaults, values taken, values refused.
import { expect } from 'chai'
import { isLoopback, readSettings } from './settings.ts'

describe('settings', () => {
  it('has a default for everything', () => {
    const settings = readSettings({})
    expect(settings).to.deep.include({ ok: true })
    expect(settings.ok && settings.value).to.include({
      httpPort: 8080,
      mllpPort: 2575,
      host: '127.0.0.1',
      dataDir: './data',
      demo: true,
      adminSecret: undefined,
    })
  })

  it('takes what is set, and an empty variable as unset', () => {
    const settings = readSettings({ HUILIAN_HTTP_PORT: '0', HUILIAN_DEMO: 'off', HUILIAN_HOST: '', HUILIAN_ADMIN_SECRET: 's' })
    expect(settings.ok && settings.value).to.include({ httpPort: 0, demo: false, host: '127.0.0.1', adminSecret: 's' })
  })

  for (const wrong of [
    { HUILIAN_HTTP_PORT: '80a' },
    { HUILIAN_MLLP_PORT: '70000' },
    { HUILIAN_DEMO: 'yes' },
    { HUILIAN_LOG_LEVEL: 'loud' },
  ]) {
    it(`refuses ${JSON.stringify(wrong)} by name`, () => {
      const settings = readSettings(wrong)
      expect(!settings.ok && settings.fault.args?.['name']).to.equal(Object.keys(wrong)[0])
    })
  }

  it('knows the loopback addresses', () => {
    expect(['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1', 'localhost'].every(isLoopback)).to.equal(true)
    expect(['0.0.0.0', '::', '10.0.0.1', '::ffff:10.0.0.1'].some(isLoopback)).to.equal(false)
  })
})
