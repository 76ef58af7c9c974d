// Columns of the code work list.
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRights } from '../../api/session.ts'
import type { Column } from '../../ui/data-table.tsx'
import { Instant } from '../../ui/time.tsx'
import { type Gap, useDecide } from './gaps.ts'

export function useGapColumns(): readonly Column<Gap>[] {
  const { t } = useTranslation()
  return [
    { key: 'count', title: t('codes.count'), width: 64, align: 'right', cell: gap => gap.count.toLocaleString('en-US') },
    {
      key: 'code',
      title: t('codes.local'),
      cell: gap => (
        <span title={`${gap.code} ${gap.display ?? ''}`}>
          <b className="mono">{gap.code}</b> {gap.display !== gap.code && gap.display}
        </span>
      ),
    },
    { key: 'suggestion', title: t('codes.suggestion'), width: 122, cell: gap => <Suggestion gap={gap} /> },
    { key: 'element', title: t('codes.element'), width: 158, cell: gap => <span className="mono">{gap.element ?? '—'}</span> },
    { key: 'source', title: t('codes.source'), width: 92, cell: gap => gap.source },
    { key: 'last', title: t('codes.last'), width: 92, cell: gap => <Instant ms={gap.lastSeenHourMs} /> },
  ]
}

function Suggestion({ gap }: { readonly gap: Gap }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const may = useRights()
  const decide = useDecide()
  const { suggestion } = gap
  if (!suggestion) return <span className="faint">—</span>
  const adopt = () =>
    decide.mutate([{ gap, target: suggestion, equivalence: 'equivalent' }], {
      onSuccess: () => void message.success(t('codes.saved')),
      onError: problem => void message.error(problem.message),
    })
  return (
    <span className="row">
      <span className="mono" title={suggestion.display}>
        {suggestion.code}
      </span>
      {may('terminology.write') && (
        <Button size="small" type="link" loading={decide.isPending} onClick={adopt} aria-label={`${t('codes.adopt')} ${gap.code}`}>
          {t('codes.adopt')}
        </Button>
      )}
    </span>
  )
}
