// What people type to find a patient, and by which ways they are then looked for.
import { expect } from 'chai'
import type { Filter } from '#kernel/search-plan.ts'
import { readWays } from './patient-query.ts'

const digest = (value: string) => `#${value}`
const ways = (typed: string) => readWays(typed, digest)
const told = (filter: Filter) =>
  filter.op === 'string'
    ? `${filter.param} ${filter.match} ${filter.text}`
    : filter.op === 'token'
      ? `${filter.param} ${filter.code}`
      : filter.op === 'hashed'
        ? `${filter.param} ${filter.digest}`
        : filter.op

describe('words that a patient is looked for by', () => {
  it('are a name where there is a Chinese character, from its beginning', () => {
    expect(ways('王珅')).to.deep.include({ kind: 'name', visits: [] })
    expect(ways('王珅')?.patients.map(told)).to.deep.equal(['name prefix 王珅'])
    expect(ways('  𠮷田 ')?.kind).to.equal('name')
    expect(ways('阿依努尔·买买提')?.kind).to.equal('name')
  })

  it('are pinyin, its initials, or a foreign name where there are letters alone', () => {
    expect(ways('Zhang San')?.patients.map(told)).to.deep.equal([
      'name-pinyin prefix zhangsan',
      'name-initials exact zhangsan',
      'name prefix zhang san',
    ])
  })

  it('are a number of the patient, a telephone or a visit where there is a digit', () => {
    const number = ways('13800001234')
    expect(number?.kind).to.equal('number')
    expect(number?.patients.map(told)).to.include('telecom #13800001234')
    expect(number?.visits.map(told)).to.deep.equal(['identifier 13800001234'])
    expect(ways('ZY26030300012')?.visits.map(told)).to.deep.equal(['identifier ZY26030300012'])
  })

  it('never carry an identity number in the open', () => {
    for (const typed of ['11010519491231002x', ' 110105 19491231 002X ', '１１０１０５１９４９１２３１００２Ｘ']) {
      const found = JSON.stringify(ways(typed)?.patients)
      expect(found).to.contain('#').and.to.contain('11010519491231002X')
      expect(ways(typed)?.patients[0]?.op).to.not.equal('string')
    }
  })

  for (const nothing of ['', '   ', 'x'.repeat(65)])
    it(`are nothing for "${nothing.slice(0, 5)}"`, () => expect(ways(nothing)).to.equal(undefined))
})
