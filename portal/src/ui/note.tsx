// One sentence above something that must not be read without it.
import type { ReactNode } from 'react'
import './note.css'

export function Note({ tone, children }: { readonly tone: 'info' | 'warn' | 'bad'; readonly children: ReactNode }) {
  return (
    <div className={`note note-${tone}`} role="note">
      {children}
    </div>
  )
}
