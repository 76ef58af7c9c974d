// The trail page by page: newest first, the next page begins below the last row.
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Problem } from '../../api/client.ts'
import { type Answer, get } from '../../api/use-get.ts'
import type { UrlState } from '../../ui/url-state.ts'

export const auditFilters = ['tenant', 'principal', 'action', 'patient'] as const
export type Entry = Answer<'/api/audit/{tenant}'>['entries'][number]

const rowsPerPage = 100

export function useTrail(tenant: string | undefined, { principal, action, patient }: UrlState<(typeof auditFilters)[number]>) {
  const query = {
    ...(principal ? { principal } : {}),
    ...(action ? { action } : {}),
    ...(patient ? { patient } : {}),
    limit: rowsPerPage,
  }
  return useInfiniteQuery<Answer<'/api/audit/{tenant}'>, Problem, Entry[], readonly unknown[], number | undefined>({
    queryKey: ['/api/audit/{tenant}', tenant, query],
    enabled: tenant !== undefined,
    queryFn: ({ pageParam, signal }) =>
      get('/api/audit/{tenant}', { path: { tenant: tenant! }, query: { ...query, ...(pageParam ? { before: pageParam } : {}) } }, signal),
    initialPageParam: undefined,
    getNextPageParam: page => (page.entries.length < rowsPerPage ? undefined : page.entries.at(-1)?.seq),
    select: ({ pages }) => pages.flatMap(page => page.entries),
  })
}
