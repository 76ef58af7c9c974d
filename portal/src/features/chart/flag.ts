// What a result is marked as, and how it stands out.
import type { Answer } from '../../api/use-get.ts'

export type Flag = Answer<'/api/patients/{tenant}/{id}/results'>['cells'][number]['flag']

export function isFlagged(flag: Flag): boolean {
  return flag !== 'normal' && flag !== 'none'
}

/** Class of a value by its flag. */
export function flagClass(flag: Flag): string {
  return isFlagged(flag) ? `flagged flagged-${flag}` : ''
}
