// The message list page by page: newest first, the next page when the end comes into sight.
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Problem } from '../../api/client.ts'
import { type Answer, get } from '../../api/use-get.ts'
import { type Filters, queryOf } from './filters.ts'

export type MessageRow = Answer<'/api/messages'>['messages'][number]

const rowsPerPage = 100
/** Ranges like "last hour" move on by the minute, not with every keystroke. */
const stepMs = 60_000

export function useMessages(filters: Filters) {
  const nowMs = Math.floor(Date.now() / stepMs) * stepMs
  const query = queryOf(filters, nowMs)
  return useInfiniteQuery<
    Answer<'/api/messages'>,
    Problem,
    { rows: MessageRow[]; complete: boolean },
    readonly unknown[],
    string | undefined
  >({
    queryKey: ['/api/messages', query],
    queryFn: ({ pageParam, signal }) =>
      get('/api/messages', { query: { ...query, limit: rowsPerPage, ...(pageParam ? { before: pageParam } : {}) } }, signal),
    initialPageParam: undefined,
    getNextPageParam: page => page.next,
    select: ({ pages }) => ({ rows: pages.flatMap(page => page.messages), complete: pages.every(page => page.complete) }),
  })
}
