// One hook for every read: the query key is the path with its parameters, so two panels that ask the same share one answer.
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { paths } from '../generated/api-types.ts'
import { answerOf, api, type Problem } from './client.ts'

export type GetPath = { [P in keyof paths]: paths[P] extends { get: unknown } ? P : never }[keyof paths]

type GetOf<P extends GetPath> = paths[P] extends { get: infer G } ? G : never
type Content<G> = G extends { responses: { 200: { content: infer C } } } ? C[keyof C] : never
type Given<G> = G extends { parameters: infer A } ? A : never

/** What a GET of the path answers. */
export type Answer<P extends GetPath> = Content<GetOf<P>>
export type Parameters<P extends GetPath> = Given<GetOf<P>>

export type GetOptions<P extends GetPath> = {
  readonly enabled?: boolean
  /** Asks again every so often while the page is visible; by the last answer where it depends on that. */
  readonly everyMs?: number | ((answer: Answer<P> | undefined) => number | false)
  /** Shows the last answer while another one is on its way. */
  readonly keep?: boolean
}

export function useGet<P extends GetPath>(
  path: P,
  parameters: Parameters<P>,
  options: GetOptions<P> = {},
): UseQueryResult<Answer<P>, Problem> {
  const { enabled = true, everyMs, keep = false } = options
  return useQuery<Answer<P>, Problem>({
    queryKey: [path, parameters],
    queryFn: ({ signal }) => get(path, parameters, signal),
    enabled,
    refetchInterval: typeof everyMs === 'function' ? query => everyMs(query.state.data) : (everyMs ?? false),
    ...(keep ? { placeholderData: keepPreviousData as never } : {}),
  })
}

export function get<P extends GetPath>(path: P, parameters: Parameters<P>, signal?: AbortSignal): Promise<Answer<P>> {
  return answerOf(api.GET(path as never, { params: parameters, signal } as never)) as Promise<Answer<P>>
}
