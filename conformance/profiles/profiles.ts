// The project's own profiles (profiling.html): StructureDefinitions and ValueSets for Chinese hospital data, written as YAML with no word that can be derived.
import { readdirSync, readFileSync } from 'node:fs'
import { parseAllDocuments } from 'yaml'
import { r4 } from '#formats/fhir/model/r4.ts'
import { canonicalRoot } from '#kernel/canonical.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'

const directory = new URL('./definitions/', import.meta.url)
const core = 'http://hl7.org/fhir/StructureDefinition/'
const version = '0.1.0'

/** `structureUrl('cn-patient')` */
export function structureUrl(id: string): string {
  return `${canonicalRoot}/StructureDefinition/${id}`
}

/** The profile that describes resources of a type where nothing more particular does; undefined for types without one. */
export const profileOfType: ReadonlyMap<string, string> = new Map(
  [
    ['AllergyIntolerance', 'cn-allergy'],
    ['Condition', 'cn-condition'],
    ['Coverage', 'cn-coverage'],
    ['DiagnosticReport', 'cn-report'],
    ['DocumentReference', 'cn-shared-document'],
    ['Encounter', 'cn-encounter'],
    ['MedicationRequest', 'cn-medication-request'],
    ['Observation', 'cn-observation'],
    ['Organization', 'cn-organization'],
    ['Patient', 'cn-patient'],
    ['Practitioner', 'cn-practitioner'],
    ['Procedure', 'cn-procedure'],
    ['RelatedPerson', 'cn-related-person'],
    ['ServiceRequest', 'cn-service-request'],
    ['Specimen', 'cn-specimen'],
  ].map(([type, id]) => [type!, structureUrl(id!)]),
)

/** All of them, as FHIR resources; made anew at each call. A mistake in a file is a bug of the project and throws. */
export function profileDefinitions(): readonly JsonObject[] {
  return readdirSync(directory)
    .filter(name => name.endsWith('.yaml'))
    .sort()
    .flatMap(name => parseAllDocuments(readFileSync(new URL(name, directory), 'utf8')))
    .map(document => document.toJS() as Written | null)
    .flatMap(written => (written === null ? [] : ['include' in written ? valueSet(written) : structure(written)]))
}

/** URLs of the profiles on each resource type. */
export function profilesByType(): ReadonlyMap<string, readonly string[]> {
  const onResources = profileDefinitions().filter(({ kind }) => kind === 'resource')
  const grouped = Map.groupBy(onResources, ({ type }) => String(type))
  return new Map([...grouped].map(([type, list]) => [type, list.map(({ url }) => String(url))]))
}

type Written = JsonObject & { readonly id: string; readonly title: string }

/** `id`, `type`, `title` and `element` (each named by its id) make a differential; `base` is another profile of this folder. */
function structure({ id, type, title, base, element, ...more }: Written): JsonObject {
  const isExtension = type === 'Extension'
  const elements = (element as JsonObject[]).map(elementOf)
  return {
    resourceType: 'StructureDefinition',
    id,
    url: structureUrl(id),
    version,
    name: nameOf(id),
    title,
    status: 'active',
    publisher: '汇联 Huilian',
    ...more,
    fhirVersion: r4.version,
    kind: r4.isResourceType(type) ? 'resource' : 'complex-type',
    abstract: false,
    type,
    baseDefinition: base === undefined ? `${core}${String(type)}` : structureUrl(String(base)),
    derivation: 'constraint',
    differential: { element: isExtension ? withUrl(elements, id) : elements },
  }
}

function elementOf({ id, ...rules }: JsonObject): JsonObject {
  const name = String(id)
  const last = name.slice(name.lastIndexOf('.') + 1)
  const colon = last.indexOf(':')
  const constraint = (rules['constraint'] as JsonObject[] | undefined)?.map(one => ({ severity: 'error', ...one }))
  const binding = rules['binding'] as JsonObject | undefined
  return {
    id: name,
    path: name.replace(/:[^.]+/g, ''),
    ...(colon < 0 ? {} : { sliceName: last.slice(colon + 1) }),
    ...rules,
    ...(constraint ? { constraint } : {}),
    ...(binding ? { binding: { ...binding, valueSet: `${canonicalRoot}/ValueSet/${String(binding['valueSet'])}` } } : {}),
    ...(rules['type'] ? { type: (rules['type'] as JsonObject[]).map(typeOf) } : {}),
  }
}

/** Profiles of this folder are named by their id. */
function typeOf(type: JsonObject): JsonObject {
  const own = type['profile'] as readonly string[] | undefined
  return own ? { ...type, profile: own.map(id => structureUrl(id)) } : type
}

/** An extension's own url, in the order of the type: before its value. */
function withUrl(elements: readonly JsonObject[], id: string): JsonObject[] {
  const value = elements.findIndex(({ path }) => path === 'Extension.value[x]')
  const url = { id: 'Extension.url', path: 'Extension.url', fixedUri: structureUrl(id) }
  return elements.toSpliced(value < 0 ? elements.length : value, 0, url)
}

/** `include` lists code systems, each as a whole. */
function valueSet({ id, title, include, ...more }: Written): JsonObject {
  return {
    resourceType: 'ValueSet',
    id,
    url: `${canonicalRoot}/ValueSet/${id}`,
    version,
    name: nameOf(id),
    title,
    status: 'active',
    publisher: '汇联 Huilian',
    ...more,
    compose: { include: (include as string[]).map(system => ({ system })) as JsonValue[] },
  }
}

/** `cn-lab-report` is the name `CnLabReport`. */
function nameOf(id: string): string {
  return id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())
}
