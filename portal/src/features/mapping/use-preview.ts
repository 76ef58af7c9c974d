// What the plans make of a message, without storing it: asked again when typing pauses.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { answerOf, api, type Problem } from '../../api/client.ts'
import type { paths } from '../../generated/api-types.ts'
import { type Json, readJson } from '../../json/exact.ts'
import { useStill } from '../validate/use-validation.ts'

type Answer = paths['/api/mappings/preview']['post']['responses'][200]['content']['application/json']

export type Preview = Omit<Answer, 'bundle'> & { readonly resources: readonly Json[] }

export function usePreview(text: string, channel: string | undefined) {
  const still = useStill(text)
  const source = still.trimStart().startsWith('{') ? 'json' : 'hl7v2'
  return useQuery<Preview, Problem>({
    queryKey: ['/api/mappings/preview', still, channel],
    enabled: still.trim() !== '',
    gcTime: 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const answer = await answerOf(
        api.POST('/api/mappings/preview', {
          params: { query: { source, ...(channel ? { channel } : {}) } },
          body: still.replace(/\n/g, '\r'),
          bodySerializer: body => body,
          headers: { 'content-type': 'application/octet-stream' },
          parseAs: 'text',
          signal,
        }),
      )
      const read = readJson(answer as unknown as string)?.value as unknown as Answer & { bundle: { entry?: { resource: Json }[] } }
      return { ...read, resources: (read.bundle.entry ?? []).map(({ resource }) => resource) }
    },
  })
}
