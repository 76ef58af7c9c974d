// The work list of codes that no map knows: filtered in the page, decided one by one or as suggested.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api, type Problem } from '../../api/client.ts'
import { type Answer, useGet } from '../../api/use-get.ts'
import type { UrlState } from '../../ui/url-state.ts'

export type Gap = Answer<'/api/terminology/gaps'>['gaps'][number]
export type Hit = { readonly system: string; readonly systemName: string; readonly code: string; readonly display: string }

export const equivalences = ['equivalent', 'wider', 'narrower', 'inexact'] as const
export type Decision = {
  readonly gap: Gap
  /** Null: there is no counterpart. */
  readonly target: { readonly system: string; readonly code: string; readonly display?: string } | null
  readonly equivalence?: (typeof equivalences)[number]
  readonly comment?: string
}

export const gapFilters = ['tenant', 'map', 'q', 'code'] as const

export function useGaps() {
  return useGet('/api/terminology/gaps', {})
}

export function useHits(text: string, system: string | undefined) {
  return useGet(
    '/api/terminology/codes',
    { query: { q: text, ...(system ? { system } : {}) } },
    { enabled: text.trim() !== '', keep: true },
  )
}

/** Decides codes one after the other; stops at the first that is refused. Gives how many were decided. */
export function useDecide() {
  const queries = useQueryClient()
  return useMutation<number, Problem, readonly Decision[]>({
    mutationFn: async decisions => {
      for (const { gap, target, equivalence, comment } of decisions) {
        const body = {
          map: gap.map,
          system: gap.system,
          code: gap.code,
          target,
          ...(target && equivalence ? { equivalence } : {}),
          ...(comment ? { comment } : {}),
        }
        await answerOf(api.POST('/api/terminology/gaps/{tenant}', { params: { path: { tenant: gap.tenant } }, body: body as never }))
      }
      return decisions.length
    },
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ['/api/terminology/recodings'] })
      return queries.invalidateQueries({ queryKey: ['/api/terminology/gaps'] })
    },
  })
}

export function gapId(gap: Gap): string {
  return `${gap.tenant} ${gap.map} ${gap.code}`
}

/** What the filters leave; `code` comes from links and means exactly that one. */
export function filtered(gaps: readonly Gap[], { tenant, map, q, code }: UrlState<(typeof gapFilters)[number]>): readonly Gap[] {
  const wanted = q?.toLowerCase()
  return gaps.filter(
    gap =>
      (!tenant || gap.tenant === tenant) &&
      (!map || gap.map === map) &&
      (!code || gap.code === code) &&
      (!wanted || `${gap.code} ${gap.display ?? ''}`.toLowerCase().includes(wanted)),
  )
}
