// Data types of CDA as XML: identifiers, codes, times, values (HL7 v3 data types R1).
import type { XmlElement } from '../xml/model.ts'
import { element, optional, typedElement } from './elements.ts'
import type { CdaBound, CdaCode, CdaId, CdaTime, CdaValue } from './model.ts'

export function writeId(id: CdaId, name = 'id'): XmlElement {
  return element(name, { root: id.root, extension: id.extension, nullFlavor: id.nullFlavor })
}

export function writeCode(name: string, code: CdaCode): XmlElement {
  return element(name, codeAttributes(code), originalText(code))
}

function codeAttributes({ code, system, systemName, display, nullFlavor }: CdaCode) {
  return { code, codeSystem: system, codeSystemName: systemName, displayName: display, nullFlavor }
}

function originalText({ original }: CdaCode): XmlElement | undefined {
  return optional(original, text => element('originalText', {}, text))
}

export function writeTime(name: string, { value, low, high, nullFlavor }: CdaTime): XmlElement {
  if (low === undefined && high === undefined) return element(name, { value, nullFlavor })
  return element(
    name,
    {},
    optional(low, start => element('low', { value: start })),
    optional(high, end => element('high', { value: end })),
  )
}

export function writeValue(name: string, value: CdaValue): XmlElement {
  const { type, nullFlavor } = value
  if (value.code)
    return typedElement(name, type, codeAttributes({ ...value.code, ...(nullFlavor && { nullFlavor }) }), originalText(value.code))
  if (value.low || value.high) return typedElement(name, type, {}, ...writeBounds(value))
  if (value.text !== undefined) return typedElement(name, type, { nullFlavor }, value.text)
  const unit = type === 'MO' ? { currency: value.unit } : { unit: value.unit }
  return typedElement(name, type, { value: value.value, ...unit, nullFlavor })
}

export function writeBounds({ low, high }: { readonly low?: CdaBound; readonly high?: CdaBound }): (XmlElement | undefined)[] {
  return [optional(low, bound => element('low', { ...bound })), optional(high, bound => element('high', { ...bound }))]
}
