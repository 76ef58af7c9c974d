// Identity within a tenant: each case reads like its rule.
import { expect } from 'chai'
import { checkCharacter } from '#kernel/id-card.ts'
import type { JsonObject } from '#kernel/json.ts'
import { idCardSystem, personOf } from './person.ts'
import { cardFits, compare, type Verdict } from './verdict.ts'

/** A card of area 990118, which does not exist. */
function card(birth: string, sex: 'male' | 'female'): string {
  const digits = `990118${birth.replaceAll('-', '')}0${sex === 'male' ? '01' : '02'}`.slice(0, 17)
  return digits + checkCharacter(digits)
}

function patient(number: string, name: string, birthDate: string, gender: string): JsonObject {
  return {
    identifier: [
      { system: 'urn:zjj:mrn', value: '1', type: { coding: [{ code: 'MR' }] } },
      { system: idCardSystem, value: number },
    ],
    name: [{ text: name }],
    birthDate,
    gender,
  }
}

const adult = card('1980-05-06', 'female')
const cases: [string, JsonObject, JsonObject, Verdict][] = [
  [
    'same card, name, birth date and sex: one person',
    patient(adult, '陈珅', '1980-05-06', 'female'),
    patient(adult, '陈 珅', '1980-05-06', 'female'),
    { kind: 'same-person' },
  ],
  [
    'the middle dots of a minority name do not count',
    patient(adult, '阿依古丽·买买提', '1980-05-06', 'female'),
    patient(adult, '阿依古丽•买买提', '1980-05-06', 'female'),
    { kind: 'same-person' },
  ],
  [
    'another name: a person decides',
    patient(adult, '陈珅', '1980-05-06', 'female'),
    patient(adult, '陈坤', '1980-05-06', 'female'),
    { kind: 'review', reason: 'same-card-other-name' },
  ],
  [
    'a baby on the mother’s card',
    patient(adult, '陈珅', '1980-05-06', 'female'),
    patient(adult, '陈珅之子', '2026-11-01', 'male'),
    { kind: 'review', reason: 'newborn-on-mothers-card' },
  ],
  [
    'a borrowed card',
    patient(adult, '陈珅', '1980-05-06', 'female'),
    patient(adult, '李誠', '1978-02-02', 'male'),
    { kind: 'review', reason: 'card-not-of-patient' },
  ],
  [
    'other cards: not related',
    patient(adult, '陈珅', '1980-05-06', 'female'),
    patient(card('1981-05-06', 'female'), '陈珅', '1981-05-06', 'female'),
    { kind: 'unrelated' },
  ],
  [
    'a number with a wrong check character is no card',
    patient(`${adult.slice(0, 17)}Y`, '陈珅', '1980-05-06', 'female'),
    patient(adult, '陈珅', '1980-05-06', 'female'),
    { kind: 'unrelated' },
  ],
]

describe('identity verdicts', () => {
  for (const [rule, a, b, verdict] of cases) {
    it(rule, () => {
      expect(compare(personOf(a), personOf(b))).to.deep.equal(verdict)
      expect(compare(personOf(b), personOf(a))).to.deep.equal(verdict)
    })
  }

  it('a card fits only who shows the same birth date and sex', () => {
    expect(cardFits(personOf(patient(adult, '陈珅', '1980-05-06', 'female')))).to.equal(true)
    expect(cardFits(personOf(patient(adult, '陈珅', '1980-05-06', 'male')))).to.equal(false)
    expect(cardFits(personOf({ ...patient(adult, '陈珅', '', 'female'), birthDate: undefined }))).to.equal(false)
  })
})
