// References: to what a step made (`@patient`), and to what a value names (a doctor, a bed), which is made on the way if it has a number.
import type { JsonObject } from '#kernel/json.ts'
import type { Plan, Work } from '../language/plan.ts'
import type { Reach, Text } from '../source/source.ts'
import { type CompileContext, ofData, type Place, wrong } from './compile-context.ts'
import { compileReach, compileText } from './expression.ts'
import { compileKey, type KeyOf } from './key.ts'
import { displayOf, fill, sourcesRead, unite } from './make.ts'
import { type Code, checkRequired, compileRules, type Wrote } from './rules.ts'
import type { Made, Run } from './run.ts'
import { type Target, within } from './target.ts'

/** `alias?` may be unknown in some messages: then the rule makes nothing. */
export function compileRefer<N>(named: string, target: Target, place: Place, context: CompileContext<N>): Code<N> | undefined {
  const alias = named.replace(/\?$/, '')
  const known = context.aliases.get(alias)
  if (!known) return alias === named ? wrong(context, place, `no step makes @${alias} before this`) : () => 0
  if (!pointsTo(target, [known.type], place, context)) return undefined
  return (run, _, into) => {
    const made = run.aliases[known.number]
    if (!made) return 0
    if (made.repeated && target.append && holds(target, into, made)) return 2
    point(run, target, into, referenceTo(made), made)
    return 2
  }
}

/** Writes a reference; its id comes from the key, its text from what names the resource. */
function point<N>(run: Run<N>, target: Target, into: JsonObject, reference: JsonObject, sources: Sources): void {
  const { tracer } = run
  const steps = tracer ? target.steps(into) : []
  target.write(into, reference)
  if (!tracer) return
  within(tracer, steps, () => {
    for (const member of Object.keys(reference)) {
      tracer.reads = [...(member === 'display' ? sources.displaySources : sources.keySources)]
      tracer.wrote(run.current, member)
    }
  })
}

type Sources = Pick<Made, 'keySources' | 'displaySources'>

/** A list names a resource once. */
function holds(target: Target, into: JsonObject, made: Made): boolean {
  const list = target.read(into)
  return Array.isArray(list) && list.some(item => (item as JsonObject)['reference'] === made.reference)
}

function referenceTo(made: Made): JsonObject {
  return made.display === undefined ? { reference: made.reference } : { reference: made.reference, display: made.display }
}

type Named = Sources & { readonly reference: JsonObject }
type Naming<N> = {
  readonly reference: (run: Run<N>, node: N) => Named | undefined
  readonly display: Text<N> | undefined
  readonly type: string
}

/** Whether the element may point to such a resource. */
function pointsTo<N>(target: Target, types: readonly string[], place: Place, context: CompileContext<N>): boolean {
  if (target.type !== 'Reference') {
    wrong(context, place, `a reference does not become ${target.type}`)
    return false
  }
  const targets = target.element?.types.flatMap(type => (type.code === 'Reference' ? type.targets : [])) ?? []
  const outside = targets.length === 0 || targets.includes('Resource') ? undefined : types.find(type => !targets.includes(type))
  if (outside) wrong(context, place, `${target.element!.path} does not point to ${outside}: ${targets.join(', ')}`)
  return outside === undefined
}

export function compileNaming<N>(
  work: Work & { kind: 'name' },
  target: Target,
  place: Place,
  context: CompileContext<N>,
): Code<N> | undefined {
  const reach = compileReach(work.from, place, context)
  const namings = work.plans.map(name => namedPlan(name, reach, place, context))
  if (!reach || !namings.every(naming => naming !== undefined)) return undefined
  if (reach.many && !target.append) return wrong(context, place, 'takes one value: write [+] behind it, or take one of the source')
  const types = namings.map(naming => naming.type)
  if (!pointsTo(target, types, place, context)) return undefined
  const find = referenceOf(namings, work.plans.join(' '), context)
  const one = (run: Run<N>, node: N, into: JsonObject): Wrote => {
    const named = find(run, node)
    if (!named) return 0
    point(run, target, into, named.reference, named)
    return 2
  }
  if (!reach.many) {
    return (run, node, into) => {
      const value = reach.node(run, node)
      return value === undefined ? 0 : one(run, value, into)
    }
  }
  return (run, node, into) => {
    let wrote: Wrote = 0
    for (const value of reach.nodes(run, node)) if (one(run, value, into) === 2) wrote = 2
    return wrote
  }
}

/** The reference by the first plan with a key; without a key what the value says of itself stands as text. */
function referenceOf<N>(namings: readonly Naming<N>[], names: string, context: CompileContext<N>): Naming<N>['reference'] {
  const find: Naming<N>['reference'] = (run, node) => {
    for (const naming of namings) {
      const reference = naming.reference(run, node)
      if (reference) return reference
    }
    for (const { display, type } of namings) {
      const named = displayOf(run, node, display)
      if (named.display !== undefined)
        return { reference: { type, display: named.display }, keySources: [], displaySources: named.displaySources }
    }
    return undefined
  }
  if (context.traced) return find
  return (run, node) => {
    const key = `${names}|${context.source.raw(node)}`
    const known = run.named.get(key) as Named | undefined
    if (known !== undefined || run.named.has(key)) return known
    const reference = find(run, node)
    run.named.set(key, reference)
    return reference
  }
}

function namedPlan<N>(name: string, reach: Reach<N> | undefined, place: Place, context: CompileContext<N>): Naming<N> | undefined {
  const plan = context.plans.get(name)
  if (!plan) return wrong(context, place, `there is no plan ${name}`)
  if (!plan.identity) return wrong(context, place, `${name} makes no resource: it has no key`)
  if (reach && !context.source.reads(plan.from, reach.type)) return wrong(context, place, `${name} reads ${plan.from}, not ${reach.type}`)
  const known = context.elements.get(name) as Naming<N> | undefined
  return known ?? compileNamed(plan, ofData(context, plan.given))
}

function compileNamed<N>(plan: Plan, context: CompileContext<N>): Naming<N> | undefined {
  const place = { at: plan.at, rule: '' }
  const scope = context.source.inside(plan.from)
  if (!scope) return wrong(context, { scope: { name: '' }, ...place }, `there is no source type ${plan.from}`)
  const identity = plan.identity!
  const display = identity.display && compileText(identity.display, { scope, at: plan.at, rule: 'display' }, context)
  const key = compileKey(identity.keys, scope, context)
  let code: Code<N> | undefined
  const naming: Naming<N> = {
    type: plan.to,
    display,
    reference: (run, node) => nameResource(run, node, { type: plan.to, key, display, code: code! }),
  }
  // A plan that comes back to itself (a bed in a ward in a building) finds this while it is compiled.
  context.elements.set(plan.name, naming)
  const owner = { scope, type: plan.to, plan: plan.name, top: true }
  const compiled = compileRules(plan.rules, owner, context)
  checkRequired(compiled.writes, owner, plan.at, '', context)
  code = compiled.code
  return naming
}

type Recipe<N> = { readonly type: string; readonly key: KeyOf<N>; readonly display: Text<N> | undefined; readonly code: Code<N> }

/** Makes what a value names, or adds to it what this value says more; undefined when the value has no key. */
function nameResource<N>(run: Run<N>, node: N, { type, key, display, code }: Recipe<N>): Named | undefined {
  const saved = run.tracer?.suspend()
  const text = key(run, node)
  const keySources = sourcesRead(run)
  let named: Named | undefined
  if (text !== '') {
    const known = run.find(type, text)
    const made = known ?? run.make({ type, key: text, standing: 'mention', keySources, ...displayOf(run, node, display) })
    if (!known) fill(run, made, node, code)
    else if (known.standing === 'mention') unite(run, known, node, code)
    named = { reference: referenceTo(made), keySources, displaySources: made.displaySources }
  }
  if (saved) run.tracer!.resume(saved)
  return named
}
