// The validator of the house: R4 under the project's profiles and code systems, FHIR packages of the installation, and what tenants keep themselves.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { TenantDefinitions } from '#cdr/definitions/tenant-definitions.ts'
import { type FhirPackage, loadPackage } from '#conformance/packages/load-package.ts'
import { codeSystemResources } from '#conformance/profiles/code-systems.ts'
import { profileDefinitions } from '#conformance/profiles/profiles.ts'
import { LocalCodes } from '#conformance/validator/codes/local.ts'
import { DefinitionStore, openValidator, type Validator } from '#conformance/validator/validator.ts'
import type { Clock } from '#kernel/clock.ts'
import type { Fault } from '#kernel/fault.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Codes } from '#kernel/ports/codes.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import type { Dictionary } from '#terminology/dictionary.ts'

export type HouseValidator = {
  /** Without anything of a tenant. */
  readonly base: Validator
  /** With what these tenants keep; compiled anew only when that changes. */
  of(tenants: readonly TenantCode[]): Promise<Result<Validator>>
  /** The codes that validator goes by. */
  codesOf(tenants: readonly TenantCode[]): Promise<Result<Codes>>
}

export type HouseValidatorTools = {
  readonly dictionary: Dictionary
  readonly clock: Clock
  /** Folders or .tgz files of FHIR packages. */
  readonly packages: readonly string[]
  readonly onTrouble: (trouble: Fault) => void
}

/** Packages of the installation: what lies in `packages/` of the data directory. */
export function packagesIn(dataDirectory: string): readonly string[] {
  const directory = join(dataDirectory, 'packages')
  return existsSync(directory)
    ? readdirSync(directory)
        .filter(name => !name.startsWith('.'))
        .sort()
        .map(name => join(directory, name))
    : []
}

/** A package that cannot be loaded is told and left out. */
export function openHouseValidator(tools: HouseValidatorTools, tenants?: TenantDefinitions): HouseValidator {
  const { clock, dictionary } = tools
  const house = [storeOf([...codeSystemResources(dictionary.systems()), ...profileDefinitions()]), ...packagesOf(tools)]
  const settings = { bestPractice: 'ignore', displayErrors: false, clock } as const
  const base = openValidator({ definitions: house, settings })
  const opened = new Map<string, { readonly from: readonly (readonly JsonObject[])[]; readonly validator: Validator }>()
  const codesBy = new WeakMap<Validator, Codes>()
  const of: HouseValidator['of'] = async asked => {
    const from: (readonly JsonObject[])[] = []
    for (const tenant of tenants ? asked : []) {
      const definitions = await tenants!.of(tenant)
      if (!definitions.ok) return definitions
      if (definitions.value.length > 0) from.push(definitions.value)
    }
    if (from.length === 0) return ok(base)
    const key = asked.join()
    const known = opened.get(key)
    if (known && known.from.length === from.length && known.from.every((one, i) => one === from[i])) return ok(known.validator)
    const validator = openValidator({ definitions: [...from.map(storeOf), ...house], settings })
    if (opened.size >= openedMax) opened.clear()
    opened.set(key, { from, validator })
    return ok(validator)
  }
  return {
    base,
    of,
    async codesOf(asked) {
      const validator = await of(asked)
      if (!validator.ok) return validator
      let codes = codesBy.get(validator.value)
      if (!codes) codesBy.set(validator.value, (codes = new LocalCodes(validator.value.definitions)))
      return ok(codes)
    },
  }
}

const openedMax = 50

function packagesOf({ packages, onTrouble }: HouseValidatorTools): readonly FhirPackage[] {
  return packages.flatMap(path => {
    const loaded = loadPackage(path)
    if (!loaded.ok) onTrouble(loaded.fault)
    else for (const trouble of loaded.value.skipped) onTrouble(trouble)
    return loaded.ok ? [loaded.value] : []
  })
}

function storeOf(definitions: readonly JsonObject[]): DefinitionStore {
  const store = new DefinitionStore()
  for (const definition of definitions) store.add(definition)
  return store
}
