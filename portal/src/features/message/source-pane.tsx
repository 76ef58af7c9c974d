// The message as it came, readable: what is picked, what a fault points at and what no rule reads is marked.
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../api/client.ts'
import { TextView } from '../../code/lazy.tsx'
import type { Mark } from '../../code/marks.ts'
import { Frame } from '../../ui/panel.tsx'
import { ProblemView, Waiting } from '../../ui/state.tsx'
import { Tag } from '../../ui/tags.tsx'
import type { Life } from './message-page.tsx'
import type { Picking } from './picking.ts'
import { type Spot, spotAt, spotOf } from './trace.ts'

type Fault = Life['message']['faults'][number]

export function SourcePane({
  life,
  text,
  problem,
  spots,
  picking,
  faults,
  unread,
}: {
  readonly life: Life
  readonly text: string | undefined
  readonly problem: Problem | null
  readonly spots: ReadonlyMap<string, Spot>
  readonly picking: Picking
  readonly faults: readonly Fault[]
  readonly unread: readonly string[]
}) {
  const { t } = useTranslation()
  const marks = useMarks(picking, spots, faults, unread)
  const reveal = useReveal(picking, spots, faults)
  const at = (position: number) => spotAt(position, spots.values())?.path
  const { format, charset } = life.message
  return (
    <Frame
      title={t('message.source')}
      className="flush source"
      extra={
        <span className="faint mono">
          {charset} · {format}
        </span>
      }
    >
      {faults.length > 0 && <Faults faults={faults} picking={picking} />}
      <div className="source-text">
        {text === undefined && problem && <ProblemView problem={problem} />}
        {text === undefined && !problem && <Waiting rows={8} />}
        {text !== undefined && (
          <TextView
            label={t('message.source')}
            text={text}
            syntax={format === 'hl7v2' ? 'hl7v2' : format === 'cda' ? 'xml' : 'json'}
            marks={marks}
            reveal={reveal}
            onPick={position => {
              const path = at(position)
              picking.pick(path === undefined ? undefined : { kind: 'source', path })
            }}
            onHover={position => {
              const path = position === undefined ? undefined : at(position)
              if (path !== (picking.hovered?.kind === 'source' ? picking.hovered.path : undefined))
                picking.hover(path === undefined ? undefined : { kind: 'source', path })
            }}
          />
        )}
      </div>
    </Frame>
  )
}

function Faults({ faults, picking }: { readonly faults: readonly Fault[]; readonly picking: Picking }) {
  return (
    <ul className="faults">
      {faults.map(fault => (
        <li key={`${fault.code} ${fault.at ?? ''} ${fault.text}`}>
          <Tag tone="bad" sign="✕">
            {fault.code}
          </Tag>
          {fault.at && (
            <button type="button" className="link mono" onClick={() => picking.pick({ kind: 'source', path: fault.at! })}>
              {fault.at}
            </button>
          )}
          <span>{fault.text}</span>
          {fault.hint && <span className="faint">{fault.hint}</span>}
        </li>
      ))}
    </ul>
  )
}

function useMarks(
  picking: Picking,
  spots: ReadonlyMap<string, Spot>,
  faults: readonly Fault[],
  unread: readonly string[],
): readonly Mark[] {
  const { picked, pickedEntries, hoveredEntries, hovered } = picking
  return useMemo(() => {
    const mark = (path: string, className: string): Mark[] => {
      const spot = spotOf(path, spots)
      return spot ? [{ from: spot.from, to: spot.to, className }] : []
    }
    const sources = (entries: typeof pickedEntries) => [...new Set(entries.flatMap(entry => entry.sources))]
    const isUnread = new Set(unread)
    return [
      ...[...spots.values()]
        .filter(spot => isUnread.has(spot.path.replace(/\[\d+\]/g, '')))
        .map(spot => ({ from: spot.from, to: spot.to, className: 'mark-unread' })),
      ...faults.flatMap(fault => (fault.at ? mark(fault.at, 'mark-fault') : [])),
      ...(hovered?.kind === 'element'
        ? sources(hoveredEntries).flatMap(path => mark(path, 'mark-hover'))
        : hovered
          ? mark(hovered.path, 'mark-hover')
          : []),
      ...(picked?.kind === 'source' ? mark(picked.path, 'mark-picked') : sources(pickedEntries).flatMap(path => mark(path, 'mark-picked'))),
    ]
  }, [picked, pickedEntries, hovered, hoveredEntries, spots, faults, unread])
}

/** The picked place, else the first fault. */
function useReveal({ picked, pickedEntries }: Picking, spots: ReadonlyMap<string, Spot>, faults: readonly Fault[]): Spot | undefined {
  const path = picked?.kind === 'source' ? picked.path : (pickedEntries[0]?.sources[0] ?? (picked ? undefined : faults[0]?.at))
  return useMemo(() => (path === undefined ? undefined : spotOf(path, spots)), [path, spots])
}
