// Shared documents in pages, newest first.
import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query'
import type { Problem } from '../../api/client.ts'
import { type Answer, get } from '../../api/use-get.ts'

export type DocumentPage = Answer<'/api/documents'>
export type DocumentRow = DocumentPage['documents'][number]
export const documentStatuses = ['current', 'superseded', 'entered-in-error'] as const

export type DocumentQuery = {
  readonly patient?: string | undefined
  readonly type?: string | undefined
  readonly status?: DocumentRow['status'] | undefined
}

export function useDocuments(asked: DocumentQuery): UseInfiniteQueryResult<InfiniteData<DocumentPage, string | undefined>, Problem> {
  const query = Object.fromEntries(Object.entries(asked).filter(([, value]) => value)) as { patient?: string }
  return useInfiniteQuery<DocumentPage, Problem, InfiniteData<DocumentPage, string | undefined>, readonly unknown[], string | undefined>({
    queryKey: ['/api/documents', query],
    queryFn: ({ pageParam, signal }) => get('/api/documents', { query: { ...query, ...(pageParam ? { page: pageParam } : {}) } }, signal),
    initialPageParam: undefined,
    getNextPageParam: page => page.next,
  })
}
