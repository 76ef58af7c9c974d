// Names of departments: a visit may carry the hospital's own code alone; the Organization that carries it as an identifier tells the name.
import type { JsonObject } from '#kernel/json.ts'
import type { Reader } from '#kernel/ports/storage.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { Filter } from '#kernel/search-plan.ts'
import { resourceOf } from './chart.ts'
import { conceptText, object, objects, referenceText, text } from './element.ts'

/** Name by code; a code without an entry is shown as it is. */
export type Departments = ReadonlyMap<string, string>

/** A page of visits names few departments; the rest keep their codes. */
const codesMax = 60

/** One search for the codes that these Encounters leave without a name. */
export async function departmentsOf(encounters: readonly JsonObject[], reader: Reader): Promise<Result<Departments>> {
  const codes = [...new Set(encounters.flatMap(encounter => bareCode(encounter) ?? []))].slice(0, codesMax)
  if (codes.length === 0) return ok(new Map())
  const found = await reader.search({
    type: 'Organization',
    where: { op: 'or', of: codes.map((code): Filter => ({ op: 'token', param: 'identifier', code })) },
    sort: [],
    count: codesMax * 2,
    total: 'none',
    at: {},
  })
  if (!found.ok) return found
  const names = new Map<string, string>()
  for (const organization of found.value.entries.map(resourceOf))
    for (const identifier of objects(organization['identifier'])) names.set(text(identifier['value']), text(organization['name']))
  return ok(new Map(codes.flatMap(code => (names.get(code) ? [[code, names.get(code)!]] : []))))
}

export function departmentOf(encounter: JsonObject, known: Departments): string {
  const code = bareCode(encounter)
  return (code && known.get(code)) || conceptText(encounter['serviceType']) || referenceText(encounter['serviceProvider'])
}

/** The sender's own code, where it came without words; a national subject beside it is broader than the department. */
function bareCode(encounter: JsonObject): string | undefined {
  const service = object(encounter['serviceType'])
  const own = objects(service['coding'])[0]
  return text(service['text']) === '' && own && text(own['display']) === '' ? text(own['code']) || undefined : undefined
}
