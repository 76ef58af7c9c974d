// Discriminators (profiling.html#discriminator): a slice's own constraints at the path tell which elements belong to it.
import { chosen, type Discriminator, type Raw, type StructureDefinition } from '../definitions/definition.ts'
import { codesOf } from '../program/binding.ts'
import { childrenOf, type Located } from '../walk/item.ts'
import type { Run } from '../walk/run.ts'
import type { World } from '../world.ts'
import { isEqual, matchesPattern } from './fixed.ts'
import type { ProfileNode } from './tree.ts'

/** What the elements at the path of a discriminator must be for a slice. */
export type Criterion = {
  readonly meets: (found: readonly Located[], run: Run) => boolean
  /** Where only texts can meet it, those texts: slices are then looked up, not tried. */
  readonly keys?: readonly string[]
}

type Step = { readonly kind: 'name' | 'extension' | 'ofType'; readonly name: string } | { readonly kind: 'resolve' }

/** What one element at the path must be. */
type Expected = { readonly meets: (item: Located, run: Run) => boolean; readonly key?: string }

/** The elements that a discriminator looks at, from an element that is sliced. */
export function lookedAt({ path }: Discriminator): (item: Located, run: Run) => readonly Located[] {
  const steps = stepsOf(path)
  return (item, run) => itemsAt([item], steps, run)
}

/** Undefined where the slice says nothing at the path: it is told by its other discriminators. */
export function criterionOf({ type, path }: Discriminator, slice: ProfileNode, world: World): Criterion | undefined {
  const places = placesAt([{ node: slice, drilled: [] }], stepsOf(path), world)
  if (type === 'exists') return existence(places)
  const expected = type === 'type' ? typesOf(places) : type === 'profile' ? profilesOf(places) : valuesOf(places, world)
  if (expected.length === 0) {
    const url = path === 'url' ? slice.rules.type?.[0]?.profile?.[0]?.split('|')[0] : undefined
    if (url !== undefined) return criterion([{ meets: ({ value }) => value === url, key: url }])
    if (places.some(({ node }) => node?.rules.max === '0' || (node?.rules.min ?? 0) > 0)) return existence(places)
    return undefined
  }
  return criterion(expected)
}

function criterion(expected: readonly Expected[]): Criterion {
  const keys = expected.map(({ key }) => key).filter(key => key !== undefined)
  const meets: Criterion['meets'] = (found, run) => found.some(item => expected.some(one => one.meets(item, run)))
  return keys.length === expected.length ? { meets, keys } : { meets }
}

function existence(places: readonly Place[]): Criterion {
  const isAbsent = places.some(({ node }) => node?.rules.max === '0')
  return { meets: found => found.length > 0 !== isAbsent }
}

/** `code.coding`, `extension('url').value`, `value.ofType(Quantity)`, `$this.resolve()`. */
function stepsOf(path: string): readonly Step[] {
  const steps: Step[] = []
  for (const [text] of path.matchAll(/[^.(]+(?:\([^)]*\))?/g)) {
    const [, call, argument] = /^(\w+)\((.*)\)$/.exec(text) ?? []
    if (call === 'resolve') steps.push({ kind: 'resolve' })
    else if (call === 'extension' || call === 'ofType') steps.push({ kind: call, name: argument!.replace(/['"]/g, '') })
    else if (text !== '$this') steps.push({ kind: 'name', name: text.replace(/\[x\]$/, '') })
  }
  return steps
}

function itemsAt(items: readonly Located[], steps: readonly Step[], run: Run): readonly Located[] {
  let found = items
  for (const step of steps) found = found.flatMap(item => next(item, step, run))
  return found
}

function next(item: Located, step: Step, run: Run): readonly Located[] {
  const { model } = run.world
  if (step.kind === 'name') return childrenOf(item, step.name, model)
  if (step.kind === 'extension') return childrenOf(item, 'extension', model).filter(({ value }) => (value as Raw)['url'] === step.name)
  if (step.kind === 'ofType') return model.isA(item.type.name, step.name) ? [item] : []
  const reference = item.type.name === 'Reference' ? (item.value as Raw)['reference'] : item.value
  const target = typeof reference === 'string' ? run.scope.resolve(reference, run) : undefined
  const type = target && model.type(String(target.resource['resourceType']))
  return type ? [{ value: target.resource, sibling: undefined, type, element: undefined, step: '', index: undefined }] : []
}

/** A node of the slice's tree, or what a fixed or pattern value above it says there. */
type Place = { readonly node?: ProfileNode; readonly drilled: readonly { readonly value: unknown; readonly isPattern: boolean }[] }

/** Nodes at a path beneath others: their own, those of their slices, those of the profiles their types must meet. */
function placesAt(places: readonly Place[], steps: readonly Step[], world: World): readonly Place[] {
  let found = places
  for (const step of steps) found = found.flatMap(place => below(place, step, world))
  return found
}

function below(place: Place, step: Step, world: World): readonly Place[] {
  if (step.kind === 'ofType') return [place]
  const nodes = place.node ? reachable(place.node, step.kind === 'resolve', world) : []
  if (step.kind === 'resolve') return nodes.slice(1).map(node => ({ node, drilled: [] }))
  const name = step.kind === 'extension' ? 'extension' : step.name
  const drilled = nodes
    .flatMap(node => ownValues(node))
    .concat(place.drilled)
    .flatMap(({ value, isPattern }) => parts(value, name).map(part => ({ value: part, isPattern })))
  const children = nodes.map(node => node.children.get(name)).filter(child => child !== undefined)
  const fitting = children
    .flatMap(child => [child, ...child.slices.values()])
    .filter(child => step.kind !== 'extension' || isExtension(child, step.name))
  const found: Place[] = fitting.map(node => ({ node, drilled: [] }))
  if (drilled.length > 0) found.push({ drilled })
  return found
}

function isExtension(node: ProfileNode, url: string): boolean {
  return (
    node.sliceName === url ||
    (node.rules.type ?? []).some(type => type.profile?.some(profile => profile.split('|')[0] === url)) ||
    fixedUrl(node) === url
  )
}

function fixedUrl(node: ProfileNode): unknown {
  return (node.children.get('url')?.rules as Raw | undefined)?.['fixedUri']
}

/** The node, and the roots of the profiles that its type names (or, behind resolve(), its targets). */
function reachable(node: ProfileNode, isResolved: boolean, world: World): ProfileNode[] {
  const urls = (node.rules.type ?? []).flatMap(type => (isResolved ? (type.targetProfile ?? []) : (type.profile ?? [])))
  const definitions = urls.map(url => world.definitions.structure(url)).filter(found => found !== undefined) as StructureDefinition[]
  return [node, ...definitions.map(definition => world.profiles.treeOf(definition).root)]
}

function parts(value: unknown, name: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return []
  const part =
    (value as Raw)[name] ?? Object.entries(value).find(([key]) => key.startsWith(name) && /^[A-Z]/.test(key.slice(name.length)))?.[1]
  return part === undefined ? [] : Array.isArray(part) ? part : [part]
}

function ownValues({ rules }: ProfileNode): { value: unknown; isPattern: boolean }[] {
  const element = rules as Parameters<typeof chosen>[0]
  const fixed = chosen(element, 'fixed')
  const pattern = chosen(element, 'pattern')
  return [...(fixed ? [{ value: fixed.value, isPattern: false }] : []), ...(pattern ? [{ value: pattern.value, isPattern: true }] : [])]
}

function valuesOf(places: readonly Place[], world: World): readonly Expected[] {
  const nodes = places.flatMap(({ node }) => (node ? reachable(node, false, world) : []))
  const values = [...nodes.flatMap(ownValues), ...places.flatMap(({ drilled }) => drilled)]
  const byValue = values.map(expectedValue)
  const sets = nodes.filter(({ rules }) => rules.binding?.strength === 'required').map(({ rules }) => rules.binding!.valueSet)
  const urls = nodes.flatMap(node => extensionUrls(node))
  if (byValue.length > 0) return byValue
  if (urls.length > 0) return urls.map(url => ({ meets: ({ value }) => value === url, key: url }))
  return sets
    .filter(set => set !== undefined)
    .map(set => ({
      meets: ({ value, type }, run) => (codesOf(value, type.name) ?? []).some(one => run.world.codes.membership(set, one) === 'member'),
    }))
}

function expectedValue({ value, isPattern }: { value: unknown; isPattern: boolean }): Expected {
  if (typeof value === 'string') return { meets: item => item.value === value, key: value }
  return { meets: item => (isPattern ? matchesPattern(item.value, value) : isEqual(item.value, value)) }
}

/** The root of an extension's definition says its url by its own. */
function extensionUrls(node: ProfileNode): string[] {
  return node.name === 'url' && node.id === 'Extension.url' ? [node.profile.split('|')[0]!] : []
}

function typesOf(places: readonly Place[]): readonly Expected[] {
  const codes = places.flatMap(({ node }) => node?.rules.type?.map(type => type.code) ?? (node && node.id === node.name ? [node.name] : []))
  return codes.map(code => ({
    meets: ({ type }, run) =>
      type.name === code || (type.kind === 'resource' && code !== 'Resource' && run.world.model.isA(type.name, code)),
  }))
}

function profilesOf(places: readonly Place[]): readonly Expected[] {
  const urls = places.flatMap(
    ({ node }) => node?.rules.type?.flatMap(type => type.profile ?? []) ?? (node && node.id === node.name ? [node.profile] : []),
  )
  return urls.map(url => ({ meets: (item, run) => conforms(item, url, run) }))
}

function conforms({ value, type }: Located, url: string, run: Run): boolean {
  const program = run.world.profiles.find(url)
  if (!program || typeof value !== 'object' || value === null) return url.endsWith(`/StructureDefinition/${type.name}`)
  const check = () => run.world.insideOf(value, run, () => program.applyTo(value as Raw, type, run))
  return program.definition.type === type.name && run.meets(value, url, check)
}
