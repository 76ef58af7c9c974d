// Writing a tree as XML: what was read comes out the same, what was made by hand comes out well-formed or not at all.
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { characterName, forbiddenAt, nameEnd } from './characters.ts'
import { type XmlAttribute, type XmlDocument, type XmlElement, type XmlNode, xmlnsNamespace } from './model.ts'
import { mayBind, namespaceOf, outermostScope, type Scope } from './namespaces.ts'

export type XmlWriteOptions = {
  /** Writes `<?xml version="1.0" encoding="…"?>` and a line end first; none when undefined. */
  readonly encoding?: string
}

/**
 * Writes a document or an element. Elements and attributes whose prefix does not mean their namespace where they stand get the xmlns declaration they lack.
 * @returns fault `xml.unwritable` for names, characters, comments and instructions that no XML can hold
 */
export function writeXml(what: XmlDocument | XmlElement, options: XmlWriteOptions = {}): Result<string> {
  const writer = new Writer()
  if (options.encoding) writer.text += `<?xml version="1.0" encoding="${options.encoding}"?>\n`
  for (const node of 'kind' in what ? [what] : what.nodes) writer.write(node)
  if (writer.trouble === undefined) {
    const forbidden = forbiddenAt(writer.text)
    if (forbidden < 0) return ok(writer.text)
    writer.trouble = characterName(writer.text.codePointAt(forbidden)!)
  }
  return failed(fault('xml.unwritable', { args: { what: writer.trouble } }))
}

/** An element whose children are being written. */
type Frame = { readonly element: XmlElement; readonly scope: Scope; readonly endTag: string; next: number }

class Writer {
  text = ''
  trouble: string | undefined
  /** Names found good before: a document has few. */
  readonly #names = new Set<string>()

  /** Not recursive: a tree made by hand may be of any depth. */
  write(node: XmlNode): void {
    if (node.kind !== 'element') return this.#leaf(node)
    const open: Frame[] = []
    this.#startTag(node, outermostScope, open)
    for (let frame = open.at(-1); frame; frame = open.at(-1)) {
      const child = frame.element.children[frame.next++]
      if (child === undefined) this.text += open.pop()!.endTag
      else if (child.kind === 'element') this.#startTag(child, frame.scope, open)
      else this.#leaf(child)
    }
  }

  #startTag(element: XmlElement, outer: Scope, open: Frame[]): void {
    const { scope, attributes } = needsDeclaration(element, outer)
      ? withDeclarations(element, outer)
      : { scope: outer, attributes: element.attributes }
    const name = this.#name(element.prefix, element.name)
    let tag = `<${name}`
    for (const { prefix, name: local, namespace, value } of attributes) {
      if (namespace === xmlnsNamespace) {
        if (!mayBind(prefix === '' ? '' : local, value)) this.trouble ??= `xmlns:${local}`
      } else if (prefix === '' && namespace !== '') this.trouble ??= `{${namespace}}${local}`
      tag += ` ${this.#name(prefix, local)}="${escapeAttribute(value)}"`
    }
    const isEmpty = element.children.length === 0
    this.text += isEmpty ? `${tag}/>` : `${tag}>`
    if (!isEmpty) open.push({ element, scope, endTag: `</${name}>`, next: 0 })
  }

  #leaf(node: Exclude<XmlNode, XmlElement>): void {
    switch (node.kind) {
      case 'text':
        this.text += node.cdata && !/]]>|\r/.test(node.text) ? `<![CDATA[${node.text}]]>` : escapeText(node.text)
        break
      case 'comment':
        if (/--|-$|\r/.test(node.text)) this.trouble ??= `<!--${node.text.slice(0, 40)}-->`
        this.text += `<!--${node.text}-->`
        break
      case 'instruction':
        if (/\?>|^[ \t\n]|\r/.test(node.text) || node.target.toLowerCase() === 'xml') this.trouble ??= `<?${node.target}`
        this.text += `<?${this.#name('', node.target)}${node.text === '' ? '' : ` ${node.text}`}?>`
    }
  }

  #name(prefix: string, local: string): string {
    const name = prefix === '' ? local : `${prefix}:${local}`
    if (this.#names.has(name)) return name
    if (!isName(local) || (prefix !== '' && !isName(prefix))) this.trouble ??= JSON.stringify(name)
    this.#names.add(name)
    return name
  }
}

/** Most elements declare nothing and use what is declared around them. */
function needsDeclaration(element: XmlElement, outer: Scope): boolean {
  if (namespaceOf(outer, element.prefix) !== element.namespace) return true
  for (const { prefix, namespace } of element.attributes) {
    if (namespace === xmlnsNamespace || (prefix !== '' && namespaceOf(outer, prefix) !== namespace)) return true
  }
  return false
}

/** The attributes of an element with the declarations it needs, and what its prefixes mean then. */
function withDeclarations(element: XmlElement, outer: Scope): { scope: Scope; attributes: readonly XmlAttribute[] } {
  let scope = outer
  for (const { prefix, name, namespace, value } of element.attributes) {
    if (namespace === xmlnsNamespace) scope = { prefix: prefix === '' ? '' : name, namespace: value, outer: scope }
  }
  let added: XmlAttribute[] | undefined
  const need = (prefix: string, namespace: string): void => {
    if (namespaceOf(scope, prefix) === namespace) return
    scope = { prefix, namespace, outer: scope }
    const declaration = prefix === '' ? { prefix: '', name: 'xmlns' } : { prefix: 'xmlns', name: prefix }
    added ??= []
    added.push({ ...declaration, namespace: xmlnsNamespace, value: namespace })
  }
  need(element.prefix, element.namespace)
  for (const { prefix, namespace } of element.attributes) if (prefix !== '' && namespace !== xmlnsNamespace) need(prefix, namespace)
  return { scope, attributes: added ? [...added, ...element.attributes] : element.attributes }
}

function isName(text: string): boolean {
  return text !== '' && nameEnd(text, 0) === text.length
}

/** `>` is escaped too: `]]>` must not stand in text, and readers of any age take `&gt;`. CR is a reference, or reading would make it LF. */
function escapeText(text: string): string {
  return /[<>&\r]/.test(text) ? text.replace(/[<>&\r]/g, character => textReferences[character]!) : text
}

function escapeAttribute(value: string): string {
  return /[<&"\t\n\r]/.test(value) ? value.replace(/[<&"\t\n\r]/g, character => attributeReferences[character]!) : value
}

const textReferences: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '\r': '&#13;' }
const attributeReferences: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '&': '&amp;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}
