// The hint of the visit under the pointer or the focus: one for all bars, since a long history has hundreds of them.
import { type RefObject, useEffect, useState } from 'react'

type Hint = { readonly words: string; readonly x: number; readonly y: number }

export function LaneHint({ box }: { readonly box: RefObject<HTMLDivElement | null> }) {
  const [hint, setHint] = useState<Hint>()
  useEffect(() => {
    const element = box.current
    if (!element) return
    const show = (event: Event) => {
      const bar = (event.target as Element).closest('.lane-bar')
      if (!bar) return setHint(undefined)
      const [outer, inner] = [element.getBoundingClientRect(), bar.getBoundingClientRect()]
      const left = Math.max(inner.left, outer.left)
      setHint({ words: bar.getAttribute('aria-label') ?? '', x: left - outer.left, y: inner.bottom - outer.top + 4 })
    }
    const hide = () => setHint(undefined)
    const heard = [
      ['pointerover', show],
      ['focusin', show],
      ['pointerleave', hide],
      ['focusout', hide],
      ['pointerdown', hide],
    ] as const
    for (const [name, listener] of heard) element.addEventListener(name, listener)
    return () => {
      for (const [name, listener] of heard) element.removeEventListener(name, listener)
    }
  }, [box])
  if (!hint) return null
  const width = box.current?.clientWidth ?? 0
  const side = hint.x > width / 2 ? { right: Math.max(0, width - hint.x - 20) } : { left: hint.x }
  return (
    <div className="lane-hint" role="tooltip" style={{ top: hint.y, ...side }}>
      {hint.words}
    </div>
  )
}
