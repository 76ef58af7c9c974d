// Value sets of R4 whose codes its definitions spell out: enough to check most required bindings without a terminology server.
import valueSetsFile from '#generated/r4/value-sets.json' with { type: 'json' }
import type { ValueSetsFile } from './tables.ts'

type Codes = ReadonlyMap<string, ReadonlySet<string>>

const tables = (valueSetsFile as unknown as ValueSetsFile).valueSets
const built = new Map<string, Codes>()

/** Code system → codes of a value set by canonical URL (a `|version` is ignored). Undefined when the definitions do not enumerate it. */
export function enumeratedCodes(valueSet: string): Codes | undefined {
  const url = valueSet.split('|')[0]!
  const known = built.get(url)
  if (known) return known
  const table = Object.hasOwn(tables, url) ? tables[url] : undefined
  if (!table) return undefined
  const codes = new Map(Object.entries(table).map(([system, list]) => [system, new Set(list)]))
  built.set(url, codes)
  return codes
}

/** Whether a code is in an enumerated value set; without a system, of whatever system. Undefined when the set is not enumerated. */
export function isInValueSet(valueSet: string, code: string, system?: string): boolean | undefined {
  const codes = enumeratedCodes(valueSet)
  if (!codes) return undefined
  if (system !== undefined) return codes.get(system)?.has(code) ?? false
  return codes.values().some(ofSystem => ofSystem.has(code))
}
