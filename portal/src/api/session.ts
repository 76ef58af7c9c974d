// Who is signed in and what they may do; every page and menu entry asks here.
import { useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'
import { type Answer, useGet } from './use-get.ts'

export type Session = Answer<'/api/session'>

export function useSession() {
  return useGet('/api/session', {})
}

/** For pages behind the sign-in, where there is always one. */
export function useRights(): (right: string) => boolean {
  const session = useSession().data
  return right => session !== undefined && (session.rights.includes(right) || session.rights.includes('console.*'))
}

export function useSignIn(): (name: string, password: string) => Promise<void> {
  const queries = useQueryClient()
  return async (name, password) => {
    await answerOf(api.POST('/api/session', { body: { name, password } }))
    queries.clear()
    await queries.fetchQuery({ queryKey: ['/api/session', {}], queryFn: () => answerOf(api.GET('/api/session', {})) })
  }
}

export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await answerOf(api.DELETE('/api/session', {}))
    queries.clear()
  }
}
