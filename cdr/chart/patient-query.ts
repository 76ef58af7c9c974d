// What a person types to find a patient: a name, how it sounds, its initials, an identity number, a record, visit or telephone number.
import { readIdCard } from '#kernel/id-card.ts'
import type { Filter } from '#kernel/search-plan.ts'
import { initialsParameter, parametersOf, pinyinParameter } from '../index/parameters.ts'
import { contactKey } from '../index/sensitive.ts'
import { foldText } from '../index/text.ts'
import { tokenIn } from '../search/token-filter.ts'

export type Ways = {
  /** Kind of what was typed, for the audit: the words themselves never stand there. */
  readonly kind: 'name' | 'sound' | 'number'
  readonly patients: readonly Filter[]
  /** Visits that carry the number. */
  readonly visits: readonly Filter[]
}

const charactersMax = 64

/** Undefined for what nobody can be found by. */
export function readWays(typed: string, digest: (value: string) => string): Ways | undefined {
  const words = typed.normalize('NFKC').trim()
  if (words === '' || words.length > charactersMax) return undefined
  if (/\p{Script=Han}/u.test(words)) return { kind: 'name', patients: [named(words)], visits: [] }
  if (/\d/.test(words)) return numbered(words, digest)
  return { kind: 'sound', patients: sounding(words), visits: [] }
}

function named(words: string): Filter {
  return { op: 'string', param: 'name', match: 'prefix', text: foldText(words) }
}

/** `zhangsan`, `zhang san`, `zs`; a foreign name as it is written. */
function sounding(words: string): Filter[] {
  const letters = words.toLowerCase().replace(/[\s'’·-]/g, '')
  const sounds = [pinyinParameter, initialsParameter].map(
    (param): Filter => ({ op: 'string', param, match: param === initialsParameter ? 'exact' : 'prefix', text: letters }),
  )
  return [...sounds, named(words)]
}

function numbered(words: string, digest: (value: string) => string): Ways {
  const identifier = parametersOf('Patient').get('identifier')!
  const code = readIdCard(words)?.number ?? words
  const token = tokenIn('identifier', identifier, { system: undefined, code }, { bases: [], nowMs: 0, digest })
  const phone: Filter[] = /^\+?[\d\s-]{7,20}$/.test(words) ? [{ op: 'hashed', param: 'telecom', digest: digest(contactKey(words)) }] : []
  return { kind: 'number', patients: [token, ...phone], visits: [{ op: 'token', param: 'identifier', code: words }] }
}
