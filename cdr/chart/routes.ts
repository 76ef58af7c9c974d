// Patient search and the chart over the console API: small read models, each a page of its own, never the whole chart at once.
import type { Route } from '#platform/http/route.ts'
import { object, string } from '#platform/http/schema.ts'
import { bannerSchema, readBanner } from './banner.ts'
import type { ChartTools } from './chart.ts'
import { reveal, revealedSchema } from './identifiers.ts'
import { pageQuery } from './page.ts'
import { patientsSchema, searchPatients } from './patient-search.ts'
import { listPresent, presentSchema } from './present.ts'
import { diagnoses, orders, procedures, readRows, rowsSchema } from './problems-orders.ts'
import { readReport, readReports, reportKinds, reportSchema, reportsSchema } from './reports.ts'
import { categories, gridSchema, readGrid } from './results-grid.ts'
import { readTrend, trendSchema } from './trend.ts'
import { readVersions, versionsSchema } from './versions.ts'
import { readVisits, visitsSchema } from './visits.ts'

const chart = '/api/patients/{tenant}/{id}'
const read = { method: 'GET', right: 'patients.read', tag: 'patients' } as const

export function chartRoutes(tools: ChartTools): Route[] {
  return [...patientRoutes(tools), ...reportRoutes(tools), ...closerRoutes(tools)]
}

function patientRoutes(tools: ChartTools): Route[] {
  return [
    {
      ...read,
      path: '/api/patients',
      summary: '按姓名、拼音、首字母、身份证号、病案号、就诊号或电话检索患者 · find patients',
      query: { q: { ...string, maxLength: 64 } },
      answer: patientsSchema,
      handle: call => searchPatients(call, tools),
    },
    {
      ...read,
      path: '/api/present',
      summary: '在院与急诊在诊患者 · patients in hospital and in the emergency room',
      answer: presentSchema,
      handle: call => listPresent(call, tools),
    },
    { ...read, path: chart, summary: '患者横幅 · the banner of a chart', answer: bannerSchema, handle: call => readBanner(call, tools) },
    { ...read, path: `${chart}/visits`, summary: '就诊 · visits', answer: visitsSchema, handle: call => readVisits(call, tools) },
    {
      ...read,
      path: `${chart}/results`,
      summary: '检验或体征网格，由新到旧分页 · results: tests down, time across',
      query: { ...pageQuery, category: { enum: [...categories] } },
      answer: gridSchema,
      handle: call => readGrid(call, tools),
    },
    {
      ...read,
      path: `${chart}/trend`,
      summary: '一个项目的历次结果 · one item over time',
      query: { item: { ...string, maxLength: 400, description: 'system|code' } },
      answer: trendSchema,
      handle: call => readTrend(call, tools),
    },
  ]
}

function reportRoutes(tools: ChartTools): Route[] {
  return [
    {
      ...read,
      path: `${chart}/reports`,
      summary: '检查与检验报告 · reports',
      query: { ...pageQuery, kind: { enum: [...reportKinds] } },
      answer: reportsSchema,
      handle: call => readReports(call, tools),
    },
    {
      ...read,
      path: `${chart}/reports/{report}`,
      summary: '一份报告及其全部结果 · one report with every result',
      answer: reportSchema,
      handle: call => readReport(call, tools),
    },
    ...[diagnoses, orders, procedures].map(
      (rows): Route => ({
        ...read,
        path: `${chart}/${rows.name}`,
        summary: summaries[rows.name]!,
        query: pageQuery,
        answer: rowsSchema(rows),
        handle: call => readRows(call, tools, rows),
      }),
    ),
  ]
}

/** What lies behind the chart: numbers in full, versions and their sources. */
function closerRoutes(tools: ChartTools): Route[] {
  return [
    {
      method: 'POST',
      right: 'any',
      tag: 'patients',
      path: `${chart}/reveal`,
      summary: '查看未脱敏的证件号与联系方式，须说明原因并留痕 · numbers unmasked, with a reason, audited',
      body: object({ reason: { type: 'string', minLength: 2, maxLength: 200 } }),
      answer: revealedSchema,
      handle: call => reveal(call, tools),
    },
    {
      method: 'GET',
      right: 'any',
      tag: 'patients',
      path: '/api/resources/{tenant}/{type}/{id}',
      summary: '资源的各个版本及来源消息 · versions of a resource and what caused them',
      answer: versionsSchema,
      handle: call => readVersions(call, tools),
    },
  ]
}

const summaries: Readonly<Record<string, string>> = {
  diagnoses: '诊断 · diagnoses',
  orders: '申请与医嘱 · orders',
  procedures: '手术与操作 · procedures',
}
