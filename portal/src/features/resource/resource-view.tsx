// Behind every card: the resource as stored, each version with what caused it, what changed, and the message that brought it.
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
import { SourceText } from './source-text.tsx'
import { type ResourceName, useVersions, type Version } from './versions.ts'
import './resource.css'

const views = ['whole', 'compare', 'source'] as const
type View = (typeof views)[number]

export function ResourceView({ name }: { readonly name: ResourceName }) {
  const versions = useVersions(name)
  return (
    <Answered query={versions} rows={8}>
      {found => <Versions versions={found} name={name} />}
    </Answered>
  )
}

function Versions({ versions, name }: { readonly versions: readonly Version[]; readonly name: ResourceName }) {
  const { t } = useTranslation()
  const may = useRights()
  const [at, setAt] = useState(0)
  const [wanted, setWanted] = useState<View>('whole')
  const version = versions[at]!
  const before = versions[at + 1]
  const maySource = may('message-bodies.read') && version.message !== undefined
  const isThere = { whole: true, compare: before !== undefined, source: maySource }
  const view = isThere[wanted] ? wanted : 'whole'
  const label = (each: View) => (each === 'compare' ? t('resource.since', { version: before!.version }) : t(`resource.${each}`))
  return (
    <div className="resource-view">
      <ul className="version-list" aria-label={t('resource.versions')}>
        {versions.map((each, i) => (
          <li key={each.version}>
            <button type="button" aria-current={i === at} className={i === at ? 'chosen' : ''} onClick={() => setAt(i)}>
              <span>
                <b>v{each.version}</b> <span className="faint">{termOf('resource.op', each.op)}</span>
              </span>
              <Instant ms={each.atMs} long />
              <small className="mono faint cut">{each.message ?? each.by}</small>
            </button>
          </li>
        ))}
      </ul>
      <div className="version-body">
        <div className="row version-head">
          <Segmented<View>
            value={view}
            options={views.filter(each => isThere[each]).map(each => ({ value: each, label: label(each) }))}
            onChange={setWanted}
          />
          <span className="mono faint cut grow">
            {name.type}/{name.id}
          </span>
          <Cause version={version} />
        </div>
        <div className="version-text">
          {view === 'source' ? (
            <SourceText message={version.message!} />
          ) : (
            <Body version={version} before={view === 'compare' ? before : undefined} label={`${name.type} v${version.version}`} />
          )}
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

/** The message that caused a version: a link to its biography, with the trace, for those who may open it. */
function Cause({ version }: { readonly version: Version }) {
  const { t } = useTranslation()
  const may = useRights()
  if (version.message === undefined) return <span className="faint nowrap">{version.by}</span>
  return (
    <span className="nowrap">
      <span className="faint">{t('resource.message')}</span> <span className="mono">{version.message}</span>{' '}
      {may('messages.read') && <Link to={`/messages/${version.message}`}>{t('resource.trace')}</Link>}
    </span>
  )
}
