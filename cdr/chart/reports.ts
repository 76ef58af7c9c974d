// Reports of a chart: imaging, endoscopy, pathology and laboratory, each with its findings in words and the way to its pictures.

import { fault } from '#kernel/fault.ts'
import { isFhirId } from '#kernel/ids.ts'
import type { JsonObject } from '#kernel/json.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Filter } from '#kernel/search-plan.ts'
import type { Call } from '#platform/http/route.ts'
import { integer, list, oneOf, object as shape, string } from '#platform/http/schema.ts'
import { type Chart, type ChartTools, openChart, resourceOf } from './chart.ts'
import { valuesBefore } from './corrected.ts'
import { codesOf, conceptText, objects, referenceId, referenceText, text } from './element.ts'
import { isCritical } from './flags.ts'
import { itemOf, measured, measuredSchema } from './observation.ts'
import { type Entry, readPage } from './page.ts'
import { reportTime } from './results-grid.ts'

export const reportKinds = ['laboratory', 'examination'] as const

const reportFields = {
  id: string,
  version: integer,
  kind: oneOf(...reportKinds),
  name: string,
  /** Codes of the kind of service, the standard's (table 0074) and the sender's. */
  categories: list(string),
  status: string,
  at: string,
  'issued?': string,
  number: string,
  author: string,
  'visit?': string,
  abnormal: integer,
  critical: integer,
  conclusion: string,
  /** What a report says in words: findings, impression, technique. */
  words: list(shape({ label: string, text: string })),
  links: list(shape({ url: string, title: string })),
}
export const reportsSchema = shape({ reports: list(shape(reportFields)), 'next?': string })
export const reportSchema = shape({
  ...reportFields,
  items: list(shape({ key: string, name: string, code: string, ...measuredSchema, 'was?': string })),
})

const reportsPerPage = 40
const resultsMax = 2_000
const laboratory: Filter = { op: 'token', param: 'category', code: 'LAB' }

export async function readReports(call: Call, tools: ChartTools): Promise<Result<unknown>> {
  const kind = call.query['kind'] as (typeof reportKinds)[number] | undefined
  const chart = await openChart(call, tools, 'reports')
  if (!chart.ok) return chart
  const filters: Filter[] = kind === undefined ? [] : [kind === 'laboratory' ? laboratory : { op: 'not', of: laboratory }]
  const page = await readPage(call, chart.value, tools, { type: 'DiagnosticReport', filters, count: reportsPerPage })
  if (!page.ok) return page
  const results = await resultsOf(page.value.entries, chart.value)
  if (!results.ok) return results
  const reports = page.value.entries.map(entry => reportOf(entry.resource, entry.stored.version, results.value))
  return ok({ reports, ...(page.value.next === undefined ? {} : { next: page.value.next }) })
}

export async function readReport(call: Call, tools: ChartTools): Promise<Result<unknown>> {
  const id = call.path['report']!
  const unknown = failed(fault('fhir.unknown', { args: { type: 'DiagnosticReport', id: id.slice(0, 64) } }))
  const chart = await openChart(call, tools, `DiagnosticReport/${isFhirId(id) ? id : ''}`)
  if (!chart.ok) return chart
  const read = await chart.value.reader.read([{ type: 'DiagnosticReport', id }])
  if (!read.ok) return read
  const stored = read.value[0]
  if (!stored || stored.op === 'delete') return unknown
  const resource = resourceOf(stored)
  const patient = referenceId(resource['subject'], 'Patient')
  if (patient === undefined || !chart.value.ids.includes(patient)) return unknown
  const results = await resultsOf([{ stored, resource }], chart.value)
  if (!results.ok) return results
  const entries = observationsOf(resource, results.value)
  const before = await valuesBefore(entries, chart.value.reader)
  if (!before.ok) return before
  const items = entries.map(({ stored: one, resource: result }) => ({
    ...itemOf(result),
    ...measured(result, one.version),
    was: before.value.get(one.id),
  }))
  return ok({ ...reportOf(resource, stored.version, results.value), items })
}

/** The observations that a page of reports names, by id. */
async function resultsOf(entries: readonly Entry[], chart: Chart): Promise<Result<ReadonlyMap<string, Entry>>> {
  const ids = [...new Set(entries.flatMap(({ resource }) => resultIds(resource)))].slice(0, resultsMax)
  const read = await chart.reader.read(ids.map(id => ({ type: 'Observation', id })))
  if (!read.ok) return read
  const known = read.value.flatMap(stored => (stored && stored.op !== 'delete' ? [{ stored, resource: resourceOf(stored) }] : []))
  return ok(new Map(known.map(entry => [entry.stored.id, entry])))
}

function resultIds(report: JsonObject): string[] {
  return objects(report['result']).flatMap(reference => referenceId(reference, 'Observation') ?? [])
}

function observationsOf(report: JsonObject, results: ReadonlyMap<string, Entry>): Entry[] {
  return resultIds(report).flatMap(id => results.get(id) ?? [])
}

function reportOf(report: JsonObject, version: number, results: ReadonlyMap<string, Entry>) {
  const observations = observationsOf(report, results)
  const values = observations.map(({ resource, stored }) => ({ name: itemOf(resource).name, ...measured(resource, stored.version) }))
  const isLaboratory = codesOf(report['category']).some(({ code }) => code === 'LAB')
  const identifiers = objects(report['identifier'])
  const filler = identifiers.find(each => codesOf(each['type']).some(({ code }) => code === 'FILL')) ?? identifiers[0]
  return {
    id: text(report['id']),
    version,
    kind: isLaboratory ? 'laboratory' : 'examination',
    name: conceptText(report['code']),
    categories: codesOf(report['category']).map(({ code }) => code),
    status: text(report['status']),
    at: reportTime(report),
    issued: text(report['issued']) || undefined,
    number: text(filler?.['value']),
    author: referenceText(objects(report['resultsInterpreter'])[0]) || referenceText(objects(report['performer'])[0]),
    visit: referenceId(report['encounter'], 'Encounter'),
    abnormal: values.filter(({ flag }) => flag !== 'normal' && flag !== 'none').length,
    critical: values.filter(({ flag }) => isCritical(flag)).length,
    conclusion: text(report['conclusion']),
    words: isLaboratory ? [] : values.filter(({ text: said }) => said !== '').map(({ name, text: said }) => ({ label: name, text: said })),
    links: linksOf(report),
  }
}

/** Pictures and originals; only web addresses are handed on, nothing a page could run. */
function linksOf(report: JsonObject): { url: string; title: string }[] {
  const attachments = [...objects(report['presentedForm']), ...objects(report['media']).flatMap(media => objects(media['link']))]
  return attachments.flatMap(attachment => {
    const url = text(attachment['url'])
    return /^https?:\/\//i.test(url) ? [{ url, title: text(attachment['title']) }] : []
  })
}
