// Codes of a document: of the expected system, in its table, with the table's words; what others write and mean the same is told, not condemned.
import { attribute } from '#formats/cda/elements.ts'
import { isEmptyWord, otherCodeForm, usualSystem } from '#formats/cda/tolerance.ts'
import type { XmlElement } from '#formats/xml/model.ts'
import { type Inspection, shown } from '../inspection.ts'

/** Only national tables have words that every document must repeat. */
const national = '2.16.156.10011.'

/** A coded element; `system` is the OID it must be of, undefined when any known one will do. */
export function checkCode(inspection: Inspection, element: XmlElement, system: string | undefined): void {
  if (attribute(element, 'nullFlavor') !== undefined) return
  const code = attribute(element, 'code')
  const stated = attribute(element, 'codeSystem')
  if (code === undefined) return inspection.error('document.code-missing', element, {}, 'code')
  const name = attribute(element, 'displayName')
  // NA alone says nothing; NA 钠 is sodium.
  if (isEmptyWord(code) && (name === undefined || isEmptyWord(name)))
    return inspection.warning('document.empty-word', element, { found: code }, 'code')
  const usual = stated === undefined ? system : usualSystem(stated)
  if (system !== undefined && usual !== system) {
    return inspection.error(
      'document.oid-wrong',
      element,
      { name: element.name, expected: system, found: shown(stated ?? '') },
      'codeSystem',
    )
  }
  if (stated !== undefined && usual !== stated) {
    inspection.warning('document.system-variant', element, { found: stated, expected: usual! }, 'codeSystem')
  }
  if (usual !== undefined) checkTable(inspection, element, usual, code)
}

function checkTable(inspection: Inspection, element: XmlElement, system: string, code: string): void {
  const { book } = inspection.tools
  const checked = book.validateCode(system, code)
  if (!checked.ok) {
    if (checked.fault.code !== 'terminology.code-unknown') return
    const other = otherCodeForm(code)
    if (other !== undefined && book.validateCode(system, other).ok) {
      return inspection.warning('document.code-variant', element, { found: code, expected: other }, 'code')
    }
    return inspection.error('document.code-unknown', element, { system, code: shown(code) }, 'code')
  }
  const display = attribute(element, 'displayName')
  if (display === undefined || !system.startsWith(national)) return
  const worded = book.validateCode(system, code, display)
  if (worded.ok || worded.fault.code !== 'terminology.display-wrong') return
  const expected = book.display(system, code) ?? ''
  inspection.warning('document.display-wrong', element, { code: shown(code), expected, found: shown(display) }, 'displayName')
}
