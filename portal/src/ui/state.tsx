// What a panel shows when it has nothing to show: waiting, empty, refused, not found, out of reach. Each says what can be done.
import { Button, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../api/client.ts'

export function Waiting({ rows = 4 }: { readonly rows?: number }) {
  return <Skeleton active title={false} paragraph={{ rows }} className="waiting" />
}

export function Empty({ words, children }: { readonly words: string; readonly children?: ReactNode }) {
  return (
    <div className="state" role="status">
      <Drawing kind="empty" />
      <div>{words}</div>
      {children}
    </div>
  )
}

export function ProblemView({ problem, onRetry }: { readonly problem: Problem; readonly onRetry?: () => void }) {
  const { t } = useTranslation()
  const kind = problem.status === 403 ? 'refused' : problem.status === 404 || problem.status === 410 ? 'missing' : 'broken'
  const title = problem.status === 0 ? t('ui.unreachable') : problem.message || t('ui.failed', { status: problem.status })
  return (
    <div className="state" role="alert">
      <Drawing kind={kind} />
      <div className="state-title">{kind === 'refused' ? t('ui.noPermission') : title}</div>
      <div className="faint">{kind === 'refused' ? title : (problem.hint ?? '')}</div>
      {onRetry && kind === 'broken' && (
        <Button size="small" onClick={onRetry}>
          {t('ui.retry')}
        </Button>
      )}
    </div>
  )
}

const strokes = {
  empty: 'M12 22h40v22H12zM12 22l8-10h24l8 10M24 30h16',
  refused: 'M18 28h28v20H18zM24 28v-6a8 8 0 0 1 16 0v6M32 36v5',
  missing: 'M28 12a16 16 0 1 0 .1 0zM40 39l12 12M22 28h12',
  broken: 'M32 12 54 48H10zM32 26v10M32 41v2',
} as const

function Drawing({ kind }: { readonly kind: keyof typeof strokes }) {
  return (
    <svg viewBox="0 0 64 56" width="64" height="56" className="state-drawing" aria-hidden="true">
      <path d={strokes[kind]} fill="none" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}
