// The header of a definition: patient, numbers, people, encounter. What a document does not say itself is taken from the common header.
import { idRoots } from '#kernel/oid.ts'
import type { Entry } from '../../language/entry.ts'
import type {
  EncounterDefinition,
  HeaderDefinition,
  IdDefinition,
  PatientDefinition,
  PersonDefinition,
  PlaceDefinition,
  StaffDefinition,
} from './definition.ts'
import { readCoded, readTime } from './read-coded.ts'
import { type Reading, readLead, readPath, readWord, requiredPath } from './reading.ts'

const members = ['ids', 'patient', 'patientType', 'author', 'legalAuthenticator', 'authenticators', 'participants', 'encounter']

/** `own` and `common` are the two `header` entries; paths start from the type `root`. */
export function readHeader(
  own: Entry | undefined,
  common: Entry | undefined,
  staff: Entry | undefined,
  root: string,
  reading: Reading,
): HeaderDefinition | undefined {
  for (const header of [own, common]) header?.allow(members)
  const part = (name: string) => own?.get(name) ?? common?.get(name)
  const patient = readPatient(part('patient'), root, reading)
  const author = readPerson(part('author'), root)
  const persons = readStaff(staff)
  if (!patient || !author || !persons) {
    own?.wrong('a header needs `patient`, `author` and, in the common file, `staff`')
    return undefined
  }
  return {
    ids: readIds(part('ids'), root),
    patient,
    patientType: readCoded(part('patientType'), root, reading),
    author,
    legalAuthenticator: readPerson(part('legalAuthenticator'), root),
    authenticators: (part('authenticators')?.items() ?? []).flatMap(person => readPerson(person, root) ?? []),
    participants: (part('participants')?.items() ?? []).flatMap(person => readPerson(person, root) ?? []),
    encounter: readEncounter(part('encounter'), root),
    staff: persons,
  }
}

function readIds(entry: Entry | undefined, type: string): IdDefinition[] {
  return (entry?.members() ?? []).flatMap(([root, path]) => {
    const value = readPath(path, type)
    return isRoot(root, path) && value ? [{ root: idRoots[root], value }] : []
  })
}

function isRoot(name: string, entry: Entry): name is keyof typeof idRoots {
  if (Object.hasOwn(idRoots, name)) return true
  entry.wrong(`${name} is no kind of number: ${Object.keys(idRoots).join(', ')}`)
  return false
}

function readPatient(entry: Entry | undefined, root: string, reading: Reading): PatientDefinition | undefined {
  entry?.allow(['of', 'ids', 'name', 'sex', 'birthTime', 'age', 'telecom', 'address'])
  const lead = readLead(entry?.get('of'), root)
  if (!entry || !lead) return undefined
  const { path: of, type } = lead
  const name = requiredPath(entry, 'name', type)
  return (
    name && {
      of,
      ids: readIds(entry.get('ids'), type),
      name,
      sex: readCoded(entry.get('sex'), type, reading),
      birthTime: readPath(entry.get('birthTime'), type),
      age: entry.get('age')?.flag() ?? false,
      telecom: readPath(entry.get('telecom'), type),
      address: (entry.get('address')?.members() ?? []).flatMap(([part, path]) => {
        const value = readPath(path, type)
        return value ? [{ name: part, value }] : []
      }),
    }
  )
}

function readPerson(entry: Entry | undefined, root: string): PersonDefinition | undefined {
  if (!entry) return undefined
  entry.allow(['who', 'role', 'time', 'precision', 'typeCode', 'classCode'])
  const who = requiredPath(entry, 'who', root)
  if (who && who.resultType !== 'Reference') entry.wrong('`who` must lead to References')
  return (
    who && {
      who,
      role: entry.get('role')?.text(),
      time: readPath(entry.get('time'), root),
      precision: readWord(entry.get('precision'), ['second', 'day']),
      typeCode: entry.get('typeCode')?.text(),
      classCode: entry.get('classCode')?.text(),
    }
  )
}

function readStaff(entry: Entry | undefined): StaffDefinition | undefined {
  if (!entry) return undefined
  entry.allow(['id', 'name', 'organization'])
  const id = requiredPath(entry, 'id', 'Reference')
  const name = requiredPath(entry, 'name', 'Reference')
  const organization = entry.get('organization')
  const lead = readLead(organization?.get('of'), 'Reference')
  return (
    id &&
    name && {
      id,
      name,
      organization: lead && {
        of: lead.path,
        id: readPath(organization?.get('id'), lead.type),
        name: readPath(organization?.get('name'), lead.type),
      },
    }
  )
}

function readEncounter(entry: Entry | undefined, root: string): EncounterDefinition | undefined {
  if (!entry) return undefined
  entry.allow(['of', 'id', 'time', 'places'])
  const lead = readLead(entry.get('of'), root)
  const time = lead && readTime(entry.get('time'), lead.type)
  if (!lead || !time) return undefined
  return {
    of: lead.path,
    id: readIds(entry.get('id'), lead.type)[0],
    time,
    places: (entry.get('places')?.items() ?? []).flatMap(place => readPlace(place, lead.type) ?? []),
  }
}

function readPlace(entry: Entry, type: string): PlaceDefinition | undefined {
  entry.allow(['root', 'of', 'id', 'name'])
  const root = entry.get('root')?.text() ?? ''
  const lead = readLead(entry.get('of'), type)
  if (!isRoot(root, entry) || !lead) return undefined
  return { root: idRoots[root], of: lead.path, id: readPath(entry.get('id'), lead.type), name: readPath(entry.get('name'), lead.type) }
}
