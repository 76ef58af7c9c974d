// ElementDefinition.type in a profile: the types that are left, and the profiles their values must meet (elementdefinition-definitions.html#type).
import { coreRoot } from '../definitions/definition.ts'
import type { Located } from '../walk/item.ts'
import type { Run } from '../walk/run.ts'
import { checkTargets } from './targets.ts'
import type { ProfileNode } from './tree.ts'

export function typeRule({ rules, id, profile }: ProfileNode): ((item: Located, run: Run) => void) | undefined {
  const types = rules.type
  if (!types || !id.includes('.') || types.some(type => type.code.startsWith('http://hl7.org/fhirpath/'))) return undefined
  return (item, run) => {
    const fitting = types.filter(type => fits(type.code, item, run))
    if (fitting.length === 0 && item.type.kind !== 'backbone')
      return run.error('validator.type-not-allowed', { profile, expected: types.map(type => type.code).join(', '), found: item.type.name })
    const profiles = fitting.flatMap(type => type.profile ?? [])
    if (profiles.length > 0 && !fitting.some(type => !type.profile)) checkProfiles(profiles, item, run)
    if (item.type.name === 'Reference' || item.type.name === 'canonical') checkTargets(item, fitting, run)
  }
}

/** A data type is allowed by its own name only: a code is no string here. A resource is also what it derives from. */
function fits(code: string, { type }: Located, run: Run): boolean {
  return code === type.name || code === '*' || (type.kind === 'resource' && run.world.model.isA(type.name, code)) || abstractTypes.has(code)
}

const abstractTypes = new Set(['Element', 'BackboneElement'])

/** One profile is applied, with its findings; of several, one must be met. */
export function checkProfiles(urls: readonly string[], item: Located, run: Run): void {
  const others = urls.filter(url => url !== coreRoot + item.type.name)
  if (others.length < urls.length) return
  if (others.length === 1) return applyOne(others[0]!, item, run)
  const isMet = others.some(url => {
    const program = run.world.profiles.find(url)
    return program && !run.apart(() => program.apply(item, run)).hasErrors
  })
  if (!isMet) run.error('validator.profile-none', { profiles: others.join(', ') })
}

function applyOne(url: string, item: Located, run: Run): void {
  const program = run.world.profiles.find(url)
  if (program) {
    if (item.type.kind !== 'resource') return program.apply(item, run)
    return run.world.insideOf(item.value as object, run, () => program.apply(item, run))
  }
  const core = url.startsWith(coreRoot) ? run.world.model.type(url.slice(coreRoot.length)) : undefined
  if (core && run.world.model.isA(item.type.name, core.name)) return
  run.say(core ? 'error' : 'warning', core ? 'validator.type-not-allowed' : 'validator.profile-unknown', {
    profile: url,
    expected: core?.name ?? '',
    found: item.type.name,
  })
}
