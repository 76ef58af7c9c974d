// Citizen identity number (GB 11643-1999): check character, birth date and sex; 15-digit numbers of the first generation are raised to 18.

export type IdCard = {
  /** 18 characters, check character in upper case. */
  readonly number: string
  readonly birthDate: string
  readonly sex: 'male' | 'female'
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checks = '10X98765432'

/** The card behind a number as people and systems write it (spaces, lower-case x, full-width digits); undefined when it is not a valid one. */
export function readIdCard(text: string): IdCard | undefined {
  const plain = text.normalize('NFKC').replace(/\s/g, '').toUpperCase()
  const number = /^\d{15}$/.test(plain) ? raise(plain) : plain
  if (!/^\d{17}[\dX]$/.test(number) || checkCharacter(number) !== number[17]) return undefined
  const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  if (!isDate(birthDate)) return undefined
  return { number, birthDate, sex: Number(number[16]) % 2 === 1 ? 'male' : 'female' }
}

/** The check character of the first 17 digits. */
export function checkCharacter(number: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += weights[i]! * Number(number[i])
  return checks[sum % 11]!
}

function raise(old: string): string {
  const digits = `${old.slice(0, 6)}19${old.slice(6)}`
  return digits + checkCharacter(digits)
}

function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}
