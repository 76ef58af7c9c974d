// High, low, critical: arrow and word beside the colour, always.
import { useTranslation } from 'react-i18next'
import type { Flag } from './flag.ts'

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
