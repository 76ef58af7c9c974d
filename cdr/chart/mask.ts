// Numbers and addresses of a person as they are shown before anybody asks to see them (个人信息 脱敏显示): ends stay, the middle is starred.
import type { JsonObject } from '#kernel/json.ts'
import { idRoots, urnOid } from '#kernel/oid.ts'
import { codesOf, text } from './element.ts'

const idCardSystem = urnOid(idRoots.idCard)
/** Identifier types (HL7 table 0203) that name a person outside the hospital: cards, passports, insurance numbers, telephone accounts. */
const personal: ReadonlySet<string> = new Set(['NNCHN', 'NI', 'PPN', 'DL', 'HC', 'SS', 'SN', 'MC', 'JHN', 'BC', 'BCT', 'TAX'])

/** Whether an identifier says who somebody is outside the hospital; record and visit numbers do not. */
export function isPersonal(identifier: JsonObject): boolean {
  return text(identifier['system']) === idCardSystem || codesOf(identifier['type']).some(({ code }) => personal.has(code))
}

/** `310118198501011234` → `310118********1234`; short values keep one character at each end. */
export function maskNumber(value: string): string {
  const letters = [...value]
  const head = letters.length >= 15 ? 6 : letters.length >= 8 ? 3 : 1
  const tail = letters.length >= 8 ? 4 : 1
  if (letters.length <= 2) return '*'.repeat(letters.length)
  return letters.map((letter, i) => (i < head || i >= letters.length - tail ? letter : '*')).join('')
}
