// What a document says it is: realm, template, number, type, title, time, version (WS/T 500: 文档活动类信息).
import { attribute, child, children } from '#formats/cda/elements.ts'
import { readText } from '#formats/cda/read-value.ts'
import { cdaTypeId, hl7Systems } from '#formats/cda/vocabulary.ts'
import type { XmlElement } from '#formats/xml/model.ts'
import { codeRoots, idRoots } from '#kernel/oid.ts'
import { type Inspection, shown } from '../inspection.ts'
import { checkTime } from './times.ts'

const numberLength = { min: 32, max: 36 }

export function checkIdentity(inspection: Inspection): void {
  const { root, spec } = inspection
  const part = (name: string, check: (element: XmlElement) => void) => {
    const found = child(root, name)
    if (found) check(found)
  }
  part('realmCode', element => inspection.expect(element, 'code', 'CN'))
  part('typeId', element => {
    inspection.expect(element, 'root', cdaTypeId.root)
    inspection.expect(element, 'extension', cdaTypeId.extension)
  })
  part('id', element => checkNumber(inspection, element))
  part('code', element => checkType(inspection, element))
  part('title', element => checkTitle(inspection, element))
  part('effectiveTime', element => checkMade(inspection, element))
  part('confidentialityCode', element => inspection.expect(element, 'codeSystem', hl7Systems.confidentiality))
  part('languageCode', element => inspection.expect(element, 'code', 'zh-CN'))
  part('versionNumber', element => checkVersion(inspection, element))
  const templates = children(root, 'templateId')
  if (spec && templates.length > 0 && !templates.some(template => attribute(template, 'root') === spec.templateRoot)) {
    inspection.expect(templates[0]!, 'root', spec.templateRoot)
  }
}

function checkNumber(inspection: Inspection, id: XmlElement): void {
  inspection.expect(id, 'root', idRoots.document)
  const { length } = attribute(id, 'extension') ?? ''
  if (length < numberLength.min || length > numberLength.max) inspection.error('document.number-length', id, { length }, 'extension')
}

function checkType(inspection: Inspection, code: XmlElement): void {
  inspection.expect(code, 'codeSystem', codeRoots.documentType)
  if (!inspection.spec) inspection.error('document.type-unknown', code, { code: shown(attribute(code, 'code') ?? '') }, 'code')
}

function checkTitle(inspection: Inspection, title: XmlElement): void {
  const { spec } = inspection
  const found = readText(title) ?? ''
  if (!spec || found === spec.title) return
  const args = { expected: spec.title, found: shown(found) }
  if (spec.otherTitles.includes(found)) inspection.warning('document.title-other', title, args)
  else inspection.error('document.title-wrong', title, args)
}

function checkMade(inspection: Inspection, time: XmlElement): void {
  const value = attribute(time, 'value') ?? ''
  if (checkTime(inspection, time) && value.replace(/[+-]\d{4}$/, '').length < 14) {
    inspection.error('document.time-imprecise', time, { found: shown(value) }, 'value')
  }
}

/** Templates leave it empty; what is said must be a number. */
function checkVersion(inspection: Inspection, version: XmlElement): void {
  const value = attribute(version, 'value')
  if (value !== undefined && !/^[1-9]\d{0,8}$/.test(value))
    inspection.error('document.version-invalid', version, { found: shown(value) }, 'value')
}
