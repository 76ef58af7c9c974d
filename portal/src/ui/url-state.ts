// Every list state lives in the URL: filters can be sent to a colleague, the back button undoes them.
import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'

export type UrlState<K extends string> = Readonly<Partial<Record<K, string>>>

/** Reads the named parameters; setting one to undefined or '' removes it. Others in the URL stay. */
export function useUrlState<const K extends string>(
  names: readonly K[],
): [UrlState<K>, (change: UrlState<K>, options?: { push?: boolean }) => void] {
  const [parameters, setParameters] = useSearchParams()
  const written = parameters.toString()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names are literal in every caller
  const state = useMemo(() => {
    const read = new URLSearchParams(written)
    return Object.fromEntries(names.flatMap(name => (read.get(name) ? [[name, read.get(name)]] : []))) as UrlState<K>
  }, [written])
  const change = useCallback(
    (changes: UrlState<K>, { push = false } = {}) =>
      setParameters(
        before => {
          const next = new URLSearchParams(before)
          for (const [name, value] of Object.entries(changes) as [K, string | undefined][])
            value ? next.set(name, value) : next.delete(name)
          return next
        },
        { replace: !push },
      ),
    [setParameters],
  )
  return [state, change]
}
