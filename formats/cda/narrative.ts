// The narrative of a section (CDA R2 4.3.5, StrucDocText) as a small tree: only the elements below, no attribute that could do anything, within limits.
import { attributeOf, textOf, type XmlElement, type XmlNode, xmlText } from '../xml/model.ts'
import { element } from './elements.ts'
import { cdaNamespace } from './vocabulary.ts'

export type NarrativeNode = { readonly kind: 'text'; readonly text: string } | NarrativeElement

export type NarrativeElement = {
  readonly kind: NarrativeName
  readonly style?: NarrativeStyle
  /** Cells that span: 2 and more. */
  readonly columns?: number
  readonly rows?: number
  readonly children: readonly NarrativeNode[]
}

const names = ['paragraph', 'content', 'list', 'item', 'caption', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'br', 'sub', 'sup'] as const
export type NarrativeName = (typeof names)[number]

const styles = ['Bold', 'Italics', 'Underline', 'Emphasis'] as const
export type NarrativeStyle = (typeof styles)[number]

const known: ReadonlySet<string> = new Set(names)
/** Of a hostile document nothing of these is shown, not even their text. */
const silent: ReadonlySet<string> = new Set(['script', 'style', 'object', 'embed', 'iframe', 'renderMultiMedia'])
const depthMax = 24
const nodesMax = 20_000
const spanMax = 100

export type ReadNarrative = {
  readonly nodes: readonly NarrativeNode[]
  /** It was longer or deeper than is shown. */
  readonly cut: boolean
}

/** What a `text` element says. Elements that are not of the narrative language are left out and what they hold stays, links become their words. */
export function readNarrative(text: XmlElement): ReadNarrative {
  const reader = { left: nodesMax, cut: false }
  return { nodes: trimmed(nodesOf(text.children, 1, reader)), cut: reader.cut }
}

function nodesOf(nodes: readonly XmlNode[], depth: number, reader: { left: number; cut: boolean }): NarrativeNode[] {
  const found: NarrativeNode[] = []
  for (const node of nodes) {
    if (node.kind !== 'element' && node.kind !== 'text') continue
    if (reader.left-- <= 0) {
      reader.cut = true
      break
    }
    if (node.kind === 'text') {
      if (node.text !== '') found.push({ kind: 'text', text: node.text })
    } else if (depth > depthMax) {
      reader.cut = true
      found.push({ kind: 'text', text: textOf(node) })
    } else if (!silent.has(node.name)) found.push(...elementOf(node, depth, reader))
  }
  return found
}

function elementOf(element: XmlElement, depth: number, reader: { left: number; cut: boolean }): NarrativeNode[] {
  const children = nodesOf(element.children, depth + 1, reader)
  if (!known.has(element.name) || element.namespace !== cdaNamespace) return children
  const style = styles.find(name => attributeOf(element, 'styleCode')?.split(/\s+/).includes(name))
  const columns = span(attributeOf(element, 'colspan'))
  const rows = span(attributeOf(element, 'rowspan'))
  const kind = element.name as NarrativeName
  return [
    {
      kind,
      ...(style && { style }),
      ...(columns && { columns }),
      ...(rows && { rows }),
      children: inTable(kind) ? solid(children) : children,
    },
  ]
}

/** Line ends between rows and cells are layout, not words. */
function inTable(kind: NarrativeName): boolean {
  return kind === 'table' || kind === 'thead' || kind === 'tbody' || kind === 'tr' || kind === 'list'
}

function solid(nodes: readonly NarrativeNode[]): NarrativeNode[] {
  return nodes.filter(node => node.kind !== 'text' || node.text.trim() !== '')
}

/** Without the line ends at both ends, and between blocks. */
function trimmed(nodes: readonly NarrativeNode[]): readonly NarrativeNode[] {
  return nodes.some(node => node.kind === 'paragraph' || node.kind === 'table' || node.kind === 'list') ? solid(nodes) : nodes
}

function span(text: string | undefined): number | undefined {
  const number = text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : 1
  return number > 1 && number <= spanMax ? number : undefined
}

/** The `text` element of a section. */
export function writeNarrative(nodes: readonly NarrativeNode[]): XmlElement {
  return withChildren(element('text'), nodes)
}

function writeNode(node: NarrativeNode): XmlNode {
  if (node.kind === 'text') return xmlText(node.text)
  const { kind, style, columns, rows, children } = node
  return withChildren(element(kind, { styleCode: style, colspan: columns?.toString(), rowspan: rows?.toString() }), children)
}

function withChildren(parent: XmlElement, nodes: readonly NarrativeNode[]): XmlElement {
  for (const node of nodes) parent.children.push(writeNode(node))
  return parent
}

/** The words of a narrative, for search and comparison. */
export function narrativeText(nodes: readonly NarrativeNode[]): string {
  return nodes.map(node => (node.kind === 'text' ? node.text : narrativeText(node.children))).join('')
}

export function words(text: string): NarrativeNode {
  return { kind: 'text', text }
}

export function block(kind: NarrativeName, ...children: readonly NarrativeNode[]): NarrativeElement {
  return { kind, children }
}
