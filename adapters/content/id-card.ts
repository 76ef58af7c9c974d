// Citizen identity numbers (GB 11643-1999) that belong to nobody: area 990118 lies in a province that does not exist; birth date, sex and check digit are right.
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkCharacters = '10X98765432'

/** The area of all invented numbers. */
export const fictionalArea = '990118'

export function checkDigit(first17: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first17[index]), 0)
  return checkCharacters[sum % 11]!
}

/** `sequence` 0–998: made odd for men and even for women, as the standard counts. */
export function idCard(birthDate: string, sex: 'M' | 'F', sequence: number): string {
  const number = sex === 'M' ? sequence - (sequence % 2) + 1 : sequence - (sequence % 2)
  const first17 = fictionalArea + birthDate.replaceAll('-', '') + String(number).padStart(3, '0')
  return first17 + checkDigit(first17)
}

/** Form, date and check digit are right; says nothing about whose it is. */
export function isIdCard(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text) || checkDigit(text) !== text[17]) return false
  const date = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`
  return !Number.isNaN(Date.parse(`${date}T00:00:00Z`)) && new Date(`${date}T00:00:00Z`).toISOString().startsWith(date)
}
