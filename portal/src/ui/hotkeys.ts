// Keyboard: `/` search, `j` `k` rows, Enter opens, `?` help. Keys typed into a field belong to the field.
import { useEffect, useRef } from 'react'

export type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>

export function useHotkeys(keys: Keys): void {
  const current = useRef(keys)
  current.current = keys
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      const typing = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
      if (event.ctrlKey || event.metaKey || event.altKey || (typing && event.key !== 'Escape')) return
      const action = current.current[event.key]
      if (!action) return
      action(event)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

/** `/` puts the cursor into the page's search field (marked `data-search`). */
export function focusSearch(event: KeyboardEvent): void {
  const field = document.querySelector<HTMLInputElement>('[data-search] input, input[data-search]')
  if (!field) return
  event.preventDefault()
  field.focus()
  field.select()
}
