// The stages of one message as the server tells them, decimals as written: what the plan made, what was coded, what was stored, and where each element came from.
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { answerOf, api, Problem } from '../../api/client.ts'
import type { Answer } from '../../api/use-get.ts'
import { type Json, readJson } from '../../json/exact.ts'
import { printJson } from '../../json/print.ts'

type Described = Answer<'/api/messages/{id}/stages'>

export type Resource = Omit<Described['resources'][number], 'content' | 'coded' | 'stored'> & {
  readonly content: Json
  readonly coded: Json
  readonly stored?: Json
}

export type Stages = Omit<Described, 'resources' | 'merges'> & { readonly resources: readonly Resource[]; readonly merges: readonly Json[] }

export function useStages(id: string, enabled: boolean): UseQueryResult<Stages, Problem> {
  return useQuery<Stages, Problem>({
    queryKey: ['/api/messages/{id}/stages', id],
    enabled,
    queryFn: async ({ signal }) => {
      const text = await answerOf(api.GET('/api/messages/{id}/stages', { params: { path: { id } }, parseAs: 'text', signal }))
      const read = readJson(text as string)
      if (!read) throw new Problem(0)
      return read.value as unknown as Stages
    },
  })
}

export const stageNames = ['received', 'parsed', 'mapped', 'coded', 'stored', 'delivered'] as const
export type StageName = (typeof stageNames)[number]

/** A resource as it stands at a stage; undefined when it did not get so far. */
export function resourceAt(resource: Resource, stage: StageName): Json | undefined {
  if (stage === 'stored') return resource.stored
  const { type, id } = resource
  const content = (stage === 'mapped' ? resource.content : resource.coded) as { [member: string]: Json }
  return { resourceType: type, id, ...content }
}

/** The stage a diff starts from. */
export function stageBefore(stage: StageName): StageName {
  return stage === 'stored' ? 'coded' : 'mapped'
}

export function differsFromBefore(resource: Resource, stage: StageName): boolean {
  const now = resourceAt(resource, stage)
  const before = resourceAt(resource, stageBefore(stage))
  return stage !== 'mapped' && now !== undefined && before !== undefined && printJson(now) !== printJson(before)
}
