// An XML document as a tree in document order: namespaces resolved, prefixes and xmlns declarations kept, mixed content as it stands.

export type XmlNode = XmlElement | XmlText | XmlComment | XmlInstruction

export type XmlElement = {
  readonly kind: 'element'
  /** `''` when there is none. */
  readonly prefix: string
  /** Local name. */
  readonly name: string
  /** `''` when there is none. */
  readonly namespace: string
  /** In the order written, xmlns declarations among them (prefix `xmlns`, or name `xmlns` for the default). */
  readonly attributes: XmlAttribute[]
  readonly children: XmlNode[]
  /** Offset in the text that was read, as in every node; `positionOf` makes line and column of it. 0 in trees made by hand. */
  readonly at: number
}

export type XmlAttribute = { readonly prefix: string; readonly name: string; readonly namespace: string; readonly value: string }

/** `cdata` tells how it was written; the text is the same either way. */
export type XmlText = { readonly kind: 'text'; readonly text: string; readonly cdata: boolean; readonly at: number }

export type XmlComment = { readonly kind: 'comment'; readonly text: string; readonly at: number }

export type XmlInstruction = { readonly kind: 'instruction'; readonly target: string; readonly text: string; readonly at: number }

export type XmlDocument = {
  /** The root with the comments and instructions around it. */
  readonly nodes: readonly XmlNode[]
  readonly root: XmlElement
  /** The text that was read, line ends as LF: what `at` counts in. */
  readonly source: string
}

/** Namespace names that are bound from the start. */
export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'
export const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/'

/** Value of an attribute by local name and namespace; undefined when it is absent. */
export function attributeOf(element: XmlElement, name: string, namespace = ''): string | undefined {
  for (const attribute of element.attributes) if (attribute.name === name && attribute.namespace === namespace) return attribute.value
  return undefined
}

export function childElements(element: XmlElement, name?: string, namespace = element.namespace): XmlElement[] {
  return element.children.filter((child): child is XmlElement => isNamed(child, name, namespace))
}

export function childElement(element: XmlElement, name: string, namespace = element.namespace): XmlElement | undefined {
  return element.children.find((child): child is XmlElement => isNamed(child, name, namespace))
}

/** All text inside, in document order, as XPath's string value. */
export function textOf(node: XmlNode): string {
  if (node.kind === 'text') return node.text
  if (node.kind !== 'element') return ''
  // Not recursive: a tree made by hand may be deeper than the reader allows.
  let text = ''
  const open: XmlNode[] = [...node.children].reverse()
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.kind === 'text') text += next.text
    else if (next.kind === 'element') for (let at = next.children.length - 1; at >= 0; at--) open.push(next.children[at]!)
  }
  return text
}

/** An element made by hand, in the namespace of its prefix; the writer adds the xmlns declarations that are missing. */
export function xmlElement(
  name: string,
  namespace: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  children: readonly (XmlNode | string)[] = [],
  prefix = '',
): XmlElement {
  const written: XmlAttribute[] = []
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined) written.push({ prefix: '', name: attribute, namespace: '', value })
  }
  const nodes = children.map(child => (typeof child === 'string' ? xmlText(child) : child))
  return { kind: 'element', prefix, name, namespace, attributes: written, children: nodes, at: 0 }
}

export function xmlText(text: string): XmlText {
  return { kind: 'text', text, cdata: false, at: 0 }
}

/** Line and column, both from 1, columns in UTF-16 units. */
export function positionOf(source: string, at: number): { readonly line: number; readonly column: number } {
  let line = 1
  let start = 0
  for (let end = source.indexOf('\n'); end >= 0 && end < at; end = source.indexOf('\n', start)) {
    line++
    start = end + 1
  }
  return { line, column: at - start + 1 }
}

function isNamed(node: XmlNode, name: string | undefined, namespace: string): node is XmlElement {
  return node.kind === 'element' && (name === undefined || (node.name === name && node.namespace === namespace))
}
