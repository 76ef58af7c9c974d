// Behind every card: the resource as stored, each version with what caused it, and what changed.
import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useRights } from '../../api/session.ts'
import { DiffView, TextView } from '../../code/lazy.tsx'
import { termOf } from '../../i18n/index.ts'
import { printJson } from '../../json/print.ts'
import { Answered } from '../../ui/panel.tsx'
import { Empty } from '../../ui/state.tsx'
import { Instant } from '../../ui/time.tsx'
import { type ResourceName, useVersions, type Version } from './versions.ts'
import './resource.css'

export function ResourceView({ name }: { readonly name: ResourceName }) {
  const versions = useVersions(name)
  return <Answered query={versions}>{found => <Versions versions={found} name={name} />}</Answered>
}

function Versions({ versions, name }: { readonly versions: readonly Version[]; readonly name: ResourceName }) {
  const { t } = useTranslation()
  const [at, setAt] = useState(0)
  const [view, setView] = useState<'whole' | 'compare'>('whole')
  const version = versions[at]!
  const before = versions[at + 1]
  return (
    <div className="resource-view">
      <ul className="version-list" aria-label={t('resource.versions')}>
        {versions.map((each, i) => (
          <li key={each.version}>
            <button type="button" aria-current={i === at} className={i === at ? 'chosen' : ''} onClick={() => setAt(i)}>
              <b>v{each.version}</b> <span className="faint">{termOf('resource.op', each.op)}</span>
              <Instant ms={each.atMs} long />
              <Cause version={each} />
            </button>
          </li>
        ))}
      </ul>
      <div className="version-body">
        <div className="row version-head">
          <span className="mono faint cut grow">
            {name.type}/{name.id}
          </span>
          {before && (
            <Segmented
              size="small"
              value={view}
              options={[
                { value: 'whole', label: t('resource.whole') },
                { value: 'compare', label: t('resource.compare') },
              ]}
              onChange={setView}
            />
          )}
        </div>
        <div className="version-text">
          <Body version={version} before={view === 'compare' ? before : undefined} label={`${name.type} v${version.version}`} />
        </div>
      </div>
    </div>
  )
}

function Body({ version, before, label }: { readonly version: Version; readonly before: Version | undefined; readonly label: string }) {
  const { t } = useTranslation()
  if (version.body === undefined) return <Empty words={t('resource.noBody')} />
  const text = printJson(version.body)
  if (before) return <DiffView label={label} syntax="json" before={before.body === undefined ? '' : printJson(before.body)} after={text} />
  return <TextView label={label} syntax="json" text={text} />
}

/** The message that caused a version: a link for those who may open it. */
function Cause({ version }: { readonly version: Version }) {
  const { t } = useTranslation()
  const may = useRights()
  if (version.message === undefined) return <small className="faint">{version.by}</small>
  if (!may('messages.read')) return <small className="mono faint">{version.message}</small>
  return (
    <small>
      {t('resource.message')}{' '}
      <Link to={`/messages/${version.message}`} className="mono">
        {version.message}
      </Link>
    </small>
  )
}
