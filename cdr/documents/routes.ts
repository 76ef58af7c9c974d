// Shared documents over the console API: the list, one document as XML, as a page and with its findings, a check of any document that is sent.
import type { Route } from '#platform/http/route.ts'
import { anything, boolean, faultSchema, instantMs, integer, list, object, oneOf, string } from '#platform/http/schema.ts'
import { checkAgain, checkSent, type DocumentTools, readFindings, readOriginal, readPage } from './document.ts'
import { listDocuments, statuses } from './list.ts'
import { listProblems, readProduction } from './production.ts'

const one = '/api/documents/{tenant}/{id}'
const read = { method: 'GET', right: 'documents.read', tag: 'documents' } as const

const finding = object({ severity: oneOf('error', 'warning', 'information'), fault: faultSchema, 'line?': integer, 'column?': integer })
const report = object({
  'code?': string,
  'title?': string,
  'number?': string,
  valid: boolean,
  errors: integer,
  warnings: integer,
  findings: list(finding),
})
const row = object({
  tenant: string,
  id: string,
  code: string,
  title: string,
  status: oneOf(...statuses),
  number: string,
  date: string,
  'clinicalTime?': string,
  'patient?': string,
  'patientName?': string,
  'author?': string,
  'replaces?': string,
  'checked?': object({ valid: boolean, errors: integer, warnings: integer }),
})
const kind = object({ tenant: string, code: string, title: string, produced: integer, valid: integer, failed: integer })
const progress = object({ tenant: string, 'place?': integer, 'waiting?': integer, 'more?': boolean })

export function documentRoutes(tools: DocumentTools): Route[] {
  return [...listRoutes(tools), ...oneRoutes(tools)]
}

function listRoutes(tools: DocumentTools): Route[] {
  return [
    {
      ...read,
      path: '/api/documents',
      summary: '共享文档清单，由新到旧 · shared documents, newest first',
      query: {
        patient: { ...string, maxLength: 64, description: '患者 id · id of the Patient' },
        type: { ...string, maxLength: 20, description: '文档类型，如 C0007 · type of document' },
        status: { enum: [...statuses] },
        limit: { type: 'integer', minimum: 1, maximum: 200 },
        page: { ...string, description: '上一页返回的 next · mark of the last page' },
      },
      answer: object({ documents: list(row), 'next?': string }),
      handle: call => listDocuments(call, tools),
    },
    {
      ...read,
      path: '/api/documents/production',
      summary: '各类文档的生成与校验数量、处理进度 · documents produced and valid per type, and how far production has come',
      query: { since: instantMs, until: instantMs },
      answer: object({ types: list(kind), progress: list(progress) }),
      handle: call => readProduction(call, tools),
    },
    {
      ...read,
      path: '/api/documents/problems',
      summary: '校验不通过或未能生成的文档 · documents that fail the check or could not be written',
      query: { type: { ...string, maxLength: 20 }, limit: { type: 'integer', minimum: 1, maximum: 500 } },
      answer: object({
        problems: list(object({ tenant: string, id: string, code: string, checkedAtMs: instantMs, findings: list(finding) })),
        complete: boolean,
      }),
      handle: call => listProblems(call, tools),
    },
    {
      method: 'POST',
      right: 'documents.read',
      tag: 'documents',
      path: '/api/documents/check',
      summary: '校验一份 CDA 文档，不保存 · check a CDA document, nothing is stored',
      body: 'bytes',
      answer: report,
      handle: call => checkSent(call, tools),
    },
  ]
}

function oneRoutes(tools: DocumentTools): Route[] {
  return [
    {
      ...read,
      path: `${one}/xml`,
      summary: '文档原文 · the document as XML',
      answer: 'text/xml',
      handle: call => readOriginal(call, tools),
    },
    {
      ...read,
      path: `${one}/page`,
      summary: '文档的阅读页 · the document as a page',
      answer: anything,
      handle: call => readPage(call, tools),
    },
    {
      ...read,
      path: `${one}/findings`,
      summary: '上次校验的结果 · findings of the last check',
      answer: report,
      handle: call => readFindings(call, tools),
    },
    {
      method: 'POST',
      right: 'documents.read',
      tag: 'documents',
      path: `${one}/check`,
      summary: '重新校验 · check again',
      answer: report,
      handle: call => checkAgain(call, tools),
    },
  ]
}
