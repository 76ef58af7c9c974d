// Building and reading the elements of CDA: small words that writer, reader and checker share.
import { attributeOf, childElement, childElements, type XmlElement, xmlText } from '../xml/model.ts'
import { cdaNamespace, xsiNamespace } from './vocabulary.ts'

export type Attributes = Readonly<Record<string, string | undefined>>

/** An element with attributes; undefined children are left out, so that what is absent needs no branch. */
export function element(name: string, attributes: Attributes = {}, ...children: readonly (XmlElement | string | undefined)[]): XmlElement {
  const made: XmlElement = { kind: 'element', prefix: '', name, namespace: cdaNamespace, attributes: [], children: [], at: 0 }
  for (const key in attributes) {
    const value = attributes[key]
    if (value !== undefined) made.attributes.push({ prefix: '', name: key, namespace: '', value })
  }
  for (const child of children) if (child !== undefined) made.children.push(typeof child === 'string' ? xmlText(child) : child)
  return made
}

/** An element with `xsi:type` before its other attributes. */
export function typedElement(
  name: string,
  type: string,
  attributes: Attributes,
  ...children: readonly (XmlElement | string | undefined)[]
): XmlElement {
  const made = element(name, attributes, ...children)
  made.attributes.unshift({ prefix: 'xsi', name: 'type', namespace: xsiNamespace, value: type })
  return made
}

export function optional<T>(value: T | undefined, write: (value: T) => XmlElement): XmlElement | undefined {
  return value === undefined ? undefined : write(value)
}

/** The first child of that name, whatever follows; undefined for an absent parent too, so that paths can be chained. */
export function child(parent: XmlElement | undefined, ...names: readonly string[]): XmlElement | undefined {
  let found = parent
  for (const name of names) found = found && childElement(found, name, cdaNamespace)
  return found
}

export function children(parent: XmlElement | undefined, name: string): XmlElement[] {
  return parent ? childElements(parent, name, cdaNamespace) : []
}

/** An attribute without the white space around it; undefined when it is absent or empty. */
export function attribute(parent: XmlElement | undefined, name: string, namespace = ''): string | undefined {
  const value = parent && attributeOf(parent, name, namespace)?.trim()
  return value === '' ? undefined : value
}

/** The local part of `xsi:type`. */
export function typeOf(value: XmlElement): string | undefined {
  return attribute(value, 'type', xsiNamespace)?.replace(/^.*:/, '')
}
