// Statements that repeat (organizers) as tables: one row per organizer, one column per data element in the order they first occur.
import type { CdaEntry } from './model.ts'
import { factOf, type PageFact, type PageFlag, type PageWords } from './page-fact.ts'
import { codeText } from './value-text.ts'

export type PageTable = { readonly columns: readonly PageColumn[]; readonly rows: readonly (readonly PageCell[])[] }

/** `name` is the name of the data element, or one of the words below. */
export type PageColumn = { readonly code?: string; readonly name: string }

export type PageCell = { readonly text?: string; readonly flag?: PageFlag }

const itemColumn = '项目'
const timeColumn = '时间'
const specimenColumn = '标本编号'
const rangeColumn = '参考区间'

/** Organizers that begin with the same data element belong to one table. */
export function tablesOf(organizers: readonly CdaEntry[], words: PageWords): PageTable[] {
  const groups = Map.groupBy(organizers, organizer => `${organizer.classCode} ${organizer.children?.[0]?.code?.code ?? ''}`)
  return [...groups.values()].map(group => tableOf(group, words))
}

function tableOf(organizers: readonly CdaEntry[], words: PageWords): PageTable {
  const columns = new Map<string, PageColumn>()
  const rows = organizers.map(organizer => {
    const cells = new Map<string, PageCell>()
    const put = (column: PageColumn, cell: PageCell) => {
      const key = `${column.code ?? ''} ${column.name}`
      if (!columns.has(key)) columns.set(key, column)
      const before = cells.get(key)
      cells.set(key, before ? { ...cell, text: [before.text, cell.text].filter(text => text !== undefined).join('；') } : cell)
    }
    const item = codeText(organizer.code, words.displayOf)
    if (item !== undefined) put({ name: itemColumn }, { text: item })
    for (const component of organizer.children ?? []) putFact(factOf(component, words), put)
    const specimen = organizer.specimen?.id?.extension
    if (specimen !== undefined) put({ name: specimenColumn }, { text: specimen })
    return cells
  })
  return { columns: [...columns.values()], rows: rows.map(cells => [...columns.keys()].map(key => cells.get(key) ?? {})) }
}

function putFact(fact: PageFact, put: (column: PageColumn, cell: PageCell) => void): void {
  const { code, name, value, flag, range, time, facts } = fact
  put({ ...(code && { code }), name }, { ...(value !== undefined && { text: value }), ...(flag && { flag }) })
  for (const inner of facts ?? []) putFact(inner, put)
  if (range !== undefined) put({ name: rangeColumn }, { text: range })
  if (time !== undefined) put({ name: `${name}·${timeColumn}` }, { text: time })
}
