// What the message list is filtered by: it lives in the URL and becomes the server's query.
import type { Parameters } from '../../api/use-get.ts'
import type { UrlState } from '../../ui/url-state.ts'

export const filterNames = ['q', 'patient', 'channel', 'status', 'type', 'fault', 'range', 'since', 'until', 'tenant'] as const
export type Filters = UrlState<(typeof filterNames)[number]>

export const ranges = ['hour', 'day', 'week', 'all'] as const
const rangeMs = { hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000 } as const

export type Range = (typeof ranges)[number] | 'custom'

export function rangeOf(filters: Filters): Range {
  if (filters.since || filters.until) return 'custom'
  return ranges.find(range => range === filters.range) ?? 'all'
}

/** `nowMs` is held still while the list is paged, so that pages fit together. */
export function queryOf(filters: Filters, nowMs: number): NonNullable<Parameters<'/api/messages'>['query']> {
  const range = rangeOf(filters)
  const since = range === 'custom' ? Number(filters.since) : range === 'all' ? undefined : nowMs - rangeMs[range]
  const { q, patient, channel, status, type, fault, tenant } = filters
  const words = { q, patient, channel, status, type, fault, tenant }
  return {
    ...Object.fromEntries(Object.entries(words).filter(([, value]) => value)),
    ...(since ? { since } : {}),
    ...(filters.until ? { until: Number(filters.until) } : {}),
  }
}
