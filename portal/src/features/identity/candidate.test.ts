// Comparing candidates: what agrees, what does not, what a card says.
import { expect } from 'chai'
import { candidateOf, candidateOfCard, cardSystem, differences, isHolder, masked, type Patient } from './candidate.ts'

const record = { type: { coding: [{ code: 'MR' }] } }
const mother: Patient = {
  id: 'a',
  name: [{ text: '陈珅' }],
  gender: 'female',
  birthDate: '1990-03-07',
  identifier: [
    { ...record, value: '880001' },
    { system: cardSystem, value: '990118199003070025' },
  ],
}
const child: Patient = { ...mother, id: 'b', name: [{ family: '陈', given: ['诚'] }], gender: 'male', birthDate: '2026-11-01' }

describe('identity candidates', () => {
  it('say in which fields they differ; the same record number is no difference', () => {
    expect([...differences([candidateOf(mother), candidateOf(child)])]).to.deep.equal(['name', 'gender', 'birthDate'])
    expect([...differences([candidateOf(mother), candidateOf(mother)])]).to.deep.equal([])
  })

  it('take silence for no difference', () => {
    const silent: Patient = { id: 'c', name: [{ text: '陈珅' }] }
    expect([...differences([candidateOf(mother), candidateOf(silent)])]).to.deep.equal([])
  })

  for (const [card, birthDate, gender] of [
    ['990118199003070025', '1990-03-07', 'female'],
    ['990118200001010010', '2000-01-01', 'male'],
    ['310118560230051', '1956-02-30', 'male'],
  ] as const)
    it(`read ${birthDate} and ${gender} from ${card}`, () => {
      expect(candidateOfCard(card)!.fields).to.deep.include({ birthDate: [birthDate], gender: [gender] })
    })

  it('tell the holder of a card from a child registered with it', () => {
    const holder = candidateOfCard('990118199003070025')!
    expect([isHolder(mother, holder), isHolder(child, holder)]).to.deep.equal([true, false])
  })

  it('know that a passport says neither', () => expect(candidateOfCard('E12345678')).to.equal(undefined))

  it('mask the middle of numbers', () => {
    expect([masked('990118199003070025'), masked('13800001234'), masked('0012')]).to.deep.equal([
      '990118********0025',
      '138****1234',
      '0012',
    ])
  })
})
