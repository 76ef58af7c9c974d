// The value of a data element: of the type the catalogue says, well formed for that type, in its value domain.
import { attribute, child, typeOf } from '#formats/cda/elements.ts'
import { readText } from '#formats/cda/read-value.ts'
import type { ElementSpec } from '#formats/cda/spec.ts'
import { isEmptyWord } from '#formats/cda/tolerance.ts'
import type { XmlElement } from '#formats/xml/model.ts'
import { type Inspection, shown } from '../inspection.ts'
import { checkCode } from './codes.ts'
import { checkTime } from './times.ts'

const number = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** Kinds of a type that say the same. */
const kin: Readonly<Record<string, readonly string[]>> = {
  CD: ['CE', 'CV', 'CO', 'CS'],
  ST: ['ED', 'SC'],
  REAL: ['PQ', 'INT'],
  INT: ['REAL'],
  TS: ['IVL_TS'],
}

/** `spec` is undefined for what the catalogue does not have: then only the form is looked at. */
export function checkValue(inspection: Inspection, observation: XmlElement, spec: ElementSpec | undefined): void {
  const value = child(observation, 'value')
  const element = attribute(child(observation, 'code'), 'code') ?? ''
  if (!value) {
    if (spec && !hasInner(observation)) inspection.warning('document.value-missing', observation, { element })
    return
  }
  const type = typeOf(value)
  if (spec?.type !== undefined && type !== spec.type && !kin[spec.type]?.includes(type ?? '')) {
    inspection.error('document.value-type', value, { element, expected: spec.type, found: shown(type ?? '') }, 'xsi:type')
  }
  if (attribute(value, 'nullFlavor') !== undefined) return
  if (saysNothing(value)) return inspection.warning('document.value-missing', value, { element })
  checks[type ?? '']?.(inspection, value, spec)
}

/** A statement whose facts stand in statements of their own. */
function hasInner(observation: XmlElement): boolean {
  return child(observation, 'entryRelationship') !== undefined
}

function saysNothing(value: XmlElement): boolean {
  const stated = ['value', 'code'].some(name => attribute(value, name) !== undefined)
  return !stated && readText(value) === undefined && !child(value, 'low') && !child(value, 'high')
}

type Check = (inspection: Inspection, value: XmlElement, spec: ElementSpec | undefined) => void

const checks: Readonly<Record<string, Check>> = {
  ST: checkWords,
  CD: (inspection, value, spec) => checkCode(inspection, value, spec?.system),
  CE: (inspection, value, spec) => checkCode(inspection, value, spec?.system),
  PQ: (inspection, value) => {
    checkForm(inspection, value, 'PQ', number)
    if (attribute(value, 'unit') === undefined) inspection.warning('document.unit-missing', value, { type: 'PQ' }, 'unit')
  },
  REAL: (inspection, value) => checkForm(inspection, value, 'REAL', number),
  MO: (inspection, value) => checkForm(inspection, value, 'MO', number),
  INT: (inspection, value) => checkForm(inspection, value, 'INT', /^[+-]?\d+$/),
  BL: (inspection, value) => checkForm(inspection, value, 'BL', /^(?:true|false)$/),
  TS: (inspection, value) => void checkTime(inspection, value),
}

function checkWords(inspection: Inspection, value: XmlElement): void {
  const text = readText(value) ?? ''
  if (isEmptyWord(text)) inspection.warning('document.empty-word', value, { found: text })
  else if (text === '无') inspection.note('document.empty-word', value, { found: text })
}

function checkForm(inspection: Inspection, value: XmlElement, type: string, form: RegExp): void {
  const text = attribute(value, 'value') ?? ''
  if (form.test(text)) return
  if (isEmptyWord(text)) inspection.warning('document.empty-word', value, { found: text }, 'value')
  else inspection.error('document.value-invalid', value, { type, found: shown(text) }, 'value')
}
