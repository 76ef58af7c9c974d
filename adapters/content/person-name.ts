// Invented names, awkward ones included: rare characters, names with a middle dot, thirty characters, Latin letters.
import { content, type NameRow, type Sex } from './content.ts'
import type { Random } from './random.ts'

/** `ethnic`: code of GB 3304. */
export type PersonName = {
  readonly text: string
  readonly family?: string
  readonly given?: string
  readonly ethnic: string
  readonly style: NameStyle
}

export type NameStyle = 'usual' | 'rare-character' | 'middle-dot' | 'thirty-characters' | 'latin'

const styles: readonly { readonly style: NameStyle; readonly share: number }[] = [
  { style: 'usual', share: 0.935 },
  { style: 'rare-character', share: 0.04 },
  { style: 'middle-dot', share: 0.015 },
  { style: 'thirty-characters', share: 0.005 },
  { style: 'latin', share: 0.005 },
]

/** Given and fathers' names; `示例` (sample) stands in every father's name, so that nobody can be meant. */
const minorities: readonly {
  readonly ethnic: string
  readonly given: Readonly<Record<Sex, readonly string[]>>
  readonly father: readonly string[]
}[] = [
  {
    ethnic: '05',
    given: { F: ['阿依古丽', '古丽努尔', '帕提古丽', '热依汗古丽'], M: ['艾尔肯', '阿迪力', '买买提', '阿卜杜热合曼'] },
    father: ['示例买提', '示例江', '示例吐尔逊', '示例阿吉'],
  },
  { ethnic: '17', given: { F: ['阿依努尔', '古丽娜尔'], M: ['叶尔兰', '努尔兰'] }, father: ['示例别克', '示例汗'] },
  { ethnic: '02', given: { F: ['萨仁', '其其格'], M: ['巴特尔', '苏和'] }, father: ['示例', '示例图'] },
]

const rareCharacters = () => rows('rareChar').map(row => row.value as string)

export function personName(random: Random, sex: Sex, birthYear: number): PersonName {
  const { style } = random.weighted(styles, entry => entry.share)
  if (style === 'middle-dot' || style === 'thirty-characters') return dotted(random, sex, style)
  if (style === 'latin') return { text: `TEST PATIENT ${random.pick(['ALPHA', 'BRAVO', 'CHARLIE', 'DELTA', 'ECHO'])}`, ethnic: '98', style }
  const family = familyName(random)
  const given = givenName(random, sex, birthYear)
  return style === 'rare-character' ? rare(random, family, given) : { text: family + given, family, given, ethnic: '01', style }
}

/** A relative's name: same family, another given name. */
export function relativeName(random: Random, of: PersonName, sex: Sex, birthYear: number): PersonName {
  const family = of.family ?? familyName(random)
  const given = givenName(random, sex, birthYear)
  return { text: family + given, family, given, ethnic: of.ethnic, style: 'usual' }
}

function familyName(random: Random): string {
  return random.weighted([...rows('surname'), ...rows('compoundSurname')], row => row.weight ?? 0).value as string
}

function givenName(random: Random, sex: Sex, birthYear: number): string {
  const era = rows('givenByBirthEra').find(row => {
    const [from, to] = row.era!.split('-').map(Number)
    return birthYear >= from! && birthYear <= to!
  })
  if (era && random.chance(0.25)) return random.pick(era.value as readonly string[])
  const characters = rows('givenChar').filter(row => row.sex === undefined || row.sex === sex)
  const first = random.pick(characters).value as string
  return random.chance(0.75) ? first + (random.pick(characters).value as string) : first
}

function rare(random: Random, family: string, given: string): PersonName {
  const character = random.pick(rareCharacters())
  const written = random.chance(0.3) ? character : character + given.slice(-1)
  return { text: family + written, family, given: written, ethnic: '01', style: 'rare-character' }
}

function dotted(random: Random, sex: Sex, style: 'middle-dot' | 'thirty-characters'): PersonName {
  const people = style === 'thirty-characters' ? minorities[0]! : random.pick(minorities)
  const given = random.pick(people.given[sex])
  const father = random.pick(people.father)
  if (style === 'middle-dot') return { text: `${given}·${father}`, ethnic: people.ethnic, style }
  const lineage = [given, ...people.father, ...people.given.M].join('·')
  return { text: lineage.slice(0, 30).replace(/·$/, '木'), ethnic: people.ethnic, style }
}

function rows(kind: string): readonly NameRow[] {
  return content('names').rows.filter(row => row.kind === kind)
}
