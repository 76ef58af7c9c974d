// What a Reference or canonical may lead to in a profile: type, profile, aggregation (references.html, elementdefinition-definitions.html#type.targetProfile).
import { coreRoot, type ElementTypeRef, type Raw } from '../definitions/definition.ts'
import { restful } from '../walk/bundle-index.ts'
import type { Located } from '../walk/item.ts'
import type { Run } from '../walk/run.ts'

export function checkTargets({ value, type }: Located, refs: readonly ElementTypeRef[], run: Run): void {
  if (type.name !== 'Reference' || typeof value !== 'object' || value === null) return
  const reference = (value as Raw)['reference']
  const urls = refs.flatMap(ref => ref.targetProfile ?? [])
  if (typeof reference !== 'string') return
  const target = run.scope.resolve(reference, run)
  const modes = refs.flatMap(ref => ref.aggregation ?? [])
  const how = target?.how ?? 'referenced'
  if (modes.length > 0 && !modes.includes(how)) run.error('validator.reference-aggregation', { found: how, expected: modes.join(', ') })
  if (urls.length === 0 || urls.includes(`${coreRoot}Resource`)) return
  if (!target) return checkNamed(reference, urls, run)
  const resource = target.resource
  const typeDefinition = run.world.model.type(String(resource['resourceType']))
  if (!typeDefinition) return
  const meets = (url: string): boolean => {
    if (url === coreRoot + typeDefinition.name) return true
    const program = run.world.profiles.find(url)
    if (!program) return !url.startsWith(coreRoot)
    if (program.definition.type !== typeDefinition.name) return false
    return run.meets(resource, url, () => run.inside(target.surroundings, () => program.applyTo(resource, typeDefinition, run)))
  }
  if (urls.some(meets)) return
  const isOfType = urls.some(url => typeOfProfile(url, run) === typeDefinition.name)
  if (isOfType) run.error('validator.reference-profile', { reference, profiles: urls.join(', ') })
  else run.error('validator.reference-target', { found: typeDefinition.name, expected: urls.map(shortUrl).join(', ') })
}

/** A reference that cannot be followed still names a type, mostly. */
function checkNamed(reference: string, urls: readonly string[], run: Run): void {
  const named = restful.exec(reference)?.[2]
  if (named === undefined || !run.world.model.isResourceType(named)) return
  const allowed = urls.map(url => typeOfProfile(url, run))
  if (!allowed.includes(undefined) && !allowed.includes(named))
    run.error('validator.reference-target', { found: named, expected: urls.map(shortUrl).join(', ') })
}

function typeOfProfile(url: string, run: Run): string | undefined {
  return run.world.definitions.structure(url)?.type
}

function shortUrl(url: string): string {
  return url.startsWith(coreRoot) ? url.slice(coreRoot.length) : url
}
