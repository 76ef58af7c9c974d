// Diagnoses, orders and procedures of a chart as rows, newest first.
import type { JsonObject } from '#kernel/json.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { Call, JsonSchema } from '#platform/http/route.ts'
import { boolean, integer, list, object as shape, string } from '#platform/http/schema.ts'
import { hasTag, provisionalTag } from '../store/body.ts'
import { type Chart, type ChartTools, openChart } from './chart.ts'
import { codesOf, conceptText, firstCode, firstText, object, objects, referenceId, referenceText, text } from './element.ts'
import { type Entry, readPage } from './page.ts'
import { reportsOfOrders } from './reports-of-orders.ts'

type Rows = {
  /** What the answer calls its rows. */
  readonly name: string
  readonly type: string
  readonly fields: Readonly<Record<string, JsonSchema>>
  readonly row: (resource: JsonObject) => Record<string, unknown>
  /** What other resources tell of a row, by its id. */
  readonly beside?: (entries: readonly Entry[], chart: Chart) => Promise<Result<ReadonlyMap<string, object>>>
}

const rowsPerPage = 100

export const diagnoses: Rows = {
  name: 'diagnoses',
  type: 'Condition',
  fields: {
    code: string,
    name: string,
    category: string,
    status: string,
    verification: string,
    at: string,
    recorder: string,
    'visit?': string,
  },
  row: condition => ({
    code: firstCode(condition['code'])?.code ?? '',
    name: conceptText(condition['code']),
    category: conceptText(condition['category']),
    status: firstCode(condition['clinicalStatus'])?.code ?? '',
    verification: firstCode(condition['verificationStatus'])?.code ?? '',
    at: firstText(condition, 'onsetDateTime', 'recordedDate'),
    recorder: referenceText(condition['recorder']) || referenceText(condition['asserter']),
    visit: referenceId(condition['encounter'], 'Encounter'),
  }),
}

export const orders: Rows = {
  name: 'orders',
  type: 'ServiceRequest',
  fields: {
    name: string,
    categories: list(string),
    status: string,
    priority: string,
    at: string,
    number: string,
    requester: string,
    reason: string,
    /** Nobody but who carries it out has spoken of it. */
    provisional: boolean,
    /** Who carries it out has given it a number of their own. */
    accepted: boolean,
    'visit?': string,
    'report?': string,
    'reportStatus?': string,
    'reportedAt?': string,
  },
  row: request => ({
    name: conceptText(request['code']),
    categories: codesOf(request['category']).map(({ code }) => code),
    status: text(request['status']),
    priority: text(request['priority']),
    at: firstText(request, 'authoredOn', 'occurrenceDateTime'),
    number: text(placerOf(request)['value']),
    requester: referenceText(request['requester']),
    reason: conceptText(request['reasonCode']),
    provisional: hasTag(object(request['meta']), provisionalTag.code),
    accepted: objects(request['identifier']).some(each => codesOf(each['type']).some(({ code }) => code === 'FILL')),
    visit: referenceId(request['encounter'], 'Encounter'),
  }),
  beside: reportsOfOrders,
}

export const procedures: Rows = {
  name: 'procedures',
  type: 'Procedure',
  fields: { code: string, name: string, status: string, at: string, performer: string, note: string, 'visit?': string },
  row: procedure => ({
    code: firstCode(procedure['code'])?.code ?? '',
    name: conceptText(procedure['code']),
    status: text(procedure['status']),
    at: firstText(procedure, 'performedDateTime') || text(object(procedure['performedPeriod'])['start']),
    performer: referenceText(objects(procedure['performer'])[0]?.['actor']),
    note: text(objects(procedure['note'])[0]?.['text']),
    visit: referenceId(procedure['encounter'], 'Encounter'),
  }),
}

function placerOf(request: JsonObject): JsonObject {
  const identifiers = objects(request['identifier'])
  return identifiers.find(each => codesOf(each['type']).some(({ code }) => code === 'PLAC')) ?? identifiers[0] ?? {}
}

export function rowsSchema(rows: Rows) {
  return shape({ [rows.name]: list(shape({ id: string, version: integer, ...rows.fields })), 'next?': string })
}

export async function readRows(call: Call, tools: ChartTools, rows: Rows): Promise<Result<unknown>> {
  const chart = await openChart(call, tools, rows.name)
  if (!chart.ok) return chart
  const page = await readPage(call, chart.value, tools, { type: rows.type, count: rowsPerPage })
  if (!page.ok) return page
  const { entries, next } = page.value
  const beside = (await rows.beside?.(entries, chart.value)) ?? ok(new Map<string, object>())
  if (!beside.ok) return beside
  return ok({
    [rows.name]: entries.map(({ stored, resource }) => ({
      id: stored.id,
      version: stored.version,
      ...rows.row(resource),
      ...beside.value.get(stored.id),
    })),
    ...(next === undefined ? {} : { next }),
  })
}
