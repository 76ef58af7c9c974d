// Other records of the same person: merged into this one, this one merged into them, or linked as the same.
import type { JsonObject } from '#kernel/json.ts'
import { ok, type Result } from '#kernel/result.ts'
import { object as shape, string } from '#platform/http/schema.ts'
import { type Chart, resourceOf } from './chart.ts'
import { firstText, nameText, objects, referenceId, text } from './element.ts'
import { identifiersOf } from './identifiers.ts'

export const otherSchema = shape({ id: string, name: string, 'birthDate?': string, sex: string, number: string })

type Other = ReturnType<typeof otherOf>
type Others = { readonly mergedInto: Other | undefined; readonly merged: readonly Other[]; readonly linked: readonly Other[] }

export async function othersOf(chart: Chart): Promise<Result<Others>> {
  const links = objects(chart.patient['link']).flatMap(link => {
    const id = referenceId(link['other'], 'Patient')
    return id === undefined ? [] : [{ id, type: text(link['type']) }]
  })
  const ids = [...new Set([...links.map(link => link.id), ...chart.ids.slice(1)])]
  const read = await chart.reader.read(ids.map(id => ({ type: 'Patient', id })))
  if (!read.ok) return read
  const known = new Map(
    read.value.flatMap(stored => (stored && stored.op !== 'delete' ? [[stored.id, otherOf(resourceOf(stored))] as const] : [])),
  )
  const pick = (wanted: readonly string[]) => wanted.flatMap(id => known.get(id) ?? [])
  const ofType = (...types: readonly string[]) => links.filter(link => types.includes(link.type)).map(link => link.id)
  return ok({
    mergedInto: pick(ofType('replaced-by'))[0],
    merged: pick(chart.ids.slice(1)),
    linked: pick(ofType('seealso', 'refer').filter(id => !chart.ids.includes(id))),
  })
}

function otherOf(patient: JsonObject) {
  return {
    id: text(patient['id']),
    name: nameText(objects(patient['name'])[0]),
    birthDate: firstText(patient, 'birthDate') || undefined,
    sex: text(patient['gender']),
    number: recordNumberOf(patient),
  }
}

/** The hospital's record number; else the first number there is, masked when it is a personal one. */
export function recordNumberOf(patient: JsonObject): string {
  const numbers = identifiersOf(patient, false)
  return (numbers.find(({ label }) => label === 'MR') ?? numbers[0])?.value ?? ''
}
