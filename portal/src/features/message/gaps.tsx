// Codes of this message that no map knows yet, with the way to the work list where each is decided once.
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Stages } from './stages.ts'

export function Gaps({ gaps, tenant }: { readonly gaps: Stages['gaps']; readonly tenant: string }) {
  const { t } = useTranslation()
  if (gaps.length === 0) return null
  return (
    <div className="unread">
      <span className="warn">⚠ {t('message.gaps', { count: gaps.length })}</span>
      {gaps.map(gap => (
        <Link
          key={`${gap.map} ${gap.code}`}
          className="chip mono"
          to={`/terminology?tenant=${tenant}&map=${encodeURIComponent(gap.map)}&code=${encodeURIComponent(gap.code)}`}
          title={gap.map}
        >
          {gap.code} {gap.display ?? ''}
        </Link>
      ))}
    </div>
  )
}
