// The narrative of a section drawn element by element: no markup of the document's own ever reaches the page.
import { createElement, type ReactNode } from 'react'
import type { NarrativeNode } from './page-model.ts'

type NarrativeElement = Exclude<NarrativeNode, { kind: 'text' }>

const tags: Readonly<Record<NarrativeElement['kind'], string>> = {
  paragraph: 'p',
  content: 'span',
  list: 'ul',
  item: 'li',
  caption: 'caption',
  table: 'table',
  thead: 'thead',
  tbody: 'tbody',
  tr: 'tr',
  th: 'th',
  td: 'td',
  br: 'br',
  sub: 'sub',
  sup: 'sup',
}
const styled = { Bold: 'strong', Italics: 'em', Underline: 'u', Emphasis: 'em' } as const

export function Narrative({ nodes }: { readonly nodes: readonly NarrativeNode[] }): ReactNode {
  return <>{nodes.map(draw)}</>
}

function draw(node: NarrativeNode, place: number): ReactNode {
  if (node.kind === 'text') return node.text
  if (node.kind === 'br') return <br key={place} />
  const tag = node.style ? styled[node.style] : tags[node.kind]
  const spans = { ...(node.columns && { colSpan: node.columns }), ...(node.rows && { rowSpan: node.rows }) }
  const element = createElement(tag ?? 'span', { key: place, ...spans }, ...node.children.map(draw))
  return node.kind === 'table' ? (
    <div className="narrative-table" key={place}>
      {element}
    </div>
  ) : (
    element
  )
}
