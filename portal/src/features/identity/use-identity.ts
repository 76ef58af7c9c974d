// Questions about identity and the answers people give: read, decided, taken back.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answerOf, api, Problem } from '../../api/client.ts'
import { type Answer, useGet } from '../../api/use-get.ts'
import { cardSystem, type Patient } from './candidate.ts'

export type Review = Omit<Answer<'/api/identity/reviews'>['reviews'][number], 'patients'> & { readonly patients: readonly Patient[] }
export type Merge = Omit<Answer<'/api/identity/merges'>['merges'][number], 'survivor' | 'retired'> & {
  readonly survivor?: Patient
  readonly retired?: Patient
}
export type Verdict = 'same-person' | 'different-persons' | 'dismissed'

const refreshMs = 15_000

export function useReviews(state: 'open' | 'decided') {
  return useGet('/api/identity/reviews', { query: { state } }, { everyMs: refreshMs })
}

export function useMerges() {
  return useGet('/api/identity/merges', {})
}

export function useDecide(onDone: (review: Review, verdict: Verdict) => void) {
  const queries = useQueryClient()
  return useMutation<unknown, Problem, { review: Review; verdict: Verdict }>({
    mutationFn: ({ review: { tenant, key }, verdict }) =>
      answerOf(api.POST('/api/identity/reviews/{tenant}/{key}', { params: { path: { tenant, key } }, body: { verdict } })),
    onSuccess: (_answer, { review, verdict }) => {
      void queries.invalidateQueries({ queryKey: ['/api/identity/reviews'] })
      onDone(review, verdict)
    },
  })
}

export function useUndoMerge(onDone: () => void) {
  const queries = useQueryClient()
  return useMutation<unknown, Problem, { tenant: string; survivor: string; retired: string }>({
    mutationFn: path => answerOf(api.POST('/api/identity/merges/{tenant}/{survivor}/{retired}/undo', { params: { path } })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['/api/identity/merges'] })
      onDone()
    },
  })
}

/** Other Patients of the tenant who carry the card: the mother whose card a newborn was registered with. */
export function useCarriers(tenant: string, card: string | undefined, known: readonly string[]) {
  return useQuery<readonly Patient[], Problem>({
    queryKey: ['carriers', tenant, card, known],
    enabled: card !== undefined,
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams({ identifier: `${cardSystem}|${card}`, _count: '5' })
      const response = await fetch(`/tenants/${encodeURIComponent(tenant)}/fhir/Patient?${query}`, { signal })
      if (!response.ok) throw new Problem(response.status)
      const bundle = (await response.json()) as { entry?: { resource: Patient }[] }
      return (bundle.entry ?? []).map(({ resource }) => resource).filter(({ id }) => !known.includes(id))
    },
  })
}
