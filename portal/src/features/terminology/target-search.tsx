// Finding the standard code: in the map's own target system first, in every system on request; a code may also be typed.
import { Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemView } from '../../ui/state.tsx'
import { type Gap, type Hit, useHits } from './gaps.ts'

type Target = Omit<Hit, 'systemName'>

export function TargetSearch({
  gap,
  target,
  onChoose,
}: {
  readonly gap: Gap
  readonly target: Target | undefined
  readonly onChoose: (target: Target) => void
}) {
  const { t } = useTranslation()
  const [text, setText] = useState(gap.display ?? gap.code)
  const [every, setEvery] = useState(gap.target === undefined)
  const answer = useHits(text, every ? undefined : gap.target?.system)
  const hits = (answer.data?.codes ?? []) as readonly Hit[]
  const isChosen = (hit: Target) => target?.system === hit.system && target.code === hit.code
  const typed = text.trim()
  return (
    <div className="target-search">
      <div className="row">
        <Input.Search
          allowClear
          placeholder={t('codes.find')}
          aria-label={t('codes.find')}
          value={text}
          onChange={event => setText(event.target.value)}
        />
        <Checkbox className="nowrap" checked={every} onChange={event => setEvery(event.target.checked)}>
          {t('codes.everySystem')}
        </Checkbox>
      </div>
      {answer.error && <ProblemView problem={answer.error} />}
      <ul className="hits" aria-label={t('codes.target')}>
        {target && !hits.some(isChosen) && <HitView hit={{ systemName: gap.target?.name ?? '', ...target }} chosen onChoose={onChoose} />}
        {hits.map(hit => (
          <HitView key={`${hit.system} ${hit.code}`} hit={hit} chosen={isChosen(hit)} onChoose={onChoose} />
        ))}
        {typed !== '' && answer.data && hits.length === 0 && <li className="faint hit-none">{t('codes.noHits')}</li>}
        {isCode(typed) && gap.target && !hits.some(hit => hit.code === typed) && (
          <HitView
            hit={{ system: gap.target.system, systemName: `${gap.target.name} · ${t('codes.typed')}`, code: typed, display: '' }}
            chosen={isChosen({ system: gap.target.system, code: typed, display: '' })}
            onChoose={onChoose}
          />
        )}
      </ul>
    </div>
  )
}

/** Codes of standards are plain letters, digits and signs. */
function isCode(text: string): boolean {
  return /^[!-~]{1,60}$/.test(text)
}

function HitView({ hit, chosen, onChoose }: { readonly hit: Hit; readonly chosen: boolean; readonly onChoose: (target: Target) => void }) {
  const { system, code, display } = hit
  return (
    <li>
      <button type="button" aria-pressed={chosen} className={chosen ? 'chosen' : ''} onClick={() => onChoose({ system, code, display })}>
        <b className="mono">{code}</b>
        <span className="grow">{display}</span>
        <small className="faint cut" title={hit.system}>
          {hit.systemName}
        </small>
      </button>
    </li>
  )
}
