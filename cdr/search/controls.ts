// Parameters that shape the answer, not the question (search.html#Parameters that affect the result): paging, totals, sorting, views, format.
import { fault } from '#kernel/fault.ts'
import { limits } from '#kernel/limits.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { QueryParameter } from './query.ts'
import { splitValue } from './values.ts'

export type Summary = 'true' | 'text' | 'data' | 'count' | 'false'

export type Controls = {
  /** Rows per page. */
  readonly count: number
  readonly total: 'none' | 'estimate' | 'accurate'
  readonly sort: readonly string[]
  readonly summary: Summary
  /** Top-level elements to show; empty for all. */
  readonly elements: readonly string[]
  /** Sealed place where the last page ended. */
  readonly page: string | undefined
}

type Draft = { -readonly [member in keyof Controls]: Controls[member] }

/** Each reads its value into the draft, or says that it is not valid. */
const readers: Readonly<Record<string, (value: string, draft: Draft) => boolean>> = {
  _count: (value, draft) => {
    if (!/^\d{1,15}$/.test(value)) return false
    draft.count = Math.min(Number(value), limits.searchCountMax)
    return true
  },
  _total: (value, draft) => assign(draft, 'total', ['none', 'estimate', 'accurate'], value),
  _summary: (value, draft) => assign(draft, 'summary', ['true', 'text', 'data', 'count', 'false'], value),
  _sort: (value, draft) => {
    draft.sort = splitValue(value, ',').map(key => key.trim())
    return draft.sort.length <= sortKeysMax && draft.sort.every(key => /^-?[\w:.-]+$/.test(key))
  },
  _elements: (value, draft) => {
    draft.elements = splitValue(value, ',').map(element => element.trim())
    return draft.elements.every(element => /^(?:[A-Z]\w+\.)?[a-z]\w*$/i.test(element))
  },
  _page: (value, draft) => {
    draft.page = value
    return value !== ''
  },
  _format: () => true,
  _pretty: value => value === 'true' || value === 'false',
}

const sortKeysMax = 8

/** Read elsewhere, and no part of what is asked: they stand in no self link. */
export const notAsked: ReadonlySet<string> = new Set(['_page', '_format', '_pretty'])

export function isControl(name: string): boolean {
  return Object.hasOwn(readers, name)
}

/** Values that are not valid are refused, and so is saying a thing twice. */
export function readControls(parameters: readonly QueryParameter[]): Result<Controls> {
  const draft: Draft = {
    count: limits.searchCountDefault,
    total: 'none',
    sort: [],
    summary: 'false',
    elements: [],
    page: undefined,
  }
  const seen = new Set<string>()
  for (const { name, modifier, value } of parameters) {
    if (!isControl(name)) continue
    if (modifier !== undefined) return failed(fault('fhir.modifier-unsupported', { at: name, args: { parameter: name, modifier } }))
    if (seen.has(name) || !readers[name]!(value, draft))
      return failed(fault('fhir.parameter-value', { at: name, args: { parameter: name } }))
    seen.add(name)
  }
  if (draft.summary === 'count' || draft.count === 0) {
    draft.count = 0
    draft.total = 'accurate'
  }
  return ok(draft)
}

function assign<K extends 'total' | 'summary'>(draft: Draft, member: K, allowed: readonly Draft[K][], value: string): boolean {
  if (!(allowed as readonly string[]).includes(value)) return false
  draft[member] = value as Draft[K]
  return true
}
