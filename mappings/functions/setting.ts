// What functions of plans may know beside their arguments: the site's constants and names, and who speaks. Nothing here changes while a message is mapped.
import { canonicalRoot, localSystem } from '#kernel/canonical.ts'

/** Names that an overlay gives; the base plans know none. */
export type SiteNames = {
  /** Assigning authorities (HD.1) → the system of their numbers. */
  readonly authorities: ReadonlyMap<string, string>
  /** Coding systems (CWE.3) → the system of their codes. */
  readonly systems: ReadonlyMap<string, string>
  /** Kinds of numbers (`patient`, `visit`, `staff` …) → their system, where a message names no authority. */
  readonly numbers: ReadonlyMap<string, string>
  /** CX.5 of citizen identity numbers. */
  readonly idCardTypes: ReadonlySet<string>
  /** CX.5 that says no more than where the number stands. */
  readonly plainNumberTypes: ReadonlySet<string>
}

export type Setting = SiteNames & { readonly facility: string; readonly source: string; readonly zone: string }

/** The system of numbers that a facility's authority gives out, where no overlay names one. */
export function facilitySystem(facility: string, authority: string): string {
  return remembered(facilitySystems, facility, authority, () => {
    const parts = [facility, authority].filter(part => part !== '').map(encodeURIComponent)
    return `${canonicalRoot}/identifier/${parts.join('/')}`
  })
}

/** The system of codes that a source keeps under a name of its own (`L`, `99LIS`), where no overlay names one. */
export function sourceCodeSystem(source: string, name: string): string {
  return remembered(sourceSystems, source, name, () => localSystem(encodeURIComponent(`${source}-${name}`.toLowerCase())))
}

/** The same few names come with every message; their systems are worked out once, and forgotten all together when they get too many. */
type Memory = Map<string, Map<string, string>>
const facilitySystems: Memory = new Map()
const sourceSystems: Memory = new Map()
const namesPerOwnerMax = 1_000

function remembered(memory: Memory, owner: string, name: string, work: () => string): string {
  let names = memory.get(owner)
  if (names === undefined) memory.set(owner, (names = new Map()))
  let known = names.get(name)
  if (known !== undefined) return known
  if (names.size >= namesPerOwnerMax) names.clear()
  names.set(name, (known = work()))
  return known
}
