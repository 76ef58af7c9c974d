// The parsed stage: segments with named fields, each value where it stands; unfolds as far as the message is divided.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Frame } from '../../ui/panel.tsx'
import { Empty } from '../../ui/state.tsx'
import { chineseComponent } from './component-names.ts'
import { chineseName } from './field-names.ts'
import type { Part } from './part.ts'
import type { Picking } from './picking.ts'
import { type Spot, spotOf } from './trace.ts'

export function SegmentTree({
  segments,
  picking,
  spots,
  isHl7,
}: {
  readonly segments: readonly Part[]
  readonly picking: Picking
  readonly spots: ReadonlyMap<string, Spot>
  readonly isHl7: boolean
}) {
  const { t } = useTranslation()
  const picked = picking.picked?.kind === 'source' ? spotOf(picking.picked.path, spots)?.path : undefined
  const words = isHl7 ? t('message.notParsed') : t('message.noTree')
  return (
    <Frame title={t('message.stage.parsed')} className="flush scroll">
      {segments.length === 0 ? (
        <Empty words={words} />
      ) : (
        segments.map(segment => <SegmentView key={segment.path} segment={segment} picked={picked} picking={picking} />)
      )}
    </Frame>
  )
}

function SegmentView({
  segment,
  picked,
  picking,
}: {
  readonly segment: Part
  readonly picked: string | undefined
  readonly picking: Picking
}) {
  const { i18n } = useTranslation()
  const [open, setOpen] = useState(true)
  return (
    <div className="segment">
      <button type="button" className="segment-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span aria-hidden="true">{open ? '▾' : '▸'}</span>
        <b className="mono">{segment.path}</b>
        {i18n.language !== 'en' && <span>{chineseName(segment.path)}</span>}
      </button>
      {open && segment.parts.map(part => <PartView key={part.path} part={part} depth={1} picked={picked} picking={picking} />)}
    </div>
  )
}

function PartView({
  part,
  depth,
  picked,
  picking,
}: {
  readonly part: Part
  readonly depth: number
  readonly picked: string | undefined
  readonly picking: Picking
}) {
  const { i18n } = useTranslation()
  const isField = /-\d+$/.test(part.path)
  const own = i18n.language === 'en' ? undefined : ((isField ? chineseName(part.path) : undefined) ?? chineseComponent(part.name))
  return (
    <>
      <button
        type="button"
        className={part.path === picked ? 'part picked' : 'part'}
        style={{ paddingLeft: 12 + depth * 16 }}
        onClick={() => picking.pick({ kind: 'source', path: part.path })}
        onMouseEnter={() => picking.hover({ kind: 'source', path: part.path })}
        onMouseLeave={() => picking.hover(undefined)}
      >
        <span className="mono part-path">{shortPath(part.path, depth)}</span>
        <span className="part-name faint" title={part.name}>
          {own ?? part.name}
        </span>
        <span className="part-value">{part.value}</span>
      </button>
      {part.parts.map(inner => (
        <PartView key={inner.path} part={inner} depth={depth + 1} picked={picked} picking={picking} />
      ))}
    </>
  )
}

/** `PID-5` for a field, `[2]` and `.1` for what is inside it. */
function shortPath(path: string, depth: number): string {
  return depth === 1 ? path.replace(/\[\d+\]-/, '-') : (/(\[\d+\]|\.\d+)$/.exec(path)?.[1] ?? path)
}
