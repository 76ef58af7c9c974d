// What the validator says about the text as it stands: asked again when typing pauses; a file is judged by its own bytes.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { answerOf, api, type Problem } from '../../api/client.ts'
import type { paths } from '../../generated/api-types.ts'

export type Validation = paths['/api/validate']['post']['responses'][200]['content']['application/json']
export type Finding = Validation['findings'][number]

const pauseMs = 400

/** `file`: bytes of a file that was opened and not changed since; its charset is part of what is judged. */
export function useValidation(text: string, file: File | undefined, profile: string | undefined) {
  const still = useStill(text)
  return useQuery<Validation, Problem>({
    queryKey: ['/api/validate', file ?? still, profile],
    enabled: file !== undefined || still.trim() !== '',
    gcTime: 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      answerOf(
        api.POST('/api/validate', {
          params: { query: { ...(file ? { text: true } : {}), ...(profile ? { profile } : {}) } },
          body: (file ?? still) as string,
          bodySerializer: body => body,
          headers: { 'content-type': 'application/octet-stream' },
          signal,
        }),
      ),
  })
}

/** The value once it has not changed for a while. */
export function useStill<T>(value: T): T {
  const [still, setStill] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setStill(value), pauseMs)
    return () => clearTimeout(timer)
  }, [value])
  return still
}
