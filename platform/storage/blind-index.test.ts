// The blind index: the same under one key, different under another, and nothing of the value in it.
import { expect } from 'chai'
import { blindIndex } from './blind-index.ts'

describe('blind index', () => {
  const digest = blindIndex(Buffer.from('key'))

  it('is half of HMAC-SM3', () => {
    expect(digest('11010519491231002X')).to.match(/^[0-9a-f]{32}$/)
    expect(digest('11010519491231002X')).to.equal(digest('11010519491231002X'))
  })

  it('differs by value and by key', () => {
    expect(digest('110105194912310021')).to.not.equal(digest('11010519491231002X'))
    expect(blindIndex(Buffer.from('other'))('11010519491231002X')).to.not.equal(digest('11010519491231002X'))
  })
})
