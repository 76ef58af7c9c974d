// Sections of the body: those of the type, in its order, once each, with a narrative that shows something.
import { attribute, child, children } from '#formats/cda/elements.ts'
import { sectionsIn } from '#formats/cda/read.ts'
import { readText } from '#formats/cda/read-value.ts'
import { type SectionSpec, sectionSpec } from '#formats/cda/spec.ts'
import type { XmlElement } from '#formats/xml/model.ts'
import { type Inspection, shown } from '../inspection.ts'
import { checkEntries } from './entries.ts'

export function checkSections(inspection: Inspection): void {
  const { root, spec } = inspection
  const sections = sectionsIn(root)
  const body = children(root, 'component')[0]
  if (body && sections.length === 0) inspection.error('document.element-missing', body, { name: 'section' })
  const seen = new Map<SectionSpec, XmlElement>()
  let furthest = -1
  for (const section of sections) {
    const known = sectionSpec(spec, saidOf(section))
    checkSection(inspection, section, known)
    if (!spec || !known) continue
    if (seen.has(known)) inspection.error('document.section-repeated', section, { name: known.name })
    seen.set(known, section)
    const at = spec.sections.indexOf(known)
    if (at < furthest) inspection.warning('document.section-order', section, { name: known.name, before: spec.sections[furthest]!.name })
    else furthest = at
  }
  for (const known of spec?.sections ?? []) {
    if (!seen.has(known) && body) inspection.warning('document.section-missing', body, { name: known.name })
  }
}

function checkSection(inspection: Inspection, section: XmlElement, known: SectionSpec | undefined): void {
  const { spec } = inspection
  const said = saidOf(section)
  const name = known?.name ?? said.display ?? said.code ?? ''
  const code = child(section, 'code')
  if (!code) inspection.error('document.element-missing', section, { name: 'code' })
  else if (spec && !known) inspection.warning('document.section-unknown', code, { code: spec.code, name: shown(name) })
  if (readText(child(section, 'text')) === undefined)
    inspection.warning('document.narrative-empty', child(section, 'text') ?? section, { name: shown(name) })
  checkEntries(inspection, section, known, name)
}

function saidOf(section: XmlElement): { code?: string; display?: string } {
  const code = child(section, 'code')
  const said = { code: attribute(code, 'code'), display: attribute(code, 'displayName') }
  return { ...(said.code !== undefined && { code: said.code }), ...(said.display !== undefined && { display: said.display }) }
}
