// Page cursors: what was sealed comes back, and nothing else opens.
import { expect } from 'chai'
import fc from 'fast-check'
import { openCursor, sealCursor } from './cursor.ts'

const key = Buffer.from('a key of thirty-two bytes length')
const cursor = { after: '{"place":17}', at: { ZJJ: 42, 'QPJW-2': 7 }, covered: { s: ['s', 'r'] } }

describe('page cursor', () => {
  it('opens for its own query alone', () => {
    const sealed = sealCursor(cursor, '/fhir/Patient?name=a', key)
    expect(sealed).to.match(/^[\w.-]+$/)
    expect(openCursor(sealed, '/fhir/Patient?name=a', key)).to.deep.equal({ ok: true, value: cursor })
    expect(openCursor(sealed, '/fhir/Patient?name=b', key).ok).to.equal(false)
    expect(openCursor(sealed, '/tenants/ZJJ/fhir/Patient?name=a', key).ok).to.equal(false)
    expect(openCursor(sealed, '/fhir/Patient?name=a', Buffer.alloc(32)).ok).to.equal(false)
  })

  it('does not open when anything was changed', () => {
    const sealed = sealCursor(cursor, 'q', key)
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.constantFrom(...'Aa0-_.z'), (i, character) => {
        const changed = sealed.slice(0, i) + character + sealed.slice(i + 1)
        const opened = openCursor(changed, 'q', key)
        return changed === sealed || !opened.ok || JSON.stringify(opened.value) === JSON.stringify(cursor)
      }),
    )
    for (const text of ['', '.', 'x', 'x.y', '../..', 'a'.repeat(10_000)])
      expect(openCursor(text, 'q', key).ok, text.slice(0, 20)).to.equal(false)
  })
})
