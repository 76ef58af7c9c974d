// The narrative of a section out of its filled entries: what a reader sees who understands no entries is what the entries say.
import { block, type NarrativeNode, words } from '#formats/cda/narrative.ts'
import { factOf, type PageFact } from '#formats/cda/page-fact.ts'
import { codeText, valueText } from '#formats/cda/value-text.ts'
import type { ColumnDefinition } from '../language/definition.ts'
import { textOf } from './convert.ts'
import type { FilledEntry } from './fill-entry.ts'
import type { PathRunner } from './path-runner.ts'

/** Said of what is not known: never a dash, never 无, which could be read as a finding. */
const notKnown = '未提供'

export function fillNarrative(filled: readonly FilledEntry[], run: PathRunner): NarrativeNode[] {
  const nodes: NarrativeNode[] = []
  for (const [definition, group] of Map.groupBy(filled, ({ definition }) => definition)) {
    if (definition.act !== 'organizer') nodes.push(...group.map(({ entry }) => statement(factOf(entry, {}))))
    else if (definition.table.length > 0) nodes.push(columnTable(definition.table, group, run))
    else nodes.push(...group.map(organizerList))
  }
  return nodes.length > 0 ? nodes : [block('paragraph', words(notKnown))]
}

/** 名称：值, what belongs to it in brackets. */
function statement({ name, value, flag, range, facts }: PageFact): NarrativeNode {
  const more = [flag?.text, range, ...(facts ?? []).map(fact => `${fact.name}：${fact.value ?? notKnown}`)].filter(
    text => text !== undefined,
  )
  const tail = more.length > 0 ? `（${more.join('；')}）` : ''
  return block('paragraph', { kind: 'content', style: 'Bold', children: [words(name)] }, words(`：${value ?? notKnown}${tail}`))
}

function columnTable(columns: readonly ColumnDefinition[], rows: readonly FilledEntry[], run: PathRunner): NarrativeNode {
  const head = block('tr', ...columns.map(({ name }) => block('th', words(name))))
  const body = rows.map(({ focus }) =>
    block(
      'tr',
      ...columns.map(column =>
        cell(
          columnText(
            column,
            run.all(column.value, focus).flatMap(found => textOf(found) ?? []),
          ),
        ),
      ),
    ),
  )
  return block('table', block('thead', head), block('tbody', ...body))
}

function columnText({ words: known }: ColumnDefinition, texts: readonly string[]): string {
  return texts
    .map(text => known.get(text) ?? text)
    .filter(text => text !== '')
    .join('；')
}

function cell(text: string): NarrativeNode {
  return text === '' ? block('td') : block('td', words(text))
}

/** An organizer without columns of its own: its name, and its components as a list. */
function organizerList({ entry }: FilledEntry): NarrativeNode {
  const name = codeText(entry.code)
  const items = (entry.children ?? []).map(child =>
    block('item', words(`${child.code?.display ?? ''}：${valueText(child.value) ?? notKnown}`)),
  )
  return name === undefined ? block('list', ...items) : block('list', block('caption', words(name)), ...items)
}
