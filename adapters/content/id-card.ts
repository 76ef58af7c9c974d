// Citizen identity numbers that belong to nobody: area 990118 lies in a province that does not exist; birth date, sex and check character are right.
import { checkCharacter } from '#kernel/id-card.ts'

/** The area of all invented numbers. */
export const fictionalArea = '990118'

/** `sequence` 0–998: made odd for men and even for women, as the standard counts. */
export function idCard(birthDate: string, sex: 'M' | 'F', sequence: number): string {
  const number = sex === 'M' ? sequence - (sequence % 2) + 1 : sequence - (sequence % 2)
  const first17 = fictionalArea + birthDate.replaceAll('-', '') + String(number).padStart(3, '0')
  return first17 + checkCharacter(first17)
}
