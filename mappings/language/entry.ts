// YAML as entries that know their line: plans are read through these, so that every complaint can name its place.
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type Scalar } from 'yaml'
import type { JsonValue } from '#kernel/json.ts'
import type { At, Findings } from './finding.ts'

const planCharactersMax = 1_000_000

/** The root of a YAML file; undefined when it is no map (findings say why). */
export function readEntries(text: string, file: string, findings: Findings): Entry | undefined {
  if (text.length > planCharactersMax) {
    findings.add({ file, line: 1 }, '', `longer than ${planCharactersMax} characters`)
    return undefined
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: 'core' })
  for (const error of document.errors) findings.add({ file, line: lines.linePos(error.pos[0]).line }, '', error.message)
  if (document.errors.length > 0) return undefined
  const root = new Entry({ file, lines, findings }, document.contents as Node | null, 1)
  if (root.isMap) return root
  findings.add(root.at, '', 'a plan file is a map')
  return undefined
}

type Origin = { readonly file: string; readonly lines: LineCounter; readonly findings: Findings }

export class Entry {
  readonly #origin: Origin
  readonly #node: Node | null
  readonly at: At
  /** The rule or step this entry belongs to, for findings; set by who reads one. */
  rule = ''

  constructor(origin: Origin, node: Node | null, line: number, rule = '') {
    this.#origin = origin
    this.#node = node
    this.at = { file: origin.file, line: node?.range ? origin.lines.linePos(node.range[0]).line : line }
    this.rule = rule
    if (isAlias(node)) this.wrong('write it out: anchors and aliases are not used in plans')
  }

  get isMap(): boolean {
    return isMap(this.#node)
  }

  get isList(): boolean {
    return isSeq(this.#node)
  }

  wrong(reason: string): void {
    this.#origin.findings.add(this.at, this.rule, reason)
  }

  get(name: string): Entry | undefined {
    if (!isMap(this.#node)) return undefined
    const pair = this.#node.items.find(item => keyOf(item) === name)
    return pair && new Entry(this.#origin, pair.value as Node | null, this.#lineOf(pair), this.rule)
  }

  /** Members of a map in order; none for anything else. */
  members(): [string, Entry][] {
    if (!isMap(this.#node)) return []
    return this.#node.items.map(pair => [keyOf(pair), new Entry(this.#origin, pair.value as Node | null, this.#lineOf(pair), this.rule)])
  }

  /** Items of a list; a single value counts as a list of one. */
  items(): Entry[] {
    if (isSeq(this.#node)) return this.#node.items.map(item => new Entry(this.#origin, item as Node | null, this.at.line, this.rule))
    return this.#node === null ? [] : [this]
  }

  /** Complains about members that have no meaning here. */
  allow(names: readonly string[]): this {
    for (const [name, entry] of this.members()) if (!names.includes(name)) entry.wrong(`"${name}" means nothing here`)
    return this
  }

  /** A scalar as text; `''` and a finding for anything else. */
  text(): string {
    if (isScalar(this.#node) && ['string', 'number', 'boolean'].includes(typeof this.#node.value)) return scalarText(this.#node)
    this.wrong('a text is expected')
    return ''
  }

  flag(): boolean {
    if (isScalar(this.#node) && typeof this.#node.value === 'boolean') return this.#node.value
    this.wrong('true or false is expected')
    return false
  }

  texts(): string[] {
    return this.items().map(item => item.text())
  }

  /** A map of texts. */
  dictionary(): Map<string, string> {
    if (!this.isMap) this.wrong('a map of texts is expected')
    return new Map(this.members().map(([name, entry]) => [name, entry.text()]))
  }

  /** A constant as JSON. */
  json(): JsonValue {
    if (isMap(this.#node)) return Object.fromEntries(this.members().map(([name, entry]) => [name, entry.json()]))
    if (isSeq(this.#node)) return this.items().map(item => item.json())
    return isScalar(this.#node) ? (this.#node.value as JsonValue) : null
  }

  #lineOf(pair: Pair): number {
    const key = pair.key as Node | null
    return key?.range ? this.#origin.lines.linePos(key.range[0]).line : this.at.line
  }
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? scalarText(pair.key) : ''
}

/** Numbers as they are written: an OID or a code with a leading zero is not a number. */
function scalarText(scalar: Scalar): string {
  return typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? String(scalar.value))
}
