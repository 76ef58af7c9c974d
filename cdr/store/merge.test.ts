// Update semantics and authority: each test reads like its rule (architecture section 3).
import { expect } from 'chai'
import type { ResourceIntent } from '#kernel/intent.ts'
import type { JsonObject } from '#kernel/json.ts'
import { type Authority, compileAuthority, equalAuthority } from './authority.ts'
import { type Fact, parseFacts, printFacts } from './facts.ts'
import { type Current, type Merged, merge, withdraw } from './merge.ts'

const his = (atMs: number, message = atMs): Fact => ({ source: 'ZJJ-HIS', atMs, message, mentioned: false })
const lis = (atMs: number, message = atMs): Fact => ({ source: 'ZJJ-LIS', atMs, message, mentioned: false })
const mentionedByLis = (atMs: number): Fact => ({ ...lis(atMs), mentioned: true })

function says(content: JsonObject, clears: string[] = [], type = 'Patient'): ResourceIntent {
  return { type, key: 'k', id: 'p', content, clears, standing: 'speak' }
}

/** Applies messages one after the other, as the lanes do. */
function told(messages: [ResourceIntent, Fact][], authority: Authority = equalAuthority): Merged {
  let current: Current | undefined
  let merged: Merged | undefined
  for (const [intent, fact] of messages) {
    merged = merge(current, intent, fact, authority)
    current = merged
  }
  return merged!
}

describe('update semantics', () => {
  it('sets what a message states', () => {
    expect(told([[says({ gender: 'male', birthDate: '1980-01-02' }), his(1)]]).content).to.deep.equal({
      gender: 'male',
      birthDate: '1980-01-02',
    })
  })

  it('leaves what a message does not state', () => {
    const merged = told([
      [says({ gender: 'male', birthDate: '1980-01-02' }), his(1)],
      [says({ birthDate: '1980-01-03' }), his(2)],
    ])
    expect(merged.content).to.deep.equal({ gender: 'male', birthDate: '1980-01-03' })
  })

  it('clears what a message states as ""', () => {
    const merged = told([
      [says({ telecom: [{ value: '12000000000' }], gender: 'male' }), his(1)],
      [says({}, ['telecom']), his(2)],
    ])
    expect(merged.content).to.deep.equal({ gender: 'male' })
  })

  it('does not change when the same is said again, but remembers that it was still true then', () => {
    const first = told([[says({ gender: 'male' }), his(1)]])
    const again = merge(first, says({ gender: 'male' }), his(5), equalAuthority)
    expect(again.changed).to.equal(false)
    expect(again.factsChanged).to.equal(true)
    expect(again.facts.get('gender')?.atMs).to.equal(5)
  })

  it('holds one value of a choice: a text in place of a number takes the number away', () => {
    const number = says({ valueQuantity: { value: 6.12 }, status: 'final' }, [], 'Observation')
    const text = says({ valueString: '标本溶血', status: 'corrected' }, [], 'Observation')
    const corrected = told([
      [number, lis(1)],
      [text, lis(2)],
    ])
    expect(corrected.content).to.deep.equal({ valueString: '标本溶血', status: 'corrected' })
    expect(merge(corrected, number, lis(3), equalAuthority).content).to.deep.equal({ valueQuantity: { value: 6.12 }, status: 'final' })
  })

  it('keeps the newer value of a choice from a late one of another type, and from a weaker source', () => {
    const text = says({ valueString: '标本溶血' }, [], 'Observation')
    const number = says({ valueQuantity: { value: 6.12 } }, [], 'Observation')
    const merged = told([
      [text, lis(2)],
      [number, lis(1)],
    ])
    expect(merged.content).to.deep.equal({ valueString: '标本溶血' })
    expect(merged.late).to.deep.equal({ valueQuantity: { value: 6.12 } })
    const lisFirst = compileAuthority([{ elements: 'Observation.*', order: ['LIS', 'HIS'] }])
    const overruled = told(
      [
        [text, lis(1)],
        [number, his(2)],
      ],
      lisFirst,
    )
    expect(overruled.content).to.deep.equal({ valueString: '标本溶血' })
  })

  it('keeps the numbers that other systems gave', () => {
    const merged = told([
      [says({ identifier: [{ system: 'urn:mrn', value: '1' }] }), his(1)],
      [says({ identifier: [{ system: 'urn:lab', value: 'L9' }] }), lis(2)],
    ])
    expect(merged.content['identifier']).to.deep.equal([
      { system: 'urn:lab', value: 'L9' },
      { system: 'urn:mrn', value: '1' },
    ])
  })

  it('lets admission and discharge fill the period together', () => {
    const merged = told([
      [says({ period: { start: '2026-01-01' } }, [], 'Encounter'), his(1)],
      [says({ period: { end: '2026-01-09' } }, [], 'Encounter'), his(2)],
    ])
    expect(merged.content['period']).to.deep.equal({ start: '2026-01-01', end: '2026-01-09' })
  })
})

describe('authority', () => {
  const table = compileAuthority([
    { elements: 'Patient.*', order: ['HIS', 'LIS'] },
    { elements: 'Patient.telecom', order: ['LIS', 'HIS'] },
  ])

  it('never lets the LIS change a field that the HIS owns, however new', () => {
    const merged = told(
      [
        [says({ gender: 'male' }), his(1)],
        [says({ gender: 'female' }), lis(9)],
      ],
      table,
    )
    expect(merged.content).to.deep.equal({ gender: 'male' })
    expect(merged.late).to.equal(undefined)
  })

  it('lets the LIS fill a field that the HIS has not stated, until the HIS does', () => {
    const filled = told(
      [
        [says({ birthDate: '1980-01-01' }), his(1)],
        [says({ gender: 'female' }), lis(2)],
      ],
      table,
    )
    expect(filled.content).to.deep.equal({ birthDate: '1980-01-01', gender: 'female' })
    expect(merge(filled, says({ gender: 'male' }), his(1.5), table).content['gender']).to.equal('male')
  })

  it('does not let the LIS fill what the HIS has cleared', () => {
    const merged = told(
      [
        [says({}, ['address']), his(1)],
        [says({ address: [{ text: '朱家角镇' }] }), lis(2)],
      ],
      table,
    )
    expect(merged.content).to.deep.equal({})
  })

  it('takes the most specific line of the table', () => {
    const merged = told(
      [
        [says({ telecom: [{ value: 'a' }] }), his(9)],
        [says({ telecom: [{ value: 'b' }] }), lis(1)],
      ],
      table,
    )
    expect(merged.content['telecom']).to.deep.equal([{ value: 'b' }])
  })

  it('holds a mere mention weaker than any message about the resource, without a table', () => {
    const merged = told([
      [says({ gender: 'male' }), his(1)],
      [says({ gender: 'unknown' }), mentionedByLis(9)],
    ])
    expect(merged.content).to.deep.equal({ gender: 'male' })
  })
})

describe('late messages', () => {
  const newer: [ResourceIntent, Fact] = [says({ gender: 'male', birthDate: '1980-01-02' }), his(10, 2)]

  it('never overwrite a newer fact, but go to history as they would have stood', () => {
    const merged = told([newer, [says({ birthDate: '1979-12-31' }), his(5, 3)]])
    expect(merged.content).to.deep.equal({ gender: 'male', birthDate: '1980-01-02' })
    expect(merged.changed).to.equal(false)
    expect(merged.late).to.deep.equal({ gender: 'male', birthDate: '1979-12-31' })
  })

  it('still fill what nobody has stated', () => {
    const merged = told([newer, [says({ maritalStatus: { text: '已婚' } }), his(5, 3)]])
    expect(merged.content['maritalStatus']).to.deep.equal({ text: '已婚' })
    expect(merged.late).to.equal(undefined)
  })

  it('do not count as late when they say the same', () => {
    expect(told([newer, [says({ gender: 'male' }), his(5, 3)]]).late).to.equal(undefined)
  })

  it('of the same instant are ordered by the number of the message', () => {
    expect(told([newer, [says({ gender: 'female' }), his(10, 1)]]).content['gender']).to.equal('male')
    expect(told([newer, [says({ gender: 'female' }), his(10, 3)]]).content['gender']).to.equal('female')
  })

  it('do not set back an encounter that is over', () => {
    const merged = told([
      [says({ status: 'finished', period: { end: '2026-01-09' } }, [], 'Encounter'), his(9, 1)],
      [says({ status: 'in-progress', period: { start: '2026-01-01' } }, [], 'Encounter'), his(1, 2)],
    ])
    expect(merged.content).to.deep.equal({ status: 'finished', period: { end: '2026-01-09', start: '2026-01-01' } })
    expect(merged.late?.['status']).to.equal('in-progress')
  })
})

describe('replay', () => {
  it('changes nothing under the same plan', () => {
    const first = told([[says({ gender: 'male' }), his(1, 7)]])
    const again = merge(first, says({ gender: 'male' }), his(1, 7), equalAuthority)
    expect([again.changed, again.late]).to.deep.equal([false, undefined])
  })

  it('replaces what the same message said before', () => {
    const first = told([[says({ gender: 'other' }), his(1, 7)]])
    expect(merge(first, says({ gender: 'male' }), his(1, 7), equalAuthority).content['gender']).to.equal('male')
  })

  it('withdraws what the message no longer says, and only that', () => {
    const current = told([
      [says({ gender: 'male', deceasedBoolean: true }), his(1, 7)],
      [says({ birthDate: '1980-01-02' }), his(2, 8)],
    ])
    const withdrawn = withdraw(current, 7, new Set(['gender']))
    expect(withdrawn.content).to.deep.equal({ gender: 'male', birthDate: '1980-01-02' })
  })
})

describe('facts', () => {
  it('print and parse back', () => {
    const facts = told([
      [says({ gender: 'male', birthDate: '1980' }), his(1)],
      [says({ telecom: [] }), mentionedByLis(2)],
    ]).facts
    expect([...parseFacts(printFacts(facts))]).to.deep.equal([...facts])
    expect(parseFacts('').size).to.equal(0)
  })
})
