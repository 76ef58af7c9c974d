// The header of a shared document as XML, part by part in the order of the schema (WS/T 500: 文档头).
import type { XmlElement } from '../xml/model.ts'
import { element, optional } from './elements.ts'
import type { CdaDocument, CdaEncounter, CdaOrganization, CdaParent, CdaParticipation, CdaPatient } from './model.ts'
import { cdaTypeId } from './vocabulary.ts'
import { writeCode, writeId, writeTime } from './write-value.ts'

const person = { classCode: 'PSN', determinerCode: 'INSTANCE' }
const organization = { classCode: 'ORG', determinerCode: 'INSTANCE' }

export function writeHeader(document: CdaDocument): (XmlElement | undefined)[] {
  return [
    element('realmCode', { code: 'CN' }),
    element('typeId', cdaTypeId),
    ...document.templateRoots.map(root => element('templateId', { root })),
    writeId(document.id),
    writeCode('code', document.code),
    element('title', {}, document.title),
    element('effectiveTime', { value: document.effectiveTime }),
    writeCode('confidentialityCode', document.confidentiality),
    element('languageCode', { code: document.language }),
    optional(document.setId, id => writeId(id, 'setId')),
    optional(document.version, value => element('versionNumber', { value })),
    writeRecordTarget(document.patient),
    ...document.authors.map(writeAuthor),
    writeCustodian(document.custodian),
    optional(document.legalAuthenticator, signer => writeSigner('legalAuthenticator', signer)),
    ...document.authenticators.map(signer => writeSigner('authenticator', signer)),
    ...document.participants.map(writeParticipant),
    optional(document.replaces, writeRelatedDocument),
    optional(document.encounter, writeEncounter),
  ]
}

function writeRecordTarget(patient: CdaPatient): XmlElement {
  const inner = element(
    'patient',
    person,
    ...patient.personIds.map(id => writeId(id)),
    nameOf(patient.name),
    optional(patient.sex, code => writeCode('administrativeGenderCode', code)),
    optional(patient.birthTime, value => element('birthTime', { value })),
    optional(patient.age, ({ value, unit }) => element('age', { unit, value })),
  )
  const role = element(
    'patientRole',
    { classCode: 'PAT' },
    ...patient.ids.map(id => writeId(id)),
    optional(patient.patientType, code => element('patientType', {}, writeCode('patienttypeCode', code))),
    optional(patient.address, parts => element('addr', { use: 'H' }, ...parts.map(({ name, text }) => element(name, {}, text)))),
    optional(patient.telecom, value => element('telecom', { value })),
    inner,
  )
  return element('recordTarget', { typeCode: 'RCT', contextControlCode: 'OP' }, role)
}

/** A name that is not known is said to be so: the schema wants one. */
function nameOf(text: string | undefined): XmlElement {
  return text === undefined ? element('name', { nullFlavor: 'UNK' }) : element('name', {}, text)
}

function writeAuthor({ time, id, name, organization: employer }: CdaParticipation): XmlElement {
  const assigned = element(
    'assignedAuthor',
    { classCode: 'ASSIGNED' },
    writeId(id ?? { nullFlavor: 'UNK' }),
    element('assignedPerson', {}, nameOf(name)),
    optional(employer, unit => writeOrganization('representedOrganization', unit)),
  )
  return element('author', { typeCode: 'AUT', contextControlCode: 'OP' }, writeTime('time', time ?? { nullFlavor: 'UNK' }), assigned)
}

function writeCustodian(custodian: CdaOrganization): XmlElement {
  const represented = writeOrganization('representedCustodianOrganization', custodian)
  return element('custodian', { typeCode: 'CST' }, element('assignedCustodian', { classCode: 'ASSIGNED' }, represented))
}

/** Who verified is known, an electronic signature is not on file: `signatureCode` says so. */
function writeSigner(name: string, signer: CdaParticipation): XmlElement {
  const entity = element(
    'assignedEntity',
    {},
    writeId(signer.id ?? { nullFlavor: 'UNK' }),
    optional(signer.role, displayName => element('code', { displayName })),
    element('assignedPerson', person, nameOf(signer.name)),
  )
  return element(name, {}, writeTime('time', signer.time ?? { nullFlavor: 'UNK' }), element('signatureCode', { nullFlavor: 'NI' }), entity)
}

function writeParticipant({ typeCode, classCode, time, id, role, name, organization: scope }: CdaParticipation): XmlElement {
  const entity = element(
    'associatedEntity',
    { classCode },
    optional(id, number => writeId(number)),
    optional(role, displayName => element('code', { displayName })),
    optional(name, text => element('associatedPerson', {}, element('name', {}, text))),
    optional(scope, unit => writeOrganization('scopingOrganization', unit)),
  )
  return element(
    'participant',
    { typeCode },
    optional(time, at => writeTime('time', at)),
    entity,
  )
}

function writeRelatedDocument({ id, setId, version }: CdaParent): XmlElement {
  const parent = element(
    'parentDocument',
    {},
    writeId(id),
    optional(setId, set => writeId(set, 'setId')),
    optional(version, value => element('versionNumber', { value })),
  )
  return element('relatedDocument', { typeCode: 'RPLC' }, parent)
}

function writeEncounter({ id, code, time, location }: CdaEncounter): XmlElement {
  const facility = optional(location, place =>
    element('location', {}, element('healthCareFacility', {}, element('serviceProviderOrganization', {}, writeWhole(place)))),
  )
  const encounter = element(
    'encompassingEncounter',
    {},
    optional(id, number => writeId(number)),
    optional(code, kind => writeCode('code', kind)),
    writeTime('effectiveTime', time),
    facility,
  )
  return element('componentOf', {}, encounter)
}

function writeOrganization(name: string, { id, name: text, within }: CdaOrganization): XmlElement {
  const attributes = name === 'scopingOrganization' || name === 'representedOrganization' ? {} : organization
  return element(
    name,
    attributes,
    optional(id, number => writeId(number)),
    optional(text, words => element('name', {}, words)),
    optional(within, writeWhole),
  )
}

function writeWhole(whole: CdaOrganization): XmlElement {
  return element('asOrganizationPartOf', { classCode: 'PART' }, writeOrganization('wholeOrganization', whole))
}
