// One page of a chart's resources of one type, newest first, all pages at one logical time.

import { fault } from '#kernel/fault.ts'
import { isFhirId } from '#kernel/ids.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { StoredVersion } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Filter } from '#kernel/search-plan.ts'
import type { Call } from '#platform/http/route.ts'
import { string } from '#platform/http/schema.ts'
import { clinicalDateParameters } from '../index/clinical-date.ts'
import { openCursor, sealCursor } from '../search/cursor.ts'
import { type Chart, type ChartTools, resourceOf } from './chart.ts'

export type Entry = { readonly stored: StoredVersion; readonly resource: JsonObject }
export type Page = { readonly entries: readonly Entry[]; readonly next?: string }

/** Query parameters of every paged list: of one visit only, and the mark where the last page ended. */
export const pageQuery = {
  visit: { ...string, maxLength: 64, description: '只看某次就诊 · id of an Encounter' },
  page: { ...string, description: '上一页返回的 next · mark of the last page' },
}

/** `filters` come on top of the chart and the visit asked for. */
export async function readPage(
  call: Call,
  chart: Chart,
  tools: ChartTools,
  asked: { readonly type: string; readonly filters?: readonly Filter[]; readonly count: number },
): Promise<Result<Page>> {
  const { type, filters = [], count } = asked
  const visit = call.query['visit'] as string | undefined
  if (visit !== undefined && !isFhirId(visit)) return failed(fault('http.parameter', { args: { name: 'visit', reason: 'id' } }))
  const question = JSON.stringify([chart.tenant, chart.id, type, visit, filters])
  const mark = call.query['page'] as string | undefined
  const cursor = mark === undefined ? ok(undefined) : openCursor(mark, question, tools.cursorKey)
  if (!cursor.ok) return cursor
  const patients = cursor.value?.covered[chart.id] ?? chart.ids
  const encounter: Filter[] = visit === undefined ? [] : [{ op: 'reference', param: 'encounter', type: 'Encounter', id: visit }]
  const page = await chart.reader.search({
    type,
    where: { op: 'and', of: [{ op: 'patient', ids: patients }, ...encounter, ...filters] },
    sort: [{ param: clinicalDateParameters(type)[0] ?? '_lastUpdated', kind: 'when', descending: true }],
    count,
    after: cursor.value?.after,
    total: 'none',
    at: cursor.value?.at ?? {},
  })
  if (!page.ok) return page.fault.code === 'store.horizon' ? failed(fault('fhir.page-expired')) : page
  const { entries, next, at } = page.value
  return ok({
    entries: entries.map(stored => ({ stored, resource: resourceOf(stored) })),
    ...(next === undefined ? {} : { next: sealCursor({ after: next, at, covered: { [chart.id]: patients } }, question, tools.cursorKey) }),
  })
}
