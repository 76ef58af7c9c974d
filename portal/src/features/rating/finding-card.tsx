// One item of the scheme: figure, target, how far, and the word for it.
import { useTranslation } from 'react-i18next'
import { Tag } from '../../ui/tags.tsx'
import type { Finding } from './rating-page.tsx'

export function FindingCard({
  finding,
  chosen,
  onChoose,
}: {
  readonly finding: Finding
  readonly chosen: boolean
  readonly onChoose: () => void
}) {
  const { t, i18n } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'zh'
  const { title, unit, value, target, better, met, part, source } = finding
  const state = value === undefined ? 'unseen' : met ? 'met' : 'missed'
  return (
    <button type="button" aria-pressed={chosen} className={`finding ${state} ${chosen ? 'chosen' : ''}`} onClick={onChoose}>
      <span className="finding-title">{title[language]}</span>
      <span className="finding-figure">
        <b className="number">{value === undefined ? '—' : value.toLocaleString('en-US')}</b>
        <small>{unit[language]}</small>
        <Tag tone={tones[state]} sign={signs[state]}>
          {t(`rating.${state}`)}
        </Tag>
      </span>
      <span className="finding-bar">
        <i style={{ width: `${share(finding) * 100}%` }} />
      </span>
      <span className="finding-foot faint">
        <span title={t(`rating.source.${source as 'requirement'}`)}>
          {t('rating.target')} {t(better === 'lower' ? 'rating.atMost' : 'rating.atLeast', { value: target })} {unit[language]}
          {source === 'recalled' && ' *'}
        </span>
        <span>{t('rating.part', { part })}</span>
      </span>
    </button>
  )
}

const tones = { met: 'good', missed: 'warn', unseen: 'quiet' } as const
const signs = { met: '✓', missed: '▲', unseen: '…' } as const

/** How much of the way is gone, 0–1. */
function share({ value, target, better }: Finding): number {
  if (value === undefined) return 0
  if (better === 'lower') return value <= target ? 1 : target / value
  return Math.max(0, Math.min(1, value / target))
}
