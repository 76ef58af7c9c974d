// Resources that values name: a doctor, a ward, a laboratory. They are only mentioned, and the same few come with every message.
import type { CodeGap } from '#kernel/intent.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Plan } from '../language/plan.ts'
import type { Reach, Text } from '../source/source.ts'
import { type CompileContext, ofData, type Place, wrong } from './compile-context.ts'
import { compileText } from './expression.ts'
import { compileKey, type KeyOf } from './key.ts'
import { displayOf, sourcesRead, take, unite } from './make.ts'
import { frozen, takeSlots } from './memory.ts'
import { type Code, checkRequired, compileRules } from './rules.ts'
import type { Made, Run, Sketch } from './run.ts'

export type Sources = Pick<Made, 'keySources' | 'displaySources'>
type Named = Sources & { readonly reference: JsonObject }
type NameOf<N> = (run: Run<N>, node: N) => Named | undefined

/** A plan by which a value names a resource. */
export type Naming<N> = { readonly reference: NameOf<N>; readonly display: Text<N> | undefined; readonly type: string }

export function referenceTo(made: Made): JsonObject {
  return made.display === undefined ? { reference: made.reference } : { reference: made.reference, display: made.display }
}

/** The reference by the first plan with a key; without a key what the value says of itself stands as text. */
export function referenceOf<N>(namings: readonly Naming<N>[], context: CompileContext<N>): NameOf<N> {
  const find: NameOf<N> = (run, node) => {
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
  return context.traced ? find : remembered(find, context)
}

export function namedPlan<N>(name: string, reach: Reach<N> | undefined, place: Place, context: CompileContext<N>): Naming<N> | undefined {
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
    const shown = displayOf(run, node, display)
    const name = { type, key: text, display: shown.display }
    const made = mention(run, name, keySources, shown.displaySources)
    const content: JsonObject | undefined = made.standing === 'mention' ? {} : undefined
    run.sketches?.push({ ...name, id: made.id, content })
    if (content) unite(run, made, node, code, content)
    named = { reference: referenceTo(made), keySources, displaySources: made.displaySources }
  }
  if (saved) run.tracer!.resume(saved)
  return named
}

const none: readonly string[] = []
type Name = Pick<Sketch, 'type' | 'key' | 'display'> & { readonly id?: string }

/** The resource as this message knows it, or a new one. */
function mention<N>(run: Run<N>, name: Name, keySources = none, displaySources = none): Made {
  const { type, key, id, display } = name
  const known = run.find(type, key)
  if (known) known.repeated = true
  return known ?? run.make({ type, key, standing: 'mention', display, keySources, displaySources }, id)
}

/** What one text names, ready to be mentioned by further messages: the resource itself first, then those it refers to. */
type Kept = { readonly text: Named | undefined; readonly sketches: readonly Sketch[]; readonly gaps: readonly CodeGap[] }

function remembered<N>(find: NameOf<N>, context: CompileContext<N>): NameOf<N> {
  const { source } = context
  const slots = takeSlots(context.slots)
  return (run, node) => {
    const raw = source.raw(node)
    if (raw === undefined) return find(run, node)
    const slot = slots + source.depthOf(node)
    const known = run.memory.recall(slot, raw) as Kept | undefined
    if (known) return recalled(run, known)
    const outer = run.sketches
    const gaps = run.gaps.length
    const faults = run.faults.length
    run.sketches = []
    const named = find(run, node)
    const { sketches } = run
    run.sketches = outer
    if (outer) outer.push(...sketches)
    // A fault names a place in this very message; of what the message itself speaks of nothing was worked out.
    if (run.faults.length === faults && sketches.every(sketch => sketch.content))
      run.memory.keep(slot, raw, kept(named, sketches, run.gaps.slice(gaps)))
    return named
  }
}

function kept(named: Named | undefined, sketches: readonly Sketch[], gaps: readonly CodeGap[]): Kept {
  for (const { content } of sketches) frozen(content!)
  if (named) frozen(named.reference)
  return { text: named, sketches, gaps }
}

function recalled<N>(run: Run<N>, { text, sketches, gaps }: Kept): Named | undefined {
  for (const gap of gaps) run.gaps.push(gap)
  let first: Made | undefined
  for (const sketch of sketches) {
    const made = mention(run, sketch)
    if (made.standing === 'mention') take(made, sketch.content!)
    run.sketches?.push(sketch)
    first ??= made
  }
  return first ? { reference: referenceTo(first), keySources: none, displaySources: none } : text
}
