// Loads the seed files beside this code, checks them, and builds the dictionary and the shared snapshot of code maps. Once per thread.
import { readFileSync } from 'node:fs'
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { checkSeeds } from './check.ts'
import { CodeMapSnapshot } from './code-maps.ts'
import { joined } from './code-system.ts'
import { conceptMapOf } from './concept-map.ts'
import { Dictionary } from './dictionary.ts'
import type { SeedException, SeedFile } from './seed.ts'

export const families = [
  'ws364',
  'gb',
  'in-element',
  'documents',
  'national',
  'hl7-v2',
  'fhir',
  'v2-guide',
  'clinical',
  'hospitals',
] as const

export type Terminology = { readonly dictionary: Dictionary; readonly maps: CodeMapSnapshot }

/** Fault `terminology.seed-invalid` names the first findings. */
export function loadTerminology(): Result<Terminology> {
  return buildTerminology(readSeeds(), readExceptions())
}

export function buildTerminology(files: readonly SeedFile[], exceptions: readonly SeedException[]): Result<Terminology> {
  const findings = checkSeeds(files, exceptions)
  if (findings.length > 0) {
    const first = findings.slice(0, 5).map(finding => `${finding.where} ${finding.code}: ${finding.problem}`)
    return failed(fault('terminology.seed-invalid', { args: { findings: first.join('; ') } }))
  }
  const parts = Map.groupBy(
    files.flatMap(file => file.systems),
    system => system.url,
  )
  const dictionary = new Dictionary([...parts.values()].map(joined))
  const additions = Map.groupBy(
    files.flatMap(file => file.additions ?? []),
    addition => addition.map,
  )
  const displayOf = (system: string, code: string) => dictionary.display(system, code)
  const maps = files.flatMap(file => file.maps)
  const added = (name: string) => additions.get(name)?.flatMap(addition => addition.rows) ?? []
  return ok({ dictionary, maps: new CodeMapSnapshot(maps.map(map => conceptMapOf(map, added(map.name), displayOf))) })
}

export function readSeeds(): readonly SeedFile[] {
  return families.map(family => read<SeedFile>(`${family}.json`))
}

export function readExceptions(): readonly SeedException[] {
  return read<SeedException[]>('exceptions.json')
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`./seeds/${name}`, import.meta.url), 'utf8')) as T
}
