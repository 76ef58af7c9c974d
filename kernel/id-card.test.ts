// GB 11643-1999: known vectors, old numbers, and everything that is not a card.
import { expect } from 'chai'
import { checkCharacter, readIdCard } from './id-card.ts'

describe('identity number (GB 11643)', () => {
  it('reads a valid one', () => {
    expect(readIdCard('11010519491231002X')).to.deep.equal({ number: '11010519491231002X', birthDate: '1949-12-31', sex: 'female' })
  })

  it('reads it as people write it', () => {
    for (const text of ['11010519491231002x', ' 110105 19491231 002x ', '１１０１０５１９４９１２３１００２Ｘ'])
      expect(readIdCard(text)?.number).to.equal('11010519491231002X')
  })

  it('raises a 15-digit number', () => {
    const raised = readIdCard('990118490101001')
    expect(raised).to.include({ birthDate: '1949-01-01', sex: 'male' })
    expect(raised?.number).to.match(/^99011819490101001[\dX]$/)
  })

  for (const wrong of [
    '',
    '110105194912310021',
    '11010519491331002X',
    '99011819990230001X',
    '1101051949123100',
    'ABC',
    '11010519491231002Y',
  ]) {
    it(`refuses "${wrong}"`, () => expect(readIdCard(wrong)).to.equal(undefined))
  }

  it('computes the check character', () => expect(checkCharacter('11010519491231002')).to.equal('X'))
})
