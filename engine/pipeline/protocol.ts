// What main and a pipeline worker say to each other.
import type { Item, Settled } from './item.ts'

export type ToPipeline =
  | { readonly kind: 'work'; readonly items: readonly Item[] }
  /** Code maps of a tenant were edited: the next messages see them. */
  | { readonly kind: 'reload'; readonly tenant: string }

export type FromPipeline = { readonly kind: 'ready' } | { readonly kind: 'settled'; readonly batch: readonly Settled[] }
