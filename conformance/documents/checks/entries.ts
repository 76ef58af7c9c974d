// Entries of a section: every data element belongs there, has a value of its type, and times that make sense.
import { attribute, child, children } from '#formats/cda/elements.ts'
import { entryDepthMax } from '#formats/cda/limits.ts'
import { actsIn, holdersIn } from '#formats/cda/read-entry.ts'
import type { ElementSpec, SectionSpec } from '#formats/cda/spec.ts'
import type { XmlElement } from '#formats/xml/model.ts'
import { codeRoots } from '#kernel/oid.ts'
import { type Inspection, shown } from '../inspection.ts'
import { checkInterval } from './times.ts'
import { checkValue } from './values.ts'

const dataElement = /^(?:DE|HDSD|HSDB)\d/

export function checkEntries(inspection: Inspection, section: XmlElement, known: SectionSpec | undefined, name: string): void {
  const met = new Set<string>()
  for (const entry of children(section, 'entry')) {
    const acts = actsIn(entry)
    if (acts.length === 0) inspection.error('document.entry-empty', entry)
    for (const act of acts) checkAct(inspection, act, { known, name, met }, 1)
  }
  for (const { code, required, name: title } of known?.elements ?? []) {
    if (required && !met.has(code))
      inspection.warning('document.data-element-missing', section, { section: name, element: code, name: title ?? '' })
  }
}

type Within = { readonly known: SectionSpec | undefined; readonly name: string; readonly met: Set<string> }

function checkAct(inspection: Inspection, act: XmlElement, within: Within, depth: number): void {
  if (depth > entryDepthMax) return inspection.warning('document.too-deep', act, { max: entryDepthMax })
  checkInterval(inspection, child(act, 'effectiveTime'))
  if (act.name === 'observation') checkObservation(inspection, act, within)
  for (const holder of holdersIn(act)) for (const inner of actsIn(holder)) checkAct(inspection, inner, within, depth + 1)
}

function checkObservation(inspection: Inspection, observation: XmlElement, within: Within): void {
  const code = child(observation, 'code')
  const element = attribute(code, 'code')
  if (!code) return inspection.error('document.element-missing', observation, { name: 'code' })
  if (element === undefined || !dataElement.test(element)) return checkValue(inspection, observation, undefined)
  within.met.add(element)
  const system = attribute(code, 'codeSystem')
  if (system !== undefined && system !== codeRoots.dataElement && element.startsWith('DE')) {
    inspection.error('document.oid-wrong', code, { name: 'code', expected: codeRoots.dataElement, found: shown(system) }, 'codeSystem')
  }
  checkValue(inspection, observation, specOf(inspection, code, element, within))
}

/** What the catalogue says of the element in this section; where it belongs elsewhere, that is found. */
function specOf(inspection: Inspection, code: XmlElement, element: string, { known, name }: Within): ElementSpec | undefined {
  const { spec } = inspection
  if (!spec) return undefined
  const here = known?.elements.find(one => one.code === element)
  if (here) return here
  const other = spec.sections.find(section => section.elements.some(one => one.code === element))
  if (!other) inspection.error('document.data-element-unknown', code, { code: spec.code, element: shown(element) }, 'code')
  else inspection.warning('document.data-element-elsewhere', code, { element, expected: other.name, section: shown(name) }, 'code')
  return other?.elements.find(one => one.code === element)
}
