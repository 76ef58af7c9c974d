// A panel is one question to the server and its answer, with every state drawn; pages are made of panels.
import type { ReactNode } from 'react'
import type { Problem } from '../api/client.ts'
import { Empty, ProblemView, Waiting } from './state.tsx'

/** A question that has been put, in pages or whole. */
export type Asked<T> = { readonly data: T | undefined; readonly error: Problem | null; refetch(): unknown }

type Frame = {
  readonly title?: ReactNode
  readonly extra?: ReactNode
  readonly className?: string
  /** Text of the region for those who cannot see it; the title where it is plain text. */
  readonly label?: string
}

export function Frame({ title, extra, className = '', label, children }: Frame & { readonly children: ReactNode }) {
  const name = label ?? (typeof title === 'string' ? title : undefined)
  return (
    <section className={`panel ${className}`} aria-label={name}>
      {(title !== undefined || extra !== undefined) && (
        <header className="panel-head">
          <h2>{title}</h2>
          <div className="panel-extra">{extra}</div>
        </header>
      )}
      <div className="panel-body">{children}</div>
    </section>
  )
}

export function Panel<T>({
  query,
  isEmpty,
  empty,
  rows,
  children,
  ...frame
}: Frame & {
  readonly query: Asked<T>
  readonly isEmpty?: (answer: T) => boolean
  readonly empty?: string
  readonly rows?: number
  readonly children: (answer: T) => ReactNode
}) {
  return (
    <Frame {...frame}>
      <Answered query={query} isEmpty={isEmpty} empty={empty} rows={rows}>
        {children}
      </Answered>
    </Frame>
  )
}

/** The states of a question without a frame around them. */
export function Answered<T>({
  query,
  isEmpty,
  empty = '',
  rows,
  children,
}: {
  readonly query: Asked<T>
  readonly isEmpty?: ((answer: T) => boolean) | undefined
  readonly empty?: string | undefined
  readonly rows?: number | undefined
  readonly children: (answer: T) => ReactNode
}) {
  if (query.data !== undefined) return isEmpty?.(query.data) ? <Empty words={empty} /> : children(query.data)
  if (query.error) return <ProblemView problem={query.error} onRetry={() => void query.refetch()} />
  return <Waiting rows={rows ?? 4} />
}
