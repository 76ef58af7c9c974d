// The header of a definition filled from resources: numbers, patient, people, encounter.
import type { CdaEncounter, CdaId, CdaOrganization, CdaParticipation, CdaPatient, CdaTime } from '#formats/cda/model.ts'
import { ageAt } from '#formats/cda/time.ts'
import { xmlSafe } from '#formats/cda/write.ts'
import type { Expression } from '#formats/fhir/fhirpath/expression.ts'
import { idRoots } from '#kernel/oid.ts'
import type { Institution } from '#kernel/ports/documents.ts'
import type {
  EncounterDefinition,
  HeaderDefinition,
  IdDefinition,
  PatientDefinition,
  PersonDefinition,
  StaffDefinition,
} from '../language/definition.ts'
import { textOf, timeOf } from './convert.ts'
import { type Filling, fillTime } from './fill-entry.ts'
import type { Focus, PathRunner } from './path-runner.ts'

export type FilledHeader = {
  readonly patient: CdaPatient
  readonly authors: readonly CdaParticipation[]
  readonly custodian: CdaOrganization
  readonly legalAuthenticator?: CdaParticipation
  readonly authenticators: readonly CdaParticipation[]
  readonly participants: readonly CdaParticipation[]
  readonly encounter?: CdaEncounter
}

/** `clinicalTime` (TS) is what the age is counted to. */
export function fillHeader(
  definition: HeaderDefinition,
  custodian: Institution,
  clinicalTime: string | undefined,
  filling: Filling,
): FilledHeader {
  const { run, coder } = filling
  const hospital: CdaOrganization = { id: { root: idRoots.organization, extension: custodian.code }, name: custodian.name }
  const { patientType, legalAuthenticator, encounter: visit } = definition
  const people = (person: PersonDefinition, root: string) => fillPersons(person, definition.staff, root, run)
  const author = people(definition.author, idRoots.staffAuthor)[0]
  const signer = legalAuthenticator && people(legalAuthenticator, idRoots.staffEntity)[0]
  const encounter = visit && fillEncounter(visit, hospital, run)
  const kind = patientType && coder.codeOf(run.all(patientType.value, run.root), patientType)
  return {
    patient: {
      ids: fillIds(definition.ids, run.root, run),
      ...(kind && { patientType: kind }),
      ...fillPatient(definition.patient, clinicalTime, filling),
    },
    authors: [author ?? {}],
    custodian: hospital,
    ...(signer && { legalAuthenticator: signer }),
    authenticators: definition.authenticators.flatMap(person => people(person, idRoots.staffEntity)),
    participants: definition.participants.flatMap(person =>
      people(person, idRoots.staffEntity).map(one => withinHospital(one, person, hospital)),
    ),
    ...(encounter && { encounter }),
  }
}

function fillIds(definitions: readonly IdDefinition[], focus: Focus, run: PathRunner): CdaId[] {
  return definitions.flatMap(({ root, value }) => [...new Set(texts(value, focus, run))].map(extension => ({ root, extension })))
}

function texts(path: Expression | undefined, focus: Focus, run: PathRunner): string[] {
  return run.all(path, focus).flatMap(found => textOf(found) ?? [])
}

function text(path: Expression | undefined, focus: Focus, run: PathRunner): string | undefined {
  return texts(path, focus, run)[0]
}

function fillPatient(
  definition: PatientDefinition,
  clinicalTime: string | undefined,
  { run, coder }: Filling,
): Omit<CdaPatient, 'ids' | 'patientType'> {
  const [patient] = run.lead(definition.of, run.root)
  if (!patient) return { personIds: [] }
  const name = text(definition.name, patient, run)
  const sex = definition.sex && coder.codeOf(run.all(definition.sex.value, patient), definition.sex)
  const birthTime = timeOf(run.first(definition.birthTime, patient))?.value
  const age = definition.age && birthTime && clinicalTime ? ageAt(birthTime, clinicalTime) : undefined
  const telecom = text(definition.telecom, patient, run)
  const address = definition.address.flatMap(part =>
    texts(part.value, patient, run)
      .slice(0, 1)
      .map(words => ({ name: part.name, text: words })),
  )
  return {
    personIds: fillIds(definition.ids, patient, run),
    ...(name !== undefined && { name }),
    ...(sex && { sex }),
    ...(birthTime !== undefined && { birthTime }),
    ...(age && { age }),
    ...(telecom !== undefined && { telecom }),
    ...(address.length > 0 && { address }),
  }
}

/** Everybody a path of References names, each person once. */
function fillPersons(definition: PersonDefinition, staff: StaffDefinition, root: string, run: PathRunner): CdaParticipation[] {
  const moment = timeOf(run.first(definition.time, run.root))?.value
  const time: CdaTime | undefined =
    moment === undefined ? undefined : { value: definition.precision === 'day' ? moment.slice(0, 8) : moment }
  const seen = new Set<string>()
  return run.lead(definition.who, run.root).flatMap(reference => {
    const number = text(staff.id, reference, run)
    const name = text(staff.name, reference, run)
    const key = `${number ?? ''} ${name ?? ''}`
    if ((number === undefined && name === undefined) || seen.has(key)) return []
    seen.add(key)
    const organization = fillOrganization(staff, reference, run)
    return [
      {
        ...(time && { time }),
        ...(number !== undefined && { id: { root, extension: number } }),
        ...(definition.role !== undefined && { role: xmlSafe(definition.role) }),
        ...(name !== undefined && { name }),
        ...(organization && { organization }),
      },
    ]
  })
}

function fillOrganization({ organization }: StaffDefinition, reference: Focus, run: PathRunner): CdaOrganization | undefined {
  const [unit] = organization ? run.lead(organization.of, reference) : []
  if (!organization || !unit) return undefined
  return organizationOf(idRoots.department, text(organization.id, unit, run), text(organization.name, unit, run))
}

function organizationOf(root: string, number: string | undefined, name: string | undefined): CdaOrganization | undefined {
  if (number === undefined && name === undefined) return undefined
  return { ...(number !== undefined && { id: { root, extension: number } }), ...(name !== undefined && { name }) }
}

/** The department of a participant stands within the hospital; without one the hospital itself asked. */
function withinHospital(one: CdaParticipation, { typeCode, classCode }: PersonDefinition, hospital: CdaOrganization): CdaParticipation {
  const organization = one.organization ? { ...one.organization, within: hospital } : hospital
  return { ...one, ...(typeCode !== undefined && { typeCode }), ...(classCode !== undefined && { classCode }), organization }
}

/** Without an encounter the header still says which hospital it was. */
function fillEncounter(definition: EncounterDefinition, hospital: CdaOrganization, run: PathRunner): CdaEncounter {
  const [encounter] = run.lead(definition.of, run.root)
  if (!encounter) return { time: { nullFlavor: 'UNK' }, location: hospital }
  const levels = definition.places.flatMap(({ root, of, id, name }) => {
    const [place] = run.lead(of, encounter)
    return (place && organizationOf(root, text(id, place, run), text(name, place, run))) ?? []
  })
  const [id] = definition.id ? fillIds([definition.id], encounter, run) : []
  return {
    ...(id && { id }),
    time: fillTime(definition.time, encounter, run) ?? { nullFlavor: 'UNK' },
    location: levels.reduceRight<CdaOrganization>((within, level) => ({ ...level, within }), hospital),
  }
}
