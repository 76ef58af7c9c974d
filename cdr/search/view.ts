// `_elements` and `_summary` (search.html#elements, #summary): a part of a resource, marked SUBSETTED. The only answers that walk a stored body.
import { r4 } from '#formats/fhir/model/r4.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import type { Controls } from './controls.ts'

type Keep = (element: { readonly name: string; readonly isSummary: boolean; readonly min: number }) => boolean

const subsetted = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' }
const always: ReadonlySet<string> = new Set(['resourceType', 'id', 'meta'])

export type View = (resource: JsonObject) => JsonObject

/** Undefined when the whole resource is asked for. */
export function viewOf(controls: Pick<Controls, 'summary' | 'elements'>): View | undefined {
  const { summary, elements } = controls
  if (elements.length > 0) return resource => elementsOf(resource, elements)
  if (summary === 'true') return resource => partOf(resource, String(resource['resourceType']), element => element.isSummary, true)
  if (summary === 'text') return resource => partOf(resource, String(resource['resourceType']), e => e.name === 'text' || e.min > 0, false)
  if (summary === 'data') return resource => partOf(resource, String(resource['resourceType']), element => element.name !== 'text', false)
  return undefined
}

/** Elements that must be there are shown whether asked for or not. */
function elementsOf(resource: JsonObject, elements: readonly string[]): JsonObject {
  const type = String(resource['resourceType'])
  const wanted = new Set(
    elements.flatMap(name => (!name.includes('.') ? [name] : name.startsWith(`${type}.`) ? [name.slice(type.length + 1)] : [])),
  )
  return partOf(resource, type, element => wanted.has(element.name) || element.min > 0, false)
}

function partOf(resource: JsonObject, type: string, keep: Keep, deep: boolean): JsonObject {
  const part = filtered(resource, type, keep, deep)
  const meta = (resource['meta'] ?? {}) as JsonObject
  const tags = Array.isArray(meta['tag']) ? meta['tag'] : []
  return { ...part, meta: { ...meta, tag: [...tags, subsetted] } }
}

/** Summary elements of backbone elements are chosen as those of the resource are; data types are shown whole. */
function filtered(object: JsonObject, type: string, keep: Keep, deep: boolean): JsonObject {
  const members = r4.type(type)?.members
  const part: JsonObject = {}
  for (const name in object) {
    const member = members?.get(name.startsWith('_') ? name.slice(1) : name)
    if (!always.has(name) && !(member && keep(member.element))) continue
    const inner = deep && member && r4.type(member.type.code)?.kind === 'backbone' ? member.type.code : undefined
    part[name] = inner ? mapped(object[name], item => filtered(item, inner, keep, deep)) : object[name]
  }
  return part
}

function mapped(value: JsonValue | undefined, change: (item: JsonObject) => JsonObject): JsonValue | undefined {
  if (Array.isArray(value)) return value.map(item => change(item as JsonObject))
  return value === undefined ? undefined : change(value as JsonObject)
}
