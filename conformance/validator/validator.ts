// The FHIR R4 validator (validation.html): every StructureDefinition compiled once into a program, every resource walked once.
import { fault } from '#kernel/fault.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Codes } from '#kernel/ports/codes.ts'
import type { Finding, ValidationMode, Validator as ValidatorPort } from '#kernel/ports/validator.ts'
import { LocalCodes } from './codes/local.ts'
import { CoreDefinitions } from './definitions/core.ts'
import type { ElementDefinition } from './definitions/definition.ts'
import { type DefinitionSource, DefinitionStore, Definitions } from './definitions/registry.ts'
import { snapshotOf } from './profile/snapshot.ts'
import { defaultSettings, type ValidatorSettings } from './settings.ts'
import { readJsonText } from './source/json.ts'
import { readXmlText } from './source/xml.ts'
import { isError } from './walk/findings.ts'
import { Run } from './walk/run.ts'
import { Surroundings } from './walk/surroundings.ts'
import { World } from './world.ts'

export type ValidatorOptions = {
  /** Definitions that lie over R4's own, the first that knows a URL answers: what a tenant stores, then packages. */
  readonly definitions?: readonly DefinitionSource[]
  /** Who answers for codes; from the same definitions when nobody else does. */
  readonly codes?: (definitions: Definitions) => Codes
  readonly settings?: Partial<ValidatorSettings>
}

export type Asked = {
  /** Canonical URLs of profiles to meet besides the base definition and `meta.profile`. */
  readonly profiles?: readonly string[]
  readonly mode?: ValidationMode
  readonly settings?: Partial<ValidatorSettings>
}

/** R4's definitions, shared by all validators of the process. */
const core = new CoreDefinitions()

export function openValidator(options: ValidatorOptions = {}): Validator {
  return new Validator(options)
}

export class Validator implements ValidatorPort {
  readonly definitions: Definitions
  readonly settings: ValidatorSettings
  readonly #codes: (definitions: Definitions) => Codes
  #world: World

  constructor({ definitions = [], codes, settings }: ValidatorOptions) {
    this.definitions = new Definitions([...definitions, core])
    this.settings = { ...defaultSettings, ...settings }
    this.#codes = codes ?? (own => new LocalCodes(own))
    this.#world = this.#open()
  }

  /** Findings on a resource in memory. Nothing is thrown, whatever the resource is. */
  validate(resource: JsonObject, asked: Asked = {}): readonly Finding[] {
    if (asked.mode === 'off') return []
    const settings = asked.settings ? { ...this.settings, ...asked.settings } : this.settings
    const run = new Run(this.#world, settings)
    const scope = new Surroundings(resource)
    run.trail.push(typeof resource['resourceType'] === 'string' ? resource['resourceType'] : '(document)')
    run.inside(scope, () => {
      this.#world.walkResource(resource, run)
      for (const url of asked.profiles ?? []) this.#applyGiven(url, resource, run)
    })
    return run.findings.list
  }

  /** Findings on a text, JSON or XML, with line and column of each. The format is guessed where it is not said. */
  validateText(input: string | Uint8Array, asked: Asked & { readonly format?: 'json' | 'xml' } = {}): readonly Finding[] {
    const text = typeof input === 'string' ? input : decode(input)
    if (text === undefined) return [{ severity: 'fatal', fault: fault('json.encoding', { at: '(document)', args: { offset: 0 } }) }]
    const isXml = asked.format === undefined ? /^\ufeff?\s*</.test(text) : asked.format === 'xml'
    const comments = asked.settings?.comments ?? this.settings.comments
    const { value, positions, problems } = isXml ? readXmlText(text) : readJsonText(text, { comments })
    if (!value) return problems
    return [...problems, ...positions.located(this.validate(value, asked), value)]
  }

  /** Whether there is an error: as `validate`, for callers that want no more. */
  isValid(resource: JsonObject, asked: Asked = {}): boolean {
    return !this.validate(resource, asked).some(isError)
  }

  /** The snapshot of a profile, generated from its differential and its bases; undefined when there is no such profile. */
  snapshot(url: string): readonly ElementDefinition[] | undefined {
    const profile = this.#world.profiles.find(url)
    return profile && snapshotOf(profile.tree.root, this.#world.model)
  }

  /** After a definition was added, changed or removed: what was compiled from it is forgotten. */
  refresh(): void {
    this.#world = this.#open()
  }

  #open(): World {
    return new World(this.definitions, this.#codes(this.definitions))
  }

  #applyGiven(url: string, resource: JsonObject, run: Run): void {
    const type = this.#world.model.type(String(resource['resourceType']))
    const declared = (resource['meta'] as JsonObject | undefined)?.['profile']
    if (!type || (run.settings.declaredProfiles && Array.isArray(declared) && declared.includes(url))) return
    if (url === `http://hl7.org/fhir/StructureDefinition/${type.name}`) return
    const profile = this.#world.profiles.find(url)
    if (profile) profile.applyTo(resource, type, run)
    else run.error('validator.profile-unknown', { profile: url })
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

export { DefinitionStore }
