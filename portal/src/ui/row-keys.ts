// A list walked with j and k: which row is marked, and Enter opens it.
import { useState } from 'react'
import { useHotkeys } from './hotkeys.ts'

export function useRowKeys<T>(rows: readonly T[], open: (row: T) => void): { readonly marked: number; mark(index: number): void } {
  const [marked, mark] = useState(-1)
  const step = (by: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, marked + by))
    mark(next)
    requestAnimationFrame(() => document.querySelector('.row-marked')?.scrollIntoView({ block: 'nearest' }))
  }
  useHotkeys({
    j: () => step(1),
    k: () => step(-1),
    Enter: event => {
      const row = rows[marked]
      if (row === undefined || (event.target as HTMLElement).tagName === 'BUTTON' || (event.target as HTMLElement).tagName === 'A') return
      open(row)
    },
  })
  return { marked, mark }
}
