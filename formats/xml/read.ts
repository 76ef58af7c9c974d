// Reading XML into a tree: as strict as the standard, without DTD, within limits (XML 1.0 fifth edition, Namespaces in XML 1.0).
import { type Fault, type FaultArgs, type FaultCode, fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { characterName, forbiddenAt, isSpace, nameEnd } from './characters.ts'
import { declarationLength, decodeXml } from './declaration.ts'
import { type XmlLimits, xmlLimits } from './limits.ts'
import { positionOf, type XmlAttribute, type XmlDocument, type XmlElement, type XmlNode, xmlnsNamespace } from './model.ts'
import { mayBind, namespaceOf, outermostScope, type Scope } from './namespaces.ts'
import { resolveReferences } from './references.ts'

export type XmlReadOptions = {
  /** Comments and processing instructions are kept unless false; text on both sides of a dropped one is one text. */
  readonly comments?: boolean
  readonly limits?: Partial<XmlLimits>
}

/**
 * Reads the bytes of a document in the encoding they are in (formats/charset), which its declaration may name wrongly.
 * @returns faults `xml.…` with line and column, `charset.…`
 */
export function readXml(bytes: Uint8Array, options: XmlReadOptions = {}): Result<XmlDocument> {
  const max = options.limits?.bytesMax ?? xmlLimits.bytesMax
  if (bytes.length > max) return failed(fault('xml.too-large', { args: { max } }))
  const decoded = decodeXml(bytes)
  return decoded.ok ? readXmlText(decoded.value.text, options) : decoded
}

/** Reads a document that is text already; what its declaration says of encoding does not matter. */
export function readXmlText(text: string, options: XmlReadOptions = {}): Result<XmlDocument> {
  const limits = { ...xmlLimits, ...options.limits }
  if (text.length > limits.bytesMax) return failed(fault('xml.too-large', { args: { max: limits.bytesMax } }))
  const content = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  const source = content.includes('\r') ? content.replace(/\r\n?/g, '\n') : content
  return new Reader(source, limits, options.comments !== false).read()
}

type Open = { readonly element: XmlElement; readonly scope: Scope; readonly tagName: string }

/** Every method that reads returns the offset behind what it read, or -1 when `#trouble` says what is wrong. */
class Reader {
  readonly #source: string
  readonly #limits: XmlLimits
  readonly #keepsComments: boolean
  /** Looked for once: most documents have no reference and no `]]>` outside CDATA. */
  readonly #hasReferences: boolean
  readonly #hasCdataEnds: boolean
  readonly #nodes: XmlNode[] = []
  #root: XmlElement | undefined
  readonly #open: Open[] = []
  /** Children of the innermost open element, and what its prefixes mean. */
  #children: XmlNode[]
  #scope: Scope = outermostScope
  #nodeCount = 0
  #colon = -1
  #trouble: Fault | undefined

  constructor(source: string, limits: XmlLimits, keepsComments: boolean) {
    this.#source = source
    this.#limits = limits
    this.#keepsComments = keepsComments
    this.#hasReferences = source.includes('&')
    this.#hasCdataEnds = source.includes(']]>')
    this.#children = this.#nodes
  }

  read(): Result<XmlDocument> {
    const source = this.#source
    const forbidden = forbiddenAt(source)
    let at =
      forbidden < 0
        ? this.#declaration()
        : this.#fail('xml.bad-character', forbidden, { character: characterName(source.codePointAt(forbidden)!) })
    while (at >= 0 && at < source.length) {
      const tag = source.indexOf('<', at)
      const end = tag < 0 ? source.length : tag
      if (end > at) at = this.#text(at, end)
      if (at >= 0 && tag >= 0) at = this.#markup(tag)
    }
    if (at >= 0 && this.#open.length > 0)
      at = this.#fail('xml.unclosed', this.#open.at(-1)!.element.at, { name: this.#open.at(-1)!.tagName })
    if (at >= 0 && !this.#root) at = this.#fail('xml.no-root', source.length)
    return this.#trouble ? failed(this.#trouble) : ok({ nodes: this.#nodes, root: this.#root!, source })
  }

  #declaration(): number {
    const length = declarationLength(this.#source)
    return length < 0 ? this.#fail('xml.bad-declaration', 0) : length
  }

  #markup(at: number): number {
    const next = this.#source.charCodeAt(at + 1)
    if (next === 0x2f) return this.#endTag(at)
    if (next === 0x21) return this.#declarationLike(at)
    if (next === 0x3f) return this.#instruction(at)
    return this.#startTag(at)
  }

  #declarationLike(at: number): number {
    if (this.#source.startsWith('<!--', at)) return this.#comment(at)
    if (this.#source.startsWith('<![CDATA[', at)) return this.#cdata(at)
    return this.#fail(this.#source.startsWith('<!DOCTYPE', at) ? 'xml.doctype' : 'xml.bad-tag', at)
  }

  #text(at: number, end: number): number {
    const raw = this.#source.slice(at, end)
    if (this.#open.length === 0) {
      const stray = raw.search(/[^ \t\n]/)
      return stray < 0 ? end : this.#fail('xml.text-outside-root', at + stray)
    }
    if (this.#hasCdataEnds) {
      const cdataEnd = raw.indexOf(']]>')
      if (cdataEnd >= 0) return this.#fail('xml.cdata-end-in-text', at + cdataEnd)
    }
    const text = this.#hasReferences && raw.includes('&') ? this.#resolve(raw, at) : raw
    return text === undefined ? -1 : this.#addText(text, at, end)
  }

  #addText(text: string, at: number, end: number): number {
    const last = this.#children.at(-1)
    if (last?.kind === 'text' && !last.cdata) {
      this.#children[this.#children.length - 1] = { kind: 'text', text: last.text + text, cdata: false, at: last.at }
      return end
    }
    return this.#add({ kind: 'text', text, cdata: false, at }, end)
  }

  #cdata(at: number): number {
    if (this.#open.length === 0) return this.#fail('xml.text-outside-root', at)
    const start = at + '<![CDATA['.length
    const end = this.#source.indexOf(']]>', start)
    if (end < 0) return this.#fail('xml.unexpected-end', at, { what: 'CDATA' })
    return this.#add({ kind: 'text', text: this.#source.slice(start, end), cdata: true, at }, end + 3)
  }

  #comment(at: number): number {
    const end = this.#source.indexOf('--', at + 4)
    if (end < 0) return this.#fail('xml.unexpected-end', at, { what: '<!--' })
    if (this.#source.charCodeAt(end + 2) !== 0x3e) return this.#fail('xml.bad-comment', end)
    return this.#keepsComments ? this.#add({ kind: 'comment', text: this.#source.slice(at + 4, end), at }, end + 3) : end + 3
  }

  #instruction(at: number): number {
    const targetEnd = nameEnd(this.#source, at + 2)
    const target = this.#source.slice(at + 2, targetEnd)
    if (target.toLowerCase() === 'xml') return this.#fail('xml.bad-declaration', at)
    const end = this.#source.indexOf('?>', targetEnd)
    if (target === '' || (end !== targetEnd && !isSpace(this.#source.charCodeAt(targetEnd)))) return this.#fail('xml.bad-instruction', at)
    if (end < 0) return this.#fail('xml.unexpected-end', at, { what: '<?' })
    const text = this.#source.slice(targetEnd, end).replace(/^[ \t\n]+/, '')
    return this.#keepsComments ? this.#add({ kind: 'instruction', target, text, at }, end + 2) : end + 2
  }

  #endTag(at: number): number {
    const open = this.#open.pop()
    const nameStart = at + 2
    if (!open || !this.#source.startsWith(open.tagName, nameStart)) return this.#endTagFault(at, open)
    let end = nameStart + open.tagName.length
    while (isSpace(this.#source.charCodeAt(end))) end++
    if (this.#source.charCodeAt(end) !== 0x3e) return this.#endTagFault(at, open)
    const outer = this.#open.at(-1)
    this.#children = outer ? outer.element.children : this.#nodes
    this.#scope = outer ? outer.scope : outermostScope
    return end + 1
  }

  #endTagFault(at: number, open: Open | undefined): number {
    const found = /^<\/([^<>\s]{1,60})[ \t\n]*>/.exec(this.#source.slice(at, at + 80))?.[1]
    if (found === undefined || found === open?.tagName) return this.#fail('xml.bad-tag', at)
    return open ? this.#fail('xml.end-tag-mismatch', at, { expected: open.tagName, found }) : this.#fail('xml.text-outside-root', at)
  }

  #startTag(at: number): number {
    const nameStart = at + 1
    const end = this.#qualifiedName(nameStart)
    if (end < 0) return -1
    const colon = this.#colon
    const attributes: XmlAttribute[] = []
    const tail = this.#attributes(end, attributes)
    if (tail < 0) return -1
    const scope = this.#bindings(attributes, at)
    if (!scope) return -1
    const tagName = this.#source.slice(nameStart, end)
    const prefix = colon < 0 ? '' : this.#source.slice(nameStart, colon)
    const name = colon < 0 ? tagName : this.#source.slice(colon + 1, end)
    const namespace = namespaceOf(scope, prefix)
    if (namespace === undefined || prefix === 'xmlns') return this.#fail('xml.prefix-unbound', nameStart, { prefix })
    if (!this.#resolveAttributes(attributes, scope, at)) return -1
    const element: XmlElement = {
      kind: 'element',
      prefix,
      name,
      namespace,
      attributes,
      children: [],
      at,
    }
    return this.#begin({ element, scope, tagName }, tail)
  }

  /** Puts an element into the tree and, unless its tag closes itself, opens it. `tail` is the offset of `>` or `/>`. */
  #begin(open: Open, tail: number): number {
    if (this.#open.length === 0) {
      if (this.#root) return this.#fail('xml.second-root', open.element.at)
      this.#root = open.element
    }
    if (this.#add(open.element, tail) < 0) return -1
    if (this.#source.charCodeAt(tail) === 0x2f) return tail + 2
    if (this.#open.push(open) > this.#limits.depthMax) return this.#exceed('xml.too-deep', this.#limits.depthMax, open.element.at)
    this.#children = open.element.children
    this.#scope = open.scope
    return tail + 1
  }

  /** Attributes up to the end of the tag, namespaces not yet resolved. Returns the offset of `>` or `/>`. */
  #attributes(from: number, into: XmlAttribute[]): number {
    const source = this.#source
    let at = from
    for (;;) {
      const afterName = at
      while (isSpace(source.charCodeAt(at))) at++
      const code = source.charCodeAt(at)
      if (code === 0x3e || (code === 0x2f && source.charCodeAt(at + 1) === 0x3e)) return at
      if (at === source.length) return this.#fail('xml.unexpected-end', from, { what: '<' })
      if (at === afterName) return this.#fail('xml.bad-tag', at)
      at = this.#attribute(at, into)
      if (at < 0) return -1
      if (into.length > this.#limits.attributesPerElementMax) {
        return this.#exceed('xml.too-many-attributes', this.#limits.attributesPerElementMax, from)
      }
    }
  }

  #attribute(start: number, into: XmlAttribute[]): number {
    const source = this.#source
    const end = this.#qualifiedName(start)
    if (end < 0) return -1
    const colon = this.#colon
    const quoteAt = this.#valueStart(end)
    if (quoteAt < 0) return this.#fail('xml.bad-attribute', start)
    const quote = source.charCodeAt(quoteAt)
    let close = quoteAt + 1
    let isPlain = true
    for (let code = source.charCodeAt(close); code !== quote; code = source.charCodeAt(++close)) {
      if (code === 0x3c) return this.#fail('xml.less-than-in-attribute', close)
      if (code === 0x26 || code < 0x20) isPlain = false
      if (close >= source.length) return this.#fail('xml.unexpected-end', start, { what: '=' })
    }
    const raw = source.slice(quoteAt + 1, close)
    // White space is normalised before references are resolved: `&#10;` stays a line feed.
    const value = isPlain ? raw : this.#resolve(raw.replace(/[\n\t]/g, ' '), quoteAt + 1)
    if (value === undefined) return -1
    const name = source.slice(colon < 0 ? start : colon + 1, end)
    into.push({ prefix: colon < 0 ? '' : source.slice(start, colon), name, namespace: '', value })
    return close + 1
  }

  /** Offset of the quote behind `=`; -1 when the two are not there. */
  #valueStart(nameEnd: number): number {
    const source = this.#source
    let at = nameEnd
    while (isSpace(source.charCodeAt(at))) at++
    if (source.charCodeAt(at) !== 0x3d) return -1
    at++
    while (isSpace(source.charCodeAt(at))) at++
    return source.charCodeAt(at) === 0x22 || source.charCodeAt(at) === 0x27 ? at : -1
  }

  /** The scope of an element: its parent's, with the declarations among its attributes. */
  #bindings(attributes: readonly XmlAttribute[], at: number): Scope | undefined {
    let scope = this.#scope
    for (const { prefix, name, value } of attributes) {
      const isDefault = prefix === '' && name === 'xmlns'
      if (!isDefault && prefix !== 'xmlns') continue
      const bound = isDefault ? '' : name
      if (!mayBind(bound, value)) return this.#refuse('xml.reserved-namespace', at, { prefix: isDefault ? 'xmlns' : `xmlns:${name}` })
      scope = { prefix: bound, namespace: value, outer: scope }
    }
    return scope
  }

  /** Gives prefixed attributes their namespaces and refuses the same attribute twice. */
  #resolveAttributes(attributes: XmlAttribute[], scope: Scope, at: number): boolean {
    for (let index = 0; index < attributes.length; index++) {
      const attribute = attributes[index]!
      const { prefix, name, value } = attribute
      if (prefix !== '' || name === 'xmlns') {
        const namespace = prefix === '' ? xmlnsNamespace : namespaceOf(scope, prefix)
        if (namespace === undefined) return this.#fail('xml.prefix-unbound', at, { prefix }) > 0
        attributes[index] = { prefix, name, namespace, value }
      }
      for (let other = 0; other < index; other++) {
        if (attributes[other]!.name === name && attributes[other]!.namespace === attributes[index]!.namespace) {
          return this.#fail('xml.attribute-twice', at, { name: prefix === '' ? name : `${prefix}:${name}` }) > 0
        }
      }
    }
    return true
  }

  /** End of a name with at most one colon inside, whose offset is left in `#colon`. */
  #qualifiedName(start: number): number {
    let end = nameEnd(this.#source, start)
    this.#colon = -1
    if (end === start) return this.#fail(start < this.#source.length ? 'xml.bad-name' : 'xml.unexpected-end', start, { what: '<' })
    if (this.#source.charCodeAt(end) === 0x3a) {
      this.#colon = end
      const local = end + 1
      end = nameEnd(this.#source, local)
      if (end === local || this.#source.charCodeAt(end) === 0x3a) return this.#fail('xml.bad-name', start)
    }
    return end - start > this.#limits.nameCharactersMax ? this.#exceed('xml.name-too-long', this.#limits.nameCharactersMax, start) : end
  }

  #resolve(raw: string, at: number): string | undefined {
    const resolved = resolveReferences(raw)
    return typeof resolved === 'string' ? resolved : this.#refuse(resolved.code, at + resolved.offset, resolved.args)
  }

  #add(node: XmlNode, next: number): number {
    this.#children.push(node)
    return ++this.#nodeCount > this.#limits.nodesMax ? this.#exceed('xml.too-many-nodes', this.#limits.nodesMax, node.at) : next
  }

  #fail(code: FaultCode, at: number, args: FaultArgs = {}): -1 {
    const { line, column } = positionOf(this.#source, at)
    this.#trouble = fault(code, { at: `${line}:${column}`, args: { line, column, ...args } })
    return -1
  }

  #exceed(code: FaultCode, max: number, at: number): -1 {
    return this.#fail(code, at, { max })
  }

  #refuse(code: FaultCode, at: number, args: FaultArgs = {}): undefined {
    this.#fail(code, at, args)
  }
}
