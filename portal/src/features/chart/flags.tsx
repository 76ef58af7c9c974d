// High, low, critical: arrow and word beside the colour, always.
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/use-get.ts'

export type Flag = Answer<'/api/patients/{tenant}/{id}/results'>['cells'][number]['flag']

const signs: Readonly<Record<Flag, string>> = {
  'critical-high': '⇈',
  'critical-low': '⇊',
  critical: '‼',
  high: '↑',
  low: '↓',
  abnormal: '＊',
  normal: '',
  none: '',
}

export function FlagSign({ flag }: { readonly flag: Flag }) {
  const { t } = useTranslation()
  if (signs[flag] === '') return null
  return (
    <i className={`flag flag-${flag}`} role="img" aria-label={t(`flags.${flag}`)}>
      {signs[flag]}
    </i>
  )
}

/** Class of a value by its flag. */
export function flagClass(flag: Flag): string {
  return isFlagged(flag) ? `flagged flagged-${flag}` : ''
}

export function isFlagged(flag: Flag): boolean {
  return flag !== 'normal' && flag !== 'none'
}
