// What is picked in the biography: a place of the source or an element of a result; the other side follows. Kept in the URL.
import { useMemo, useState } from 'react'
import { useUrlState } from '../../ui/url-state.ts'
import type { Stages } from './stages.ts'
import { entriesOfElement, entriesOfSpot, type Spot, spotOf, type TraceEntry } from './trace.ts'

export type Pick =
  | { readonly kind: 'source'; readonly path: string }
  | { readonly kind: 'element'; readonly resource: number; readonly path: string }

export type Picking = {
  readonly picked: Pick | undefined
  readonly pick: (pick: Pick | undefined) => void
  readonly hover: (pick: Pick | undefined) => void
  /** Entries of the trace that the pick, or what the mouse is over, has part in. */
  readonly pickedEntries: readonly TraceEntry[]
  readonly hoveredEntries: readonly TraceEntry[]
  readonly hovered: Pick | undefined
  /** Resource shown on the right. */
  readonly resource: number
  readonly show: (resource: number) => void
}

export function usePicking(stages: Stages | undefined, spots: ReadonlyMap<string, Spot>): Picking {
  const [{ at, el, r }, change] = useUrlState(['at', 'el', 'r'])
  const [hovered, hover] = useState<Pick>()
  const resource = Math.min(Number(r ?? 0) || 0, Math.max(0, (stages?.resources.length ?? 1) - 1))
  const picked = useMemo(
    (): Pick | undefined => (at ? { kind: 'source', path: at } : el ? { kind: 'element', resource, path: el } : undefined),
    [at, el, resource],
  )
  const trace = stages?.trace ?? []
  const pickedEntries = useMemo(() => entriesOf(picked, trace, spots), [picked, trace, spots])
  const hoveredEntries = useMemo(() => entriesOf(hovered, trace, spots), [hovered, trace, spots])
  const pick = (next: Pick | undefined) => {
    if (!next) return change({ at: undefined, el: undefined })
    if (next.kind === 'element') return change({ at: undefined, el: next.path, r: String(next.resource) })
    // The right side turns to a resource that the picked place became part of.
    const fed = entriesOf(next, trace, spots).map(entry => entry.resource)
    change({ at: next.path, el: undefined, ...(fed.length > 0 && !fed.includes(resource) ? { r: String(fed[0]) } : {}) })
  }
  const show = (next: number) => change({ r: next === 0 ? undefined : String(next), el: undefined })
  return { picked, pick, hovered, hover, pickedEntries, hoveredEntries, resource, show }
}

function entriesOf(pick: Pick | undefined, trace: readonly TraceEntry[], spots: ReadonlyMap<string, Spot>): readonly TraceEntry[] {
  if (!pick) return []
  if (pick.kind === 'element') return entriesOfElement(pick.resource, pick.path, trace)
  const spot = spotOf(pick.path, spots)
  return spot ? entriesOfSpot(spot, trace, spots) : []
}
