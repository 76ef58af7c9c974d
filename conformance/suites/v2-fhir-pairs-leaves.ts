// Bundles compared by their clinical leaves: identifiers, names, codes, values, units, dates and states, wherever they stand in a resource of their type.

type Json = string | number | boolean | null | Json[] | { [member: string]: Json }
type Resource = { [member: string]: Json }
type Entry = { readonly fullUrl?: string; readonly resource?: Resource }
export type Bundle = { readonly entry?: readonly Entry[] }

/** What names, points or describes is no clinical leaf: texts and displays differ in wording, ids and references are each maker's own. */
const notLeaves = new Set([
  'resourceType',
  'id',
  'meta',
  'text',
  'display',
  'system',
  'url',
  'reference',
  'fullUrl',
  'div',
  'contained',
  'version',
])

/** About the message and its making, not about the patient. */
const notClinical = new Set(['Provenance', 'MessageHeader', 'Device', 'Endpoint', 'Bundle'])

/** `Patient family=EVERYMAN`, each once. */
export function leavesOf({ entry = [] }: Bundle): ReadonlySet<string> {
  const leaves = new Set<string>()
  const named = new Set(entry.flatMap(({ resource }) => (typeOf(resource) === 'Provenance' ? [] : referencesIn(resource ?? {}))))
  for (const { fullUrl = '', resource } of entry) {
    const type = typeOf(resource)
    if (!resource || notClinical.has(type) || (isOwnMark(type) && !isNamed(fullUrl, resource, named))) continue
    collect(resource, '', type, leaves)
  }
  return leaves
}

/** Whoever is named by a Provenance alone is the software that made the bundle. */
function isOwnMark(type: string): boolean {
  return type === 'Organization' || type === 'Practitioner' || type === 'PractitionerRole'
}

function isNamed(fullUrl: string, { resourceType, id }: Resource, named: ReadonlySet<string>): boolean {
  return named.has(fullUrl) || named.has(`${String(resourceType)}/${String(id)}`)
}

function typeOf(resource: Resource | undefined): string {
  return String(resource?.['resourceType'] ?? '')
}

function referencesIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => (name === 'reference' ? [String(inner)] : referencesIn(inner)))
}

function collect(value: Json, member: string, type: string, leaves: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, member, type, leaves)
  else if (typeof value === 'object' && value !== null) {
    if (isPrivateExtension(value)) return
    for (const [name, inner] of Object.entries(value)) if (!notLeaves.has(name)) collect(inner, name, type, leaves)
  } else if (value !== null && value !== '') leaves.add(`${type} ${member}=${plain(String(value))}`)
}

/** Extensions that neither HL7 nor this project defines hold what their maker needs to get his message back. */
function isPrivateExtension({ url }: { [member: string]: Json }): boolean {
  return typeof url === 'string' && /^https?:/.test(url) && !/^http:\/\/(hl7\.org|terminology\.hl7\.org)\//.test(url)
}

/** Times without their zone and fractions of seconds: each maker assumes another zone for times that state none. */
function plain(text: string): string {
  const time = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?$/.exec(text)
  return time ? time[1]! : text.trim()
}
