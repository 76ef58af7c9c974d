// A shared document as XML text: UTF-8, one element to a line, the same text for the same document.

import { ok, type Result } from '#kernel/result.ts'
import { forbiddenAt } from '../xml/characters.ts'
import { type XmlElement, type XmlNode, xmlnsNamespace, xmlText } from '../xml/model.ts'
import { writeXml } from '../xml/write.ts'
import { element, optional } from './elements.ts'
import type { CdaDocument, CdaSection } from './model.ts'
import { writeNarrative } from './narrative.ts'
import { xsiNamespace } from './vocabulary.ts'
import { writeEntry } from './write-entry.ts'
import { writeHeader } from './write-header.ts'
import { writeCode } from './write-value.ts'

/** Characters that XML cannot hold are the caller's to replace (`xmlSafe`): they make the fault `xml.unwritable`. */
export function writeCda(document: CdaDocument): Result<string> {
  const body = element('component', {}, element('structuredBody', {}, ...document.sections.map(writeSection)))
  const root = element('ClinicalDocument', {}, ...writeHeader(document), body)
  root.attributes.push({ prefix: 'xmlns', name: 'xsi', namespace: xmlnsNamespace, value: xsiNamespace })
  layOut(root, 0)
  const text = writeXml(root, { encoding: 'UTF-8' })
  return text.ok ? ok(`${text.value}\n`) : text
}

/** The same words with U+FFFD for each character that XML cannot hold. */
export function xmlSafe(text: string): string {
  if (forbiddenAt(text) < 0) return text
  return text.toWellFormed().replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd')
}

function writeSection(section: CdaSection): XmlElement {
  const parts = [
    writeCode('code', section.code),
    optional(section.title, text => element('title', {}, text)),
    writeNarrative(section.narrative),
    ...section.entries.map(entry => element('entry', {}, writeEntry(entry))),
  ]
  return element('component', {}, element('section', {}, ...parts))
}

/** Line ends and indents between elements; none where words stand, nor in a narrative outside of tables. */
function layOut(parent: XmlElement, depth: number): void {
  const { children } = parent
  if (children.length === 0 || children.some(child => child.kind === 'text') || inline.has(parent.name)) return
  const indent = indentOf(depth + 1)
  const laid: XmlNode[] = []
  for (const child of children) {
    laid.push(indent, child)
    if (child.kind === 'element') layOut(child, depth + 1)
  }
  laid.push(indentOf(depth))
  children.splice(0, children.length, ...laid)
}

const indents: XmlNode[] = []

function indentOf(depth: number): XmlNode {
  indents[depth] ??= xmlText(`\n${'  '.repeat(depth)}`)
  return indents[depth]
}

/** Of the narrative: a line end in these would be a space between words. */
const inline: ReadonlySet<string> = new Set(['paragraph', 'content', 'item', 'caption', 'th', 'td', 'sub', 'sup'])
