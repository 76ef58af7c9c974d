// The definitions that R4 publishes itself, out of the generated tables: types as the model has them, extensions, profiles, code systems, value sets.
import { readFileSync } from 'node:fs'
import { r4, r4SearchParameters } from '#formats/fhir/model/r4.ts'
import type { CodeSystemsFile, ConceptRow, ValueSetDefinitionsFile } from '#formats/fhir/model/terminology-tables.ts'
import type { JsonObject } from '#kernel/json.ts'
import { coreRoot, type ElementDefinition } from './definition.ts'
import type { Canonical, DefinitionSource } from './registry.ts'

type ProfilesFile = { readonly profiles: Readonly<Record<string, Raw & { readonly element: readonly ElementDefinition[] }>> }
type Raw = Readonly<Record<string, unknown>>

/** R4 as a source of definitions. Each definition is made when it is first asked for. */
export class CoreDefinitions implements DefinitionSource {
  readonly #made = new Map<string, readonly Canonical[]>()
  #profiles: ProfilesFile['profiles'] | undefined
  #systems: CodeSystemsFile['codeSystems'] | undefined
  #valueSets: ValueSetDefinitionsFile['valueSets'] | undefined

  find(type: string | undefined, url: string): readonly Canonical[] {
    let made = this.#made.get(url)
    if (!made) {
      made = [this.#structure(url), this.#codeSystem(url), this.#valueSet(url), this.#searchParameter(url)].filter(
        found => found !== undefined,
      )
      this.#made.set(url, made)
    }
    return type === undefined ? made : made.filter(resource => resource.resourceType === type)
  }

  /** Loads every table now, so that the first validation does not pay for it. */
  warm(): void {
    this.#tables()
  }

  #tables() {
    this.#profiles ??= (read('profiles') as ProfilesFile).profiles
    this.#systems ??= (read('code-systems') as CodeSystemsFile).codeSystems
    this.#valueSets ??= (read('value-set-definitions') as ValueSetDefinitionsFile).valueSets
    return { profiles: this.#profiles, systems: this.#systems, valueSets: this.#valueSets }
  }

  #structure(url: string): Canonical | undefined {
    const { profiles } = this.#tables()
    const profile = Object.hasOwn(profiles, url) ? profiles[url] : undefined
    if (profile) {
      const { element, ...published } = profile
      const head = { ...published, ...errata[url] }
      return {
        resourceType: 'StructureDefinition',
        url,
        ...head,
        differential: { element: element.map(one => ({ ...one, ...elementErrata[`${url}#${one.path}`] })) },
      } as unknown as Canonical
    }
    return url.startsWith(coreRoot) ? typeDefinition(url.slice(coreRoot.length)) : undefined
  }

  #codeSystem(url: string): Canonical | undefined {
    const { systems } = this.#tables()
    const table = Object.hasOwn(systems, url) ? systems[url] : undefined
    if (!table) return undefined
    const { concept, ...published } = table
    const head = { ...published, ...errata[url] }
    const concepts = concept ? { concept: concept.map(conceptOf) } : {}
    return { resourceType: 'CodeSystem', url, ...head, ...concepts } as unknown as Canonical
  }

  #valueSet(url: string): Canonical | undefined {
    const { valueSets } = this.#tables()
    const table = Object.hasOwn(valueSets, url) ? valueSets[url] : undefined
    return table && ({ resourceType: 'ValueSet', url, ...table } as unknown as Canonical)
  }

  #searchParameter(url: string): Canonical | undefined {
    const root = 'http://hl7.org/fhir/SearchParameter/'
    const parameter = url.startsWith(root) ? r4SearchParameters.byId(url.slice(root.length)) : undefined
    return (
      parameter &&
      ({ ...parameter, resourceType: 'SearchParameter', url, version: r4.version, type: parameter.kind } as unknown as Canonical)
    )
  }
}

/** What R4 publishes of a definition and does not keep itself. */
const errata: Readonly<Record<string, Raw>> = {
  // Published for ElementDefinition.type.code; every definition of R4 has it on ElementDefinition.type (corrected in R5).
  [`${coreRoot}structuredefinition-fhir-type`]: elementContexts('ElementDefinition.type'),
  // Of each, R4's own definitions use it where its context does not let them (corrected in the extensions pack).
  [`${coreRoot}structuredefinition-normative-version`]: elementContexts('CanonicalResource', 'ElementDefinition'),
  [`${coreRoot}regex`]: elementContexts('Questionnaire.item', 'ElementDefinition', 'ElementDefinition.type'),
  [`${coreRoot}valueset-concept-comments`]: elementContexts('ValueSet.compose.include.concept', 'CodeSystem.concept'),
  // HL7 founds and closes work groups without a release of FHIR.
  'http://terminology.hl7.org/CodeSystem/hl7-work-group': { content: 'fragment' },
}

function elementContexts(...expressions: readonly string[]): Raw {
  return { context: expressions.map(expression => ({ type: 'element', expression })) }
}

/** Likewise of one element, by the URL of its definition and its path. */
const elementErrata: Readonly<Record<string, Raw>> = {
  // Required in 4.0.1, which forbids the flow rate beside an oxygen saturation (L/min is not in the set); extensible since R4B.
  [`${coreRoot}vitalsigns#Observation.component.value[x]`]: {
    binding: { strength: 'extensible', valueSet: 'http://hl7.org/fhir/ValueSet/ucum-vitals-common|4.0.1' },
  },
}

/** A type of the model: its elements are the model's, so the definition has neither snapshot nor differential. */
function typeDefinition(name: string): Canonical | undefined {
  const type = r4.type(name)
  if (!type || name.includes('.')) return undefined
  const kinds = { primitive: 'primitive-type', complex: 'complex-type', backbone: 'complex-type', resource: 'resource' } as const
  return {
    resourceType: 'StructureDefinition',
    url: coreRoot + name,
    version: r4.version,
    name,
    status: 'active',
    kind: kinds[type.kind],
    abstract: type.abstract,
    type: name,
    ...(type.base ? { baseDefinition: coreRoot + type.base.name } : {}),
    derivation: 'specialization',
  }
}

function conceptOf([code, display, children, properties]: ConceptRow): JsonObject {
  return {
    code,
    ...(display === '' ? {} : { display }),
    ...(properties ? { property: properties.map(([name, text]) => ({ code: name, valueString: text })) } : {}),
    ...(children && children.length > 0 ? { concept: children.map(conceptOf) } : {}),
  }
}

/** Read as files, not as modules: nothing of this is needed until something is validated. */
function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../generated/r4/${name}.json`, import.meta.url), 'utf8'))
}
