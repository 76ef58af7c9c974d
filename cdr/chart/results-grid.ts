// The results grid: tests down, time across. A column is one draw (reports of the same minute together), a row one item of one panel, in the order of the report.
import type { JsonObject } from '#kernel/json.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { Call } from '#platform/http/route.ts'
import { integer, list, object as shape, string } from '#platform/http/schema.ts'
import { dateInterval } from '../index/date-interval.ts'
import { type Chart, type ChartTools, openChart, resourceOf } from './chart.ts'
import { conceptText, firstText, object, objects, referenceId, text } from './element.ts'
import { itemOf, measured, measuredSchema } from './observation.ts'
import { type Entry, readPage } from './page.ts'

const observationCategory = 'http://terminology.hl7.org/CodeSystem/observation-category'

export const categories = ['laboratory', 'vital-signs'] as const

export const gridSchema = shape({
  items: list(shape({ key: string, code: string, name: string, unit: string, panel: string })),
  columns: list(shape({ at: string, reports: list(shape({ id: string, name: string, status: string })) })),
  cells: list(shape({ item: integer, column: integer, ...measuredSchema })),
  'next?': string,
})

/** About twenty panels: what a screen shows, and parsed in a few milliseconds. */
const observationsPerPage = 400
const reportsMax = 400
const dayMs = 86_400_000

export async function readGrid(call: Call, tools: ChartTools): Promise<Result<unknown>> {
  const category = (call.query['category'] as string | undefined) ?? 'laboratory'
  const chart = await openChart(call, tools, category)
  if (!chart.ok) return chart
  const filters = [{ op: 'token', param: 'category', system: observationCategory, code: category } as const]
  const page = await readPage(call, chart.value, tools, { type: 'Observation', filters, count: observationsPerPage })
  if (!page.ok) return page
  const reports = await reportsAround(page.value.entries, chart.value)
  if (!reports.ok) return reports
  return ok({ ...gridOf(page.value.entries, reports.value), ...(page.value.next === undefined ? {} : { next: page.value.next }) })
}

/** Reports that may name these observations: those of their days. */
async function reportsAround(entries: readonly Entry[], chart: Chart): Promise<Result<readonly JsonObject[]>> {
  const times = entries.flatMap(({ resource }) => dateInterval(measured(resource, 0).at)?.from ?? [])
  if (times.length === 0) return ok([])
  const from = Math.min(...times) - 3 * dayMs
  const to = Math.max(...times) + 3 * dayMs
  const page = await chart.reader.compartment({ patients: chart.ids, types: ['DiagnosticReport'], from, to, count: reportsMax, at: {} })
  return page.ok ? ok(page.value.entries.map(resourceOf)) : page
}

type Place = { readonly report: JsonObject; readonly order: number }

/** Pure: the grid of these observations, with their panels and draws as the reports tell. */
export function gridOf(entries: readonly Entry[], reports: readonly JsonObject[]) {
  const places = placesOf(reports)
  const rows = new Map<string, { key: string; code: string; name: string; unit: string; panel: string; order: number }>()
  const columns = new Map<string, { at: string; whenMs: number; reports: Map<string, JsonObject> }>()
  const cells = entries.map(({ resource, stored }) => {
    const place = places.get(text(resource['id']))
    const cell = measured(resource, stored.version)
    const item = itemOf(resource)
    const panel = conceptText(place?.report['code'])
    const row = `${panel}\n${item.key}`
    if (!rows.has(row)) rows.set(row, { ...item, unit: cell.unit, panel, order: place?.order ?? Number.MAX_SAFE_INTEGER })
    const at = (place && reportTime(place.report)) || cell.at
    const whenMs = dateInterval(at)?.from ?? 0
    const minute = String(Math.floor(whenMs / 60_000))
    const column = columns.get(minute) ?? { at, whenMs, reports: new Map() }
    columns.set(minute, column)
    if (place) column.reports.set(text(place.report['id']), place.report)
    return { row, minute, cell }
  })
  return arranged(rows, columns, cells)
}

function arranged(
  rows: ReadonlyMap<string, { key: string; code: string; name: string; unit: string; panel: string; order: number }>,
  columns: ReadonlyMap<string, { at: string; whenMs: number; reports: ReadonlyMap<string, JsonObject> }>,
  cells: readonly { row: string; minute: string; cell: ReturnType<typeof measured> }[],
) {
  const panels = [...new Set([...rows.values()].map(row => row.panel))]
  const inOrder = [...rows].sort(([, a], [, b]) => panels.indexOf(a.panel) - panels.indexOf(b.panel) || a.order - b.order)
  const newestFirst = [...columns].sort(([, a], [, b]) => b.whenMs - a.whenMs)
  const rowAt = new Map(inOrder.map(([key], i) => [key, i]))
  const columnAt = new Map(newestFirst.map(([minute], i) => [minute, i]))
  return {
    items: inOrder.map(([, { order: _, ...item }]) => item),
    columns: newestFirst.map(([, column]) => ({
      at: column.at,
      reports: [...column.reports].map(([id, report]) => ({ id, name: conceptText(report['code']), status: text(report['status']) })),
    })),
    cells: cells.map(({ row, minute, cell }) => ({ item: rowAt.get(row)!, column: columnAt.get(minute)!, ...cell })),
  }
}

/** Where an observation stands: its report, and how far down. */
function placesOf(reports: readonly JsonObject[]): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>()
  for (const report of reports)
    objects(report['result']).forEach((reference, order) => {
      const id = referenceId(reference, 'Observation')
      if (id !== undefined && !places.has(id)) places.set(id, { report, order })
    })
  return places
}

export function reportTime(report: JsonObject): string {
  return firstText(report, 'effectiveDateTime') || text(object(report['effectivePeriod'])['start']) || text(report['issued'])
}
