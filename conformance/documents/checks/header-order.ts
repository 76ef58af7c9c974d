// The header's elements: each in its place, none twice that may stand once, none missing that the standard or the type wants.

import { children } from '#formats/cda/elements.ts'
import { headerOrder } from '#formats/cda/vocabulary.ts'
import type { XmlElement } from '#formats/xml/model.ts'
import type { Inspection } from '../inspection.ts'

const place = new Map(headerOrder.map(({ name }, i) => [name, i]))

export function checkHeaderOrder(inspection: Inspection): void {
  const { root } = inspection
  let furthest = -1
  for (const node of root.children) {
    if (node.kind !== 'element') continue
    const at = place.get(node.name)
    if (at === undefined) inspection.error('document.element-unknown', node, { name: node.name })
    else if (at < furthest) inspection.error('document.element-order', node, { name: node.name, before: headerOrder[furthest]!.name })
    else furthest = at
  }
  for (const { name, min, max } of headerOrder) {
    const found = children(root, name)
    // Some writers put the sections straight into components of their own: the checks of sections speak of that.
    if (found.length > max && name !== 'component') inspection.error('document.element-repeated', found[1]!, { name })
    if (found.length < min) inspection.error('document.element-missing', root, { name })
    else if (found.length === 0 && wanted(inspection, name)) inspection.warning('document.element-missing', root, { name })
  }
}

/** Parts that documents of the type have; a replacement is named only where there is one. */
function wanted({ spec }: Inspection, name: string): boolean {
  return name !== 'relatedDocument' && (spec?.header.includes(name) ?? false)
}

export function requiredChild(inspection: Inspection, parent: XmlElement, name: string): XmlElement | undefined {
  const [found] = children(parent, name)
  if (!found) inspection.error('document.element-missing', parent, { name })
  return found
}
