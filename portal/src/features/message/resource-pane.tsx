// What the message became: one resource at a stage, its elements traced; or what changed from the stage before.
import type { UseQueryResult } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Problem } from '../../api/client.ts'
import { DiffView, TextView } from '../../code/lazy.tsx'
import type { Mark } from '../../code/marks.ts'
import { readJson } from '../../json/exact.ts'
import { printJson } from '../../json/print.ts'
import { Answered, Frame } from '../../ui/panel.tsx'
import { Empty } from '../../ui/state.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { Gaps } from './gaps.tsx'
import type { Life } from './message-page.tsx'
import type { Picking } from './picking.ts'
import { ResourceList } from './resource-list.tsx'
import { type Resource, resourceAt, type StageName, type Stages, stageBefore } from './stages.ts'
import type { Spot } from './trace.ts'
import { TraceLine } from './trace-line.tsx'

type PaneProps = {
  readonly life: Life
  readonly stage: StageName
  readonly picking: Picking
  readonly spots: ReadonlyMap<string, Spot>
}

export function ResourcePane({ query, ...props }: PaneProps & { readonly query: UseQueryResult<Stages, Problem> }) {
  const { t } = useTranslation()
  const { stage } = props
  return (
    <Frame title={t(`message.stage.${stage}`)} className="flush results" extra={stage === 'mapped' ? null : <DiffSwitch stage={stage} />}>
      <Answered query={query} isEmpty={stages => stages.resources.length === 0} empty={t('message.noResources')}>
        {stages => <Resources stages={stages} {...props} />}
      </Answered>
    </Frame>
  )
}

function DiffSwitch({ stage }: { readonly stage: StageName }) {
  const { t } = useTranslation()
  const [{ diff }, change] = useUrlState(['diff'])
  return (
    <Segmented
      size="small"
      aria-label={t('message.view')}
      value={diff === '1' ? 'diff' : 'whole'}
      options={[
        { value: 'whole', label: t('message.whole') },
        { value: 'diff', label: t(stage === 'coded' ? 'message.diffCoded' : 'message.diffStored') },
      ]}
      onChange={value => change({ diff: value === 'diff' ? '1' : undefined })}
    />
  )
}

function Resources({ stages, stage, picking, spots, life }: PaneProps & { readonly stages: Stages }) {
  const [{ diff }] = useUrlState(['diff'])
  const resource = stages.resources[picking.resource]!
  return (
    <div className="resources">
      <ResourceList stages={stages} picking={picking} stage={stage} />
      <div className="resource">
        {stage === 'coded' && <Gaps gaps={stages.gaps} tenant={life.message.tenant} />}
        {stage === 'mapped' && <Unread unread={stages.unread} picking={picking} />}
        {stage === 'stored' && <StoredLine resource={resource} tenant={life.message.tenant} />}
        <div className="resource-text">
          {diff === '1' && stage !== 'mapped' ? (
            <StageDiff resource={resource} stage={stage} />
          ) : (
            <ResourceText resource={resource} stage={stage} picking={picking} />
          )}
        </div>
        <TraceLine picking={picking} spots={spots} stages={stages} />
      </div>
    </div>
  )
}

function ResourceText({ resource, stage, picking }: { readonly resource: Resource; readonly stage: StageName; readonly picking: Picking }) {
  const { t } = useTranslation()
  const text = useMemo(() => {
    const value = resourceAt(resource, stage)
    return value === undefined ? undefined : printJson(value)
  }, [resource, stage])
  const spans = useMemo(() => readJson(text ?? '')?.spans ?? [], [text])
  const { picked, pickedEntries, hovered, hoveredEntries } = picking
  const marks = useMemo(() => {
    const mark = (path: string, className: string): Mark[] =>
      spans.filter(span => span.path === path).map(({ from, to }) => ({ from, to, className }))
    const ofEntries = (entries: typeof pickedEntries, className: string) =>
      entries.filter(entry => entry.resource === picking.resource).flatMap(entry => mark(entry.path, className))
    const isElement = picked?.kind === 'element' && picked.resource === picking.resource
    return [
      ...(hovered?.kind === 'element' ? mark(hovered.path, 'mark-hover') : ofEntries(hoveredEntries, 'mark-hover')),
      ...(isElement ? mark(picked.path, 'mark-picked') : ofEntries(pickedEntries, 'mark-picked')),
    ]
  }, [spans, picked, pickedEntries, hovered, hoveredEntries, picking.resource])
  const reveal = useMemo(() => marks.find(mark => mark.className === 'mark-picked'), [marks])
  if (text === undefined) return <Empty words={t('message.notStored')} />
  const pathAt = (position: number) => spans.findLast(span => span.from <= position && position <= span.to)?.path
  return (
    <TextView
      label={`${resource.type} ${t(`message.stage.${stage}`)}`}
      text={text}
      syntax="json"
      marks={marks}
      reveal={reveal}
      onPick={position => {
        const path = pathAt(position)
        picking.pick(path ? { kind: 'element', resource: picking.resource, path } : undefined)
      }}
      onHover={position => {
        const path = position === undefined ? undefined : pathAt(position)
        if (path !== (hovered?.kind === 'element' ? hovered.path : undefined))
          picking.hover(path ? { kind: 'element', resource: picking.resource, path } : undefined)
      }}
    />
  )
}

function StageDiff({ resource, stage }: { readonly resource: Resource; readonly stage: StageName }) {
  const { t } = useTranslation()
  const before = resourceAt(resource, stageBefore(stage))
  const after = resourceAt(resource, stage)
  if (before === undefined || after === undefined) return <Empty words={t('message.notStored')} />
  const [from, to] = [printJson(before), printJson(after)]
  return from === to ? <Empty words={t('message.same')} /> : <DiffView label={t('message.view')} before={from} after={to} syntax="json" />
}

/** Fields that hold something and that no rule reads: the silent loss of other engines, said aloud. */
function Unread({ unread, picking }: { readonly unread: readonly string[]; readonly picking: Picking }) {
  const { t } = useTranslation()
  if (unread.length === 0) return null
  return (
    <div className="unread">
      <span>{t('message.unread')}</span>
      {unread.map(path => (
        <button type="button" key={path} className="chip mono" onClick={() => picking.pick({ kind: 'source', path })}>
          {path}
        </button>
      ))}
    </div>
  )
}

function StoredLine({ resource, tenant }: { readonly resource: Resource; readonly tenant: string }) {
  const { t } = useTranslation()
  return (
    <div className="unread">
      <span>
        {resource.storedVersion === undefined ? t('message.noVersion') : t('message.version', { version: resource.storedVersion })}
      </span>
      <Link to={`/resources/${tenant}/${resource.type}/${resource.id}`}>{t('message.allVersions')}</Link>
    </div>
  )
}
