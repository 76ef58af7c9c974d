// Findings as a list: severity, words, what to do, and the place; a click or j/k leads there.
import { useTranslation } from 'react-i18next'
import { useHotkeys } from '../../ui/hotkeys.ts'
import { Empty } from '../../ui/state.tsx'
import { Tag } from '../../ui/tags.tsx'
import type { Finding } from './use-validation.ts'

const shownMax = 500
const tones = { fatal: 'critical', error: 'bad', warning: 'warn', information: 'info' } as const
const signs = { fatal: '✕', error: '✕', warning: '▲', information: 'ℹ' } as const

export function Findings({
  findings,
  chosen,
  onChoose,
}: {
  readonly findings: readonly Finding[]
  readonly chosen: Finding | undefined
  readonly onChoose: (finding: Finding) => void
}) {
  const { t } = useTranslation()
  const shown = findings.slice(0, shownMax)
  const step = (by: number) => {
    const at = chosen ? shown.indexOf(chosen) : -1
    const next = shown[Math.max(0, Math.min(shown.length - 1, at + by))]
    if (next) onChoose(next)
  }
  useHotkeys({ j: () => step(1), k: () => step(-1) })
  if (findings.length === 0) return <Empty words={t('validate.nothing')} />
  return (
    <>
      {findings.length > shownMax && <p className="list-note">{t('validate.shown', { count: shownMax, total: findings.length })}</p>}
      <ul className="findings-list" aria-label={t('validate.findings')}>
        {shown.map((finding, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: findings have no name of their own and come anew as a whole
          <li key={i}>
            <button
              type="button"
              aria-pressed={finding === chosen}
              className={finding === chosen ? 'chosen' : ''}
              onClick={() => onChoose(finding)}
            >
              <Tag tone={tones[finding.severity]} sign={signs[finding.severity]}>
                {t(`validate.severity.${finding.severity}`)}
              </Tag>
              <span className="finding-words">
                <span>{finding.text}</span>
                {finding.hint && <small className="faint">{finding.hint}</small>}
                <small className="mono faint">
                  {finding.path && <b>{finding.path}</b>} {finding.code}
                </small>
              </span>
              {finding.line !== undefined && (
                <small className="number faint">{t('validate.place', { line: finding.line, column: finding.column ?? 1 })}</small>
              )}
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
