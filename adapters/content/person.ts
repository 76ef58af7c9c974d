// An invented person: identity, address, household, insurance; awkward cases (twins, borrowed cards, nobody's number) at a low rate.
import { dateOf, dayMs } from './china-time.ts'
import { content, type Sex } from './content.ts'
import { idCard } from './id-card.ts'
import { type PersonName, personName, relativeName } from './person-name.ts'
import type { Random } from './random.ts'

export type Person = {
  readonly name: PersonName
  readonly sex: Sex
  /** `1958-03-21`. */
  readonly birthDate: string
  /** What the person shows at the desk; undefined for newborns, foreigners and those who have none with them. */
  readonly idCard?: string
  /** The shown card is another person's: birth date, sex or name will not agree. */
  readonly borrowed?: boolean
  readonly passport?: string
  readonly phone: string
  readonly address: Address
  /** GB/T 2261.2. */
  readonly marital: string
  /** GB/T 2261.4. */
  readonly employment: string
  readonly contact: { readonly name: string; readonly relation: string; readonly phone: string }
  readonly insurance?: Insurance
  /** CV04.50.005 and CV04.50.020. */
  readonly abo: string
  readonly rh: string
  /** Allergy groups of the drug list. */
  readonly allergies: readonly { readonly code: string; readonly name: string }[]
  readonly twinOf?: string
}

export type Address = {
  readonly province: string
  readonly city: string
  readonly district: string
  readonly town: string
  readonly line: string
  readonly postcode: string
}

/** `insutype` of the national insurance: 310 employees, 390 residents. */
export type Insurance = { readonly personNumber: string; readonly insutype: '310' | '390'; readonly cardNumber: string }

/** Age groups of a district hospital's patients, in years. */
const ages: readonly { readonly from: number; readonly to: number; readonly share: number }[] = [
  { from: 0, to: 5, share: 0.08 },
  { from: 6, to: 17, share: 0.07 },
  { from: 18, to: 39, share: 0.22 },
  { from: 40, to: 59, share: 0.25 },
  { from: 60, to: 79, share: 0.3 },
  { from: 80, to: 97, share: 0.08 },
]

const aboShares = [
  { code: '1', share: 0.31 },
  { code: '2', share: 0.27 },
  { code: '3', share: 0.32 },
  { code: '4', share: 0.1 },
]

export type PersonWish = { readonly sex?: Sex; readonly ageFrom?: number; readonly ageTo?: number }

export function person(random: Random, nowMs: number, wish: PersonWish = {}): Person {
  const sex = wish.sex ?? (random.chance(0.49) ? 'M' : 'F')
  const birthDate = drawBirthDate(random, nowMs, wish)
  const name = personName(random, sex, Number(birthDate.slice(0, 4)))
  return settled(random, { name, sex, birthDate }, nowMs)
}

/** A twin of the same birth date, household and family name; half of them of the same sex. */
export function twin(random: Random, of: Person, nowMs: number): Person {
  const sex = random.chance(0.5) ? of.sex : of.sex === 'M' ? 'F' : 'M'
  const name = relativeName(random, of.name, sex, Number(of.birthDate.slice(0, 4)))
  const other = settled(random, { name, sex, birthDate: of.birthDate }, nowMs)
  return { ...other, address: of.address, contact: of.contact, phone: of.phone, twinOf: of.name.text }
}

/** A child born today: no number of its own, its mother's household; named after her until the parents decide. */
export function newborn(random: Random, mother: Person, bornMs: number): Person {
  const sex = random.chance(0.52) ? 'M' : 'F'
  const text = `${mother.name.text}之${sex === 'M' ? '子' : '女'}`
  const name: PersonName = { text, ethnic: mother.name.ethnic, style: mother.name.style }
  const child = settled(random, { name, sex, birthDate: dateOf(bornMs) }, bornMs)
  const { idCard: _none, insurance: _neither, ...rest } = child
  return {
    ...rest,
    address: mother.address,
    phone: mother.phone,
    contact: { name: mother.name.text, relation: '52', phone: mother.phone },
    allergies: [],
  }
}

function drawBirthDate(random: Random, nowMs: number, wish: PersonWish): string {
  const group = random.weighted(ages, entry => entry.share)
  const from = Math.max(wish.ageFrom ?? group.from, 0)
  const to = Math.max(wish.ageTo ?? (wish.ageFrom === undefined ? group.to : wish.ageFrom + 20), from)
  const days = random.between(from * 365.25 + 1, (to + 1) * 365.25 - 1)
  return dateOf(nowMs - Math.floor(days) * dayMs)
}

function settled(random: Random, who: { name: PersonName; sex: Sex; birthDate: string }, nowMs: number): Person {
  const age = (nowMs - Date.parse(who.birthDate)) / (365.25 * dayMs)
  const foreign = who.name.style === 'latin'
  const borrowed = !foreign && age >= 14 && random.chance(0.006)
  const owner = borrowed
    ? { birthDate: drawBirthDate(random, nowMs, { ageFrom: 20, ageTo: 70 }), sex: random.pick(['M', 'F'] as const) }
    : who
  const hasCard = !foreign && age >= 1 && !random.chance(0.02)
  const phone = `12${random.digits(9)}`
  const marital = maritalStatus(random, age)
  const employment = employmentStatus(random, age)
  return {
    ...who,
    ...(hasCard ? { idCard: idCard(owner.birthDate, owner.sex, random.integer(0, 997)) } : {}),
    ...(borrowed && hasCard ? { borrowed } : {}),
    ...(foreign ? { passport: `TEST${random.digits(7)}` } : {}),
    phone,
    address: address(random),
    marital,
    employment,
    contact: contact(random, who, relation(random, who.sex, age, marital)),
    ...(foreign || random.chance(0.08) ? {} : { insurance: insurance(random, employment) }),
    abo: random.weighted(aboShares, entry => entry.share).code,
    rh: random.chance(0.997) ? '2' : '1',
    allergies: random.chance(0.09) ? [random.pick(content('drugs').allergyGroups)] : [],
  }
}

function address(random: Random): Address {
  const value = (kind: string) => random.pick(content('names').rows.filter(row => row.kind === kind)).value as string
  const house = random.chance(0.6)
    ? `${value('road')}${random.integer(1, 999)}弄${random.integer(1, 60)}号${random.integer(1, 18)}0${random.integer(1, 6)}室`
    : `${value('community')}${random.integer(1, 300)}号`
  return { province: '上海市', city: '市辖区', district: '青浦区', town: value('town'), line: house, postcode: '201700' }
}

function maritalStatus(random: Random, age: number): string {
  if (age < 20) return '10'
  if (age < 30) return random.chance(0.6) ? '10' : '20'
  if (age < 65)
    return random.weighted(
      [
        { code: '20', share: 0.86 },
        { code: '40', share: 0.08 },
        { code: '10', share: 0.06 },
      ],
      entry => entry.share,
    ).code
  return random.weighted(
    [
      { code: '20', share: 0.68 },
      { code: '30', share: 0.29 },
      { code: '40', share: 0.03 },
    ],
    entry => entry.share,
  ).code
}

function employmentStatus(random: Random, age: number): string {
  if (age < 6) return '90'
  if (age < 22) return '31'
  if (age >= 60) return '80'
  return random.pick(['11', '13', '17', '21', '24', '24', '27', '51', '54', '70'])
}

/** GB/T 4761, two digits: who the contact is to the patient. */
function relation(random: Random, sex: Sex, age: number, marital: string): string {
  if (age < 18) return random.pick(['51', '52'])
  if (marital === '20') return random.pick([sex === 'F' ? '11' : '12', sex === 'F' ? '11' : '12', '20', '30'])
  return random.pick(['20', '30', '71', '75', '99'])
}

/** Children and parents in the male line share the family name. */
function contact(random: Random, of: { name: PersonName; sex: Sex; birthDate: string }, code: string): Person['contact'] {
  const sex: Sex = ['11', '20', '51', '71'].includes(code) ? 'M' : 'F'
  const apart = Number(of.birthDate.slice(0, 4)) + (['20', '30'].includes(code) ? 27 : ['51', '52'].includes(code) ? -28 : 0)
  const kin = ['51', '71', '75'].includes(code) || (['20', '30'].includes(code) && of.sex === 'M')
  const name = kin && of.name.family ? relativeName(random, of.name, sex, apart) : personName(random, sex, apart)
  return { name: name.text, relation: code, phone: `12${random.digits(9)}` }
}

function insurance(random: Random, employment: string): Insurance {
  const insutype = ['11', '13', '17', '21', '24', '80'].includes(employment) ? '310' : '390'
  return { personNumber: `31000099${random.digits(12)}`, insutype, cardNumber: `SIM${random.digits(9)}` }
}
