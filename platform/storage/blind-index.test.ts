// The blind index: the same under one key, different under another, and nothing of the value in it.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { blindIndex, blindKey } from './blind-index.ts'

describe('blind index', () => {
  it('computes HMAC-SM3', () => {
    const digest = blindIndex(Buffer.from('key'))
    expect(digest('11010519491231002X')).to.match(/^[0-9a-f]{32}$/)
    expect(digest('11010519491231002X')).to.equal(digest('11010519491231002X'))
    expect(digest('11010519491231002X')).to.not.equal(digest('110105194912310021'))
    expect(blindIndex(Buffer.from('other'))('11010519491231002X')).to.not.equal(digest('11010519491231002X'))
  })

  it('keeps its key in a file of its own', () => {
    const directory = mkdtempSync(join(tmpdir(), 'huilian-key-'))
    try {
      const key = blindKey(directory)
      expect(key.length).to.equal(32)
      expect(blindKey(directory).equals(key)).to.equal(true)
      const path = join(directory, 'blind-index.key')
      expect(Buffer.from(readFileSync(path, 'utf8'), 'base64').equals(key)).to.equal(true)
      if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).to.equal(0o600)
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  })
})
