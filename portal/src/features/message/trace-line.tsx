// The picked place in words: which element came from which source field by which rule.
import { useTranslation } from 'react-i18next'
import { chineseName } from './field-names.ts'
import type { Picking } from './picking.ts'
import type { Stages } from './stages.ts'
import { type Spot, spotOf } from './trace.ts'

const entriesShown = 6

export function TraceLine({
  picking,
  spots,
  stages,
}: {
  readonly picking: Picking
  readonly spots: ReadonlyMap<string, Spot>
  readonly stages: Stages
}) {
  const { t } = useTranslation()
  const { picked, pickedEntries } = picking
  if (!picked) return <div className="trace-line faint">{t('message.traceHint')}</div>
  if (pickedEntries.length === 0)
    return <div className="trace-line faint">{t(picked.kind === 'source' ? 'message.fedNothing' : 'message.fromNothing')}</div>
  // Those of the resource in sight first.
  const entries = [...pickedEntries].sort((a, b) => Number(b.resource === picking.resource) - Number(a.resource === picking.resource))
  return (
    <div className="trace-line" role="status">
      {entries.slice(0, entriesShown).map(entry => (
        <div key={`${entry.resource} ${entry.path} ${entry.rule}`} className="row wrap">
          <button
            type="button"
            className="link mono"
            onClick={() => picking.pick({ kind: 'element', resource: entry.resource, path: entry.path })}
          >
            {stages.resources[entry.resource]?.type}.{entry.path}
          </button>
          <span aria-hidden="true">←</span>
          {entry.sources.length === 0 ? (
            <span className="faint">{t('message.constant')}</span>
          ) : (
            entry.sources.map(source => <Source key={source} source={source} spots={spots} picking={picking} />)
          )}
          <span className="mono faint">{entry.rule}</span>
        </div>
      ))}
      {pickedEntries.length > entriesShown && (
        <span className="faint">{t('message.moreEntries', { count: pickedEntries.length - entriesShown })}</span>
      )}
    </div>
  )
}

function Source({
  source,
  spots,
  picking,
}: {
  readonly source: string
  readonly spots: ReadonlyMap<string, Spot>
  readonly picking: Picking
}) {
  const { i18n } = useTranslation()
  const spot = spotOf(source, spots)
  const field = i18n.language === 'en' ? undefined : chineseName(source)
  const name = [field, spot && /\.\d+$/.test(spot.path) ? spot.name : field ? '' : spot?.name].filter(Boolean).join(' · ')
  return (
    <span>
      <button type="button" className="link mono" onClick={() => picking.pick({ kind: 'source', path: source })}>
        {source}
      </button>{' '}
      {name && <span className="faint">{name} </span>}
      {spot?.value && <span>“{spot.value}”</span>}
    </span>
  )
}
