// Moving over time: dragging sideways, the wheel with Ctrl, arrow keys and + −.
import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { nameWidth } from './lane-drawing.tsx'
import { type Stretch, zoomed } from './time-scale.ts'

/** Moving less than this is a click. */
const dragMin = 4
const zoomIn = 0.8
const zoomOut = 1.25
/** Share of what is in sight that an arrow key moves. */
const step = 0.1

export function useWidth(box: { readonly current: HTMLDivElement | null }): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    setWidth(element.clientWidth)
    return () => observer.disconnect()
  }, [box])
  return width
}

export function useDrag(stretch: Stretch, width: number, onMove: (stretch: Stretch) => void) {
  const grabbed = useRef<{ x: number; stretch: Stretch }>(undefined)
  const far = useRef(false)
  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      grabbed.current = { x: event.clientX, stretch }
      far.current = false
    },
    onPointerMove: (event: PointerEvent) => {
      const start = grabbed.current
      if (!start || event.buttons === 0) return
      const by = event.clientX - start.x
      if (Math.abs(by) < dragMin && !far.current) return
      far.current = true
      const shift = (by / width) * (start.stretch.toMs - start.stretch.fromMs)
      onMove({ fromMs: start.stretch.fromMs - shift, toMs: start.stretch.toMs - shift })
    },
    onPointerUp: () => {
      grabbed.current = undefined
    },
  }
  return { handlers, moved: () => far.current }
}

/** Ctrl and the wheel: a bare wheel scrolls the page. Listens by hand, since React's wheel listener cannot keep the page from zooming. */
export function useZoom(
  box: { readonly current: HTMLDivElement | null },
  stretch: Stretch,
  width: number,
  onMove: (stretch: Stretch) => void,
): void {
  const latest = useRef({ stretch, width, onMove })
  latest.current = { stretch, width, onMove }
  useEffect(() => {
    const element = box.current
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return
      event.preventDefault()
      const { stretch: now, width: wide, onMove: move } = latest.current
      const share = Math.max(0, Math.min(1, (event.offsetX - nameWidth) / wide))
      const middle = now.fromMs + share * (now.toMs - now.fromMs)
      move(zoomed(now, middle, event.deltaY > 0 ? zoomOut : zoomIn))
    }
    element?.addEventListener('wheel', onWheel, { passive: false })
    return () => element?.removeEventListener('wheel', onWheel)
  }, [box])
}

/** Keys while a visit has the focus. */
export function useLaneKeys(stretch: Stretch, onMove: (stretch: Stretch) => void) {
  return (event: KeyboardEvent) => {
    const span = stretch.toMs - stretch.fromMs
    const moves: Readonly<Record<string, Stretch>> = {
      ArrowLeft: { fromMs: stretch.fromMs - span * step, toMs: stretch.toMs - span * step },
      ArrowRight: { fromMs: stretch.fromMs + span * step, toMs: stretch.toMs + span * step },
      '+': zoomed(stretch, (stretch.fromMs + stretch.toMs) / 2, zoomIn),
      '=': zoomed(stretch, (stretch.fromMs + stretch.toMs) / 2, zoomIn),
      '-': zoomed(stretch, (stretch.fromMs + stretch.toMs) / 2, zoomOut),
    }
    const next = moves[event.key]
    if (!next) return
    event.preventDefault()
    onMove(next)
  }
}
