// The header of a shared document out of XML: patient, author, signers, participants, encounter. What is missing or empty is absent.
import type { XmlElement } from '../xml/model.ts'
import { attribute, child, children } from './elements.ts'
import type { CdaAddressPart, CdaEncounter, CdaId, CdaOrganization, CdaParent, CdaParticipation, CdaPatient } from './model.ts'
import { readCode, readId, readText, readTime, stated } from './read-value.ts'

export function readPatient(recordTarget: XmlElement | undefined): CdaPatient {
  const role = child(recordTarget, 'patientRole')
  const patient = child(role, 'patient')
  const age = child(patient, 'age')
  const years = attribute(age, 'value')
  return {
    ids: idsOf(role),
    personIds: idsOf(patient),
    ...stated<Partial<CdaPatient>>({
      patientType: readCode(child(role, 'patientType', 'patienttypeCode')),
      address: readAddress(child(role, 'addr')),
      telecom: attribute(child(role, 'telecom'), 'value'),
      name: readText(child(patient, 'name')),
      sex: readCode(child(patient, 'administrativeGenderCode')),
      birthTime: attribute(child(patient, 'birthTime'), 'value'),
      age: years === undefined ? undefined : { value: years, unit: attribute(age, 'unit') ?? '' },
    }),
  }
}

function idsOf(parent: XmlElement | undefined): CdaId[] {
  return children(parent, 'id').flatMap(id => readId(id) ?? [])
}

function readAddress(address: XmlElement | undefined): CdaAddressPart[] | undefined {
  const parts = (address?.children ?? []).flatMap(node => {
    const text = node.kind === 'element' ? readText(node) : undefined
    return node.kind === 'element' && text !== undefined ? [{ name: node.name, text }] : []
  })
  return parts.length > 0 ? parts : undefined
}

export function readAuthor(author: XmlElement): CdaParticipation {
  const assigned = child(author, 'assignedAuthor')
  return {
    ...stated<CdaParticipation>({
      time: readTime(child(author, 'time')),
      id: readId(child(assigned, 'id')),
      name: readText(child(assigned, 'assignedPerson', 'name')),
      organization: readOrganization(child(assigned, 'representedOrganization')),
    }),
  }
}

export function readSigner(signer: XmlElement): CdaParticipation {
  const entity = child(signer, 'assignedEntity')
  return {
    ...stated<CdaParticipation>({
      time: readTime(child(signer, 'time')),
      id: readId(child(entity, 'id')),
      role: attribute(child(entity, 'code'), 'displayName'),
      name: readText(child(entity, 'assignedPerson', 'name')),
    }),
  }
}

export function readParticipant(participant: XmlElement): CdaParticipation {
  const entity = child(participant, 'associatedEntity')
  return {
    ...stated<CdaParticipation>({
      typeCode: attribute(participant, 'typeCode'),
      classCode: attribute(entity, 'classCode'),
      time: readTime(child(participant, 'time')),
      id: readId(child(entity, 'id')),
      role: attribute(child(entity, 'code'), 'displayName'),
      name: readText(child(entity, 'associatedPerson', 'name')),
      organization: readOrganization(child(entity, 'scopingOrganization')),
    }),
  }
}

/** Organizations one within the other, as deep as they go; levels that say nothing are left out. */
export function readOrganization(organization: XmlElement | undefined): CdaOrganization | undefined {
  const levels: CdaOrganization[] = []
  for (let level = organization; level; level = child(level, 'asOrganizationPartOf', 'wholeOrganization')) {
    const said = stated<CdaOrganization>({ id: readId(child(level, 'id')), name: readText(child(level, 'name')), within: undefined })
    if (said) levels.push(said)
  }
  return levels.reduceRight<CdaOrganization | undefined>((within, level) => ({ ...level, ...(within && { within }) }), undefined)
}

export function readParent(parent: XmlElement | undefined): CdaParent | undefined {
  const id = readId(child(parent, 'id'))
  if (!id) return undefined
  return {
    id,
    ...stated<Partial<CdaParent>>({ setId: readId(child(parent, 'setId')), version: attribute(child(parent, 'versionNumber'), 'value') }),
  }
}

export function readEncounter(encounter: XmlElement | undefined): CdaEncounter | undefined {
  if (!encounter) return undefined
  const facility = child(encounter, 'location', 'healthCareFacility', 'serviceProviderOrganization')
  return {
    time: readTime(child(encounter, 'effectiveTime')) ?? {},
    ...stated<Partial<CdaEncounter>>({
      id: readId(child(encounter, 'id')),
      code: readCode(child(encounter, 'code')),
      location: readOrganization(facility),
    }),
  }
}
