// Author, custodian, signers and participants: each with a name, a number under the right root, and the time it concerns.
import { attribute, child, children } from '#formats/cda/elements.ts'
import { readText } from '#formats/cda/read-value.ts'
import { isEmptyName } from '#formats/cda/tolerance.ts'
import type { XmlElement } from '#formats/xml/model.ts'
import { idRoots } from '#kernel/oid.ts'
import { type Inspection, shown } from '../inspection.ts'
import { requiredChild } from './header-order.ts'
import { checkExtension, checkName } from './patient.ts'
import { checkTime } from './times.ts'

export function checkPeople(inspection: Inspection): void {
  const { root } = inspection
  for (const author of children(root, 'author')) checkAuthor(inspection, author)
  for (const custodian of children(root, 'custodian')) checkCustodian(inspection, custodian)
  for (const name of ['legalAuthenticator', 'authenticator']) for (const signer of children(root, name)) checkSigner(inspection, signer)
  for (const participant of children(root, 'participant')) checkParticipant(inspection, participant)
}

function checkAuthor(inspection: Inspection, author: XmlElement): void {
  const time = requiredChild(inspection, author, 'time')
  if (time) checkTime(inspection, time)
  const assigned = requiredChild(inspection, author, 'assignedAuthor')
  if (!assigned) return
  checkId(inspection, requiredChild(inspection, assigned, 'id'), idRoots.staffAuthor)
  checkName(inspection, child(assigned, 'assignedPerson', 'name'), assigned, 'author')
}

function checkCustodian(inspection: Inspection, custodian: XmlElement): void {
  const organization = child(custodian, 'assignedCustodian', 'representedCustodianOrganization')
  if (!organization) return inspection.error('document.element-missing', custodian, { name: 'representedCustodianOrganization' })
  const id = requiredChild(inspection, organization, 'id')
  if (id) checkRoot(inspection, id, idRoots.organization)
  if (id && attribute(id, 'extension') === undefined) inspection.error('document.number-empty', id, { name: 'custodian' }, 'extension')
  if (readText(child(organization, 'name')) === undefined) inspection.warning('document.element-missing', organization, { name: 'name' })
}

function checkSigner(inspection: Inspection, signer: XmlElement): void {
  const time = child(signer, 'time')
  if (time) checkTime(inspection, time)
  const entity = requiredChild(inspection, signer, 'assignedEntity')
  if (!entity) return
  checkId(inspection, child(entity, 'id'), idRoots.staffEntity)
  checkName(inspection, child(entity, 'assignedPerson', 'name'), entity, signer.name)
  const role = attribute(child(entity, 'code'), 'displayName')
  if (role === undefined || isEmptyName(role)) inspection.error('document.role-missing', child(entity, 'code') ?? entity, {}, 'displayName')
}

function checkParticipant(inspection: Inspection, participant: XmlElement): void {
  if (attribute(participant, 'typeCode') === undefined)
    inspection.error('document.attribute-wrong', participant, { name: 'typeCode', expected: 'PRF', found: '' }, 'typeCode')
  const entity = requiredChild(inspection, participant, 'associatedEntity')
  const id = child(entity, 'id')
  if (id) checkExtension(inspection, id)
}

function checkId(inspection: Inspection, id: XmlElement | undefined, expected: string): void {
  if (!id || attribute(id, 'nullFlavor') !== undefined) return
  checkRoot(inspection, id, expected)
  checkExtension(inspection, id)
}

function checkRoot(inspection: Inspection, id: XmlElement, expected: string): void {
  const root = attribute(id, 'root')
  if (root !== expected) inspection.error('document.oid-wrong', id, { name: 'id', expected, found: shown(root ?? '') }, 'root')
}
