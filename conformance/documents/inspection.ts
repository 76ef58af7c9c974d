// One document under examination: what it says, where each element stands, and what was found so far.
import { attribute } from '#formats/cda/elements.ts'
import type { CdaDocument } from '#formats/cda/model.ts'
import type { DocumentSpec } from '#formats/cda/spec.ts'
import { positionOf, type XmlDocument, type XmlElement } from '#formats/xml/model.ts'
import { type FaultArgs, type FaultCode, fault } from '#kernel/fault.ts'
import type { CodeBook, DocumentFinding } from '#kernel/ports/documents.ts'

export type CheckTools = {
  readonly specs: ReadonlyMap<string, DocumentSpec>
  readonly book: CodeBook
  /** Whether the registry of OIDs has an entry. */
  readonly knowsOid: (oid: string) => boolean
}

type Place = { readonly parent: XmlElement | undefined; readonly step: string }

export const findingsMax = 500

export class Inspection {
  readonly root: XmlElement
  readonly document: CdaDocument
  /** What the document's type consists of; undefined for a type nobody knows. */
  readonly spec: DocumentSpec | undefined
  readonly tools: CheckTools
  readonly #source: string
  readonly #found: { readonly at: number; readonly finding: DocumentFinding }[] = []
  #places: Map<XmlElement, Place> | undefined

  constructor(xml: XmlDocument, document: CdaDocument, tools: CheckTools) {
    this.root = xml.root
    this.document = document
    this.spec = tools.specs.get(document.code.code ?? '')
    this.tools = tools
    this.#source = xml.source
  }

  error(code: FaultCode, where: XmlElement, args: FaultArgs = {}, attributeName?: string): void {
    this.#add('error', code, where, args, attributeName)
  }

  warning(code: FaultCode, where: XmlElement, args: FaultArgs = {}, attributeName?: string): void {
    this.#add('warning', code, where, args, attributeName)
  }

  note(code: FaultCode, where: XmlElement, args: FaultArgs = {}, attributeName?: string): void {
    this.#add('information', code, where, args, attributeName)
  }

  /** In the order of the document. */
  findings(): readonly DocumentFinding[] {
    const sorted = this.#found.toSorted((a, b) => a.at - b.at).map(({ finding }) => finding)
    if (sorted.length <= findingsMax) return sorted
    const cut = fault('document.findings-cut', { args: { max: findingsMax } })
    return [...sorted.slice(0, findingsMax), { severity: 'information', fault: cut }]
  }

  /** An attribute that must have one value. */
  expect(where: XmlElement, name: string, expected: string): void {
    const found = attribute(where, name) ?? ''
    if (found !== expected) this.error('document.attribute-wrong', where, { name, expected, found: shown(found) }, name)
  }

  #add(
    severity: DocumentFinding['severity'],
    code: FaultCode,
    where: XmlElement,
    args: FaultArgs,
    attributeName: string | undefined,
  ): void {
    if (this.#found.length > findingsMax) return
    const { line, column } = positionOf(this.#source, where.at)
    const at = this.pathOf(where) + (attributeName === undefined ? '' : `/@${attributeName}`)
    this.#found.push({ at: where.at, finding: { severity, fault: fault(code, { at, args }), line, column } })
  }

  /** `/ClinicalDocument/recordTarget/patientRole/id[2]`: a number where siblings share the name. */
  pathOf(element: XmlElement): string {
    this.#places ??= placesIn(this.root)
    const steps: string[] = []
    for (let place = this.#places.get(element); place; place = place.parent && this.#places.get(place.parent)) steps.push(place.step)
    return `/${steps.reverse().join('/')}`
  }
}

/** Made when the first finding asks for it: sound documents need no paths. */
function placesIn(root: XmlElement): Map<XmlElement, Place> {
  const places = new Map<XmlElement, Place>([[root, { parent: undefined, step: root.name }]])
  const open = [root]
  for (let parent = open.pop(); parent; parent = open.pop()) {
    const named = Map.groupBy(
      parent.children.filter(node => node.kind === 'element'),
      child => child.name,
    )
    for (const [name, siblings] of named) {
      siblings.forEach((child, i) => {
        places.set(child, { parent, step: siblings.length > 1 ? `${name}[${i + 1}]` : name })
        open.push(child)
      })
    }
  }
  return places
}

const shownMax = 60

/** What was found, short enough for a sentence. */
export function shown(text: string): string {
  return text.length > shownMax ? `${text.slice(0, shownMax)}…` : text
}
