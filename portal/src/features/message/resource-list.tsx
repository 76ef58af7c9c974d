// The resources of a message; those that the picked place became part of are marked.

import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Picking } from './picking.ts'
import { differsFromBefore, type StageName, type Stages } from './stages.ts'

export function ResourceList({
  stages,
  picking,
  stage,
}: {
  readonly stages: Stages
  readonly picking: Picking
  readonly stage: StageName
}) {
  const { t } = useTranslation()
  const differing = useMemo(() => stages.resources.map(resource => differsFromBefore(resource, stage)), [stages, stage])
  const fed = new Set(picking.pickedEntries.map(entry => entry.resource))
  return (
    <ul className="resource-list" aria-label={t('message.resources')}>
      {stages.resources.map((resource, i) => (
        <li key={`${resource.type}/${resource.id}`}>
          <button
            type="button"
            className={i === picking.resource ? 'chosen' : ''}
            aria-current={i === picking.resource}
            onClick={() => picking.show(i)}
          >
            <b>{resource.type}</b>
            {fed.has(i) && <span className="fed" title={t('message.fed')} />}
            {differing[i] && (
              <span className="differs" title={t('message.differs')}>
                ±
              </span>
            )}
            <small className="faint">
              {stage === 'stored'
                ? resource.storedVersion === undefined
                  ? t('message.unchanged')
                  : `v${resource.storedVersion}`
                : resource.standing === 'mention'
                  ? t('message.mention')
                  : ''}
            </small>
            <small className="mono faint cut">{keyText(resource.key)}</small>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** What a person knows a resource by: the end of its business key. */
function keyText(key: string): string {
  return key.replace(/^.*[|]/, '').slice(0, 60)
}
