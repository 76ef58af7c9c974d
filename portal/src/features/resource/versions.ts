// Versions of a resource, decimals as written.
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { answerOf, api, Problem } from '../../api/client.ts'
import type { Answer } from '../../api/use-get.ts'
import { type Json, readJson } from '../../json/exact.ts'

type Described = Answer<'/api/resources/{tenant}/{type}/{id}'>

export type Version = Omit<Described['versions'][number], 'body'> & { readonly body?: Json }
export type ResourceName = { readonly tenant: string; readonly type: string; readonly id: string }

export function useVersions({ tenant, type, id }: ResourceName): UseQueryResult<readonly Version[], Problem> {
  return useQuery<readonly Version[], Problem>({
    queryKey: ['/api/resources/{tenant}/{type}/{id}', tenant, type, id],
    queryFn: async ({ signal }) => {
      const text = await answerOf(
        api.GET('/api/resources/{tenant}/{type}/{id}', { params: { path: { tenant, type, id } }, parseAs: 'text', signal }),
      )
      const read = readJson(text as string)
      if (!read) throw new Problem(0)
      return (read.value as unknown as { versions: readonly Version[] }).versions
    },
  })
}
