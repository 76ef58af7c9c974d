// Lists of a chart come in pages, newest first; more are asked for when they are wanted.
import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query'
import type { Problem } from '../../api/client.ts'
import { type Answer, type GetPath, get, type Parameters } from '../../api/use-get.ts'
import { useChart } from './chart-context.ts'

/** Paths below a chart whose answers may go on. */
type PagedPath = Extract<GetPath, `/api/patients/{tenant}/{id}/${'results' | 'reports' | 'diagnoses' | 'orders' | 'procedures'}`>

/** What narrows a list beyond its visit. */
type Narrowing = { readonly kind?: 'laboratory' | 'examination'; readonly category?: 'laboratory' | 'vital-signs' }

export type Pages<P extends PagedPath> = UseInfiniteQueryResult<InfiniteData<Answer<P>, string | undefined>, Problem>

export function usePages<P extends PagedPath>(path: P, query: Narrowing): Pages<P> {
  const { name, visit } = useChart()
  const asked = { ...query, ...(visit ? { visit } : {}) }
  return useInfiniteQuery<Answer<P>, Problem, InfiniteData<Answer<P>, string | undefined>, readonly unknown[], string | undefined>({
    queryKey: [path, name, asked],
    queryFn: ({ pageParam, signal }) =>
      get(path, { path: name, query: { ...asked, ...(pageParam ? { page: pageParam } : {}) } } as unknown as Parameters<P>, signal),
    initialPageParam: undefined,
    getNextPageParam: page => (page as { next?: string }).next,
  })
}
