// What all validations of one validator share: definitions, codes, and the programs compiled from them, each once.
import type { Model, TypeDefinition } from '#formats/fhir/model/model.ts'
import { r4 } from '#formats/fhir/model/r4.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { AskedCode, Codes, Membership } from '#kernel/ports/codes.ts'
import { LocalCodes } from './codes/local.ts'
import { compileValueSet } from './codes/value-set.ts'
import type { Raw } from './definitions/definition.ts'
import type { Definitions } from './definitions/registry.ts'
import { ProfilePrograms } from './profile/profiles.ts'
import { TypePrograms } from './program/type-program.ts'
import { walkObject } from './walk/by-type.ts'
import type { Run } from './walk/run.ts'
import { Surroundings } from './walk/surroundings.ts'

type Standing = { readonly isValueSet: boolean; readonly isSupplement: boolean }

const systemsMax = 10_000

/** The types of R4 are the same in every world. */
const typePrograms = new TypePrograms(r4)

export class World {
  readonly model: Model = r4
  readonly definitions: Definitions
  readonly codes: Codes
  readonly types = typePrograms
  readonly profiles: ProfilePrograms
  readonly #systems = new Map<string, Standing>()
  readonly extensionType: TypeDefinition = r4.type('Extension')!

  constructor(definitions: Definitions, codes: Codes) {
    this.definitions = definitions
    this.codes = codes
    this.profiles = new ProfilePrograms(definitions, r4)
  }

  /** A resource and the profiles it declares; `run.scope` is already its own. */
  walkResource(resource: Raw, run: Run): void {
    const name = resource['resourceType']
    if (name === undefined) return run.error('validator.resource-type-missing')
    const type = this.model.isResourceType(name) ? this.model.type(name) : undefined
    if (!type) return run.error('validator.resource-type', { found: String(name) })
    walkObject(resource, this.types.of(type), run)
    if (run.settings.declaredProfiles) for (const url of declaredProfiles(resource)) this.declared(url, resource, type, run)
  }

  /** A resource inside another: contained, in an entry, in a parameter. The trail stands on its element. */
  walkInnerResource(resource: Raw, member: string, parent: Raw, run: Run): void {
    const isContained = member === 'contained'
    if (isContained && !run.settings.contained) return
    const outer = run.scope
    const place = isContained ? { isContained } : outer.entryOf(parent)
    run.trail.push(resource)
    const own = new Surroundings(resource, outer, place)
    run.places.set(resource, own)
    run.inside(own, () => this.walkResource(resource, run))
    run.trail.pop()
  }

  /** Runs a check of a resource that the walk has met, where it stands. */
  insideOf(resource: object, run: Run, check: () => void): void {
    const own = run.places.get(resource)
    if (own && own !== run.scope) run.inside(own, check)
    else check()
  }

  /** Holds a value against a profile by its URL. */
  applyProfile(url: string, value: Raw, type: TypeDefinition, run: Run): void {
    const profile = this.profiles.find(url)
    if (!profile) return run.error('validator.profile-unknown', { profile: url })
    profile.applyTo(value, type, run)
  }

  declared(url: string, resource: Raw, type: TypeDefinition, run: Run): void {
    const profile = this.profiles.find(url)
    if (profile) return profile.applyTo(resource, type, run)
    if (url !== `http://hl7.org/fhir/StructureDefinition/${type.name}`) run.warning('validator.profile-unknown', { profile: url })
  }

  /** For conformsTo(); null when nobody knows the structure. */
  conforms(url: string, value: Raw, typeName: string, run: Run): boolean | null {
    const type = this.model.type(typeName)
    const profile = this.profiles.find(url)
    if (!profile) return url === `http://hl7.org/fhir/StructureDefinition/${typeName}` ? true : null
    if (!type || typeof value !== 'object') return false
    return run.meets(value, url, () => profile.applyTo(value, type, run))
  }

  /** Membership in a value set that a resource contains. */
  membershipIn(valueSet: Raw, asked: AskedCode): Membership {
    return compileValueSet(valueSet as JsonObject, new LocalCodes(this.definitions))(asked)
  }

  isValueSet(url: string): boolean {
    return this.#standingOf(url).isValueSet
  }

  isSupplement(url: string): boolean {
    return this.#standingOf(url).isSupplement
  }

  /** What else the system of a coding is, remembered: data ask again and again about the same few. */
  #standingOf(url: string): Standing {
    let standing = this.#systems.get(url)
    if (!standing) {
      const isValueSet = this.definitions.find('ValueSet', url) !== undefined
      standing = { isValueSet, isSupplement: this.definitions.find('CodeSystem', url)?.['content'] === 'supplement' }
      if (this.#systems.size < systemsMax) this.#systems.set(url, standing)
    }
    return standing
  }

  /** For slice(); null when nobody knows the structure or its slice. */
  inSlice(url: string, name: string, value: Raw, typeName: string, run: Run): boolean | null {
    const type = this.model.type(typeName)
    const profile = this.profiles.find(url)
    return profile && type ? profile.inSlice(name, value, type, run) : null
  }
}

export function declaredProfiles(resource: Raw): readonly string[] {
  const list = (resource['meta'] as Raw | null | undefined)?.['profile']
  return Array.isArray(list) ? list.filter(url => typeof url === 'string') : []
}
