// Rules that make whole elements: by the plan of a data type (`map`), or by rules of their own (`set`).
import { fault } from '#kernel/fault.ts'
import type { CodeGap } from '#kernel/intent.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import type { Plan, Rule, Work } from '../language/plan.ts'
import type { Reach } from '../source/source.ts'
import { codedFill } from './coded.ts'
import { type CompileContext, ofData, type Place, wrong } from './compile-context.ts'
import { compilePresence, compileReach, type Presence } from './expression.ts'
import { frozen, takeSlots } from './memory.ts'
import { lacking, requiredMembers } from './required.ts'
import { nullTest } from './rule.ts'
import { type Code, checkRequired, compileRules, type Owner, type Wrote } from './rules.ts'
import type { Run } from './run.ts'
import { type Target, within } from './target.ts'

/** Fills one element from one value of the source. */
export type Fill<N> = (run: Run<N>, node: N, item: JsonObject) => Wrote

export function compileMap<N>(
  rule: Rule,
  work: Work & { kind: 'map' },
  target: Target,
  owner: Owner,
  place: Place,
  context: CompileContext<N>,
): Code<N> | undefined {
  const reach = compileReach(work.from, place, context)
  const fill = elementPlan(work, target, place, context)
  if (!reach || !fill) return undefined
  const plan = context.plans.get(work.plan)!
  if (!context.source.reads(plan.from, reach.type)) return wrong(context, place, `${plan.name} reads ${plan.from}, not ${reach.type}`)
  const coded = rule.code === undefined ? fill : codedFill(rule, fill, plan, target, place, context)
  return coded && eachValue(rule, reach, coded, target, place, context, nullTest(work.from, target, owner, place, context))
}

export function compileSet<N>(
  rule: Rule,
  work: Work & { kind: 'set' },
  target: Target,
  owner: Owner,
  place: Place,
  context: CompileContext<N>,
): Code<N> | undefined {
  const reach = work.from && compileReach(work.from, place, context)
  if (work.from && !reach) return undefined
  const scope = reach ? context.source.inside(reach.type, owner.scope) : owner.scope
  if (!scope) return wrong(context, place, `${reach!.type} has no parts`)
  const inner: Owner = { scope, type: target.type, plan: owner.plan, top: false }
  if (context.model.type(target.type)?.kind === 'primitive')
    return wrong(context, place, `${rule.toText} is a primitive: it has no elements to set`)
  const { code, writes } = compileRules(work.rules, inner, context)
  checkRequired(writes, inner, rule.at, rule.id, context)
  if (reach) return eachValue(rule, reach, code, target, place, context, nullTest(work.from!, target, owner, place, context))
  const make = compileItem(rule, code, target, context)
  return (run, node, into) => make(run, node, into)
}

/** The closure of a data type's plan; compiled once, whoever asks. */
function elementPlan<N>(work: Work & { kind: 'map' }, target: Target, place: Place, context: CompileContext<N>): Fill<N> | undefined {
  const name = work.plan
  const plan = context.plans.get(name)
  if (!plan) return wrong(context, place, `there is no plan ${name}`)
  if (plan.identity) return wrong(context, place, `${name} makes a resource: refer to it`)
  const { model } = context
  if (!model.isA(target.type, plan.to) && !model.isA(plan.to, target.type))
    return wrong(context, place, `${name} makes ${plan.to}, not ${target.type}`)
  for (const constant of work.given.keys()) if (!plan.given.has(constant)) wrong(context, place, `${name} takes no constant $${constant}`)
  return compileElement(plan, target.type, place, ofData(context, [...plan.given, ...work.given]))
}

function compileElement<N>(plan: Plan, type: string, place: Place, context: CompileContext<N>): Fill<N> | undefined {
  const variant = JSON.stringify([plan.name, ...[...plan.given.keys()].map(name => context.constants.get(name))])
  const known = context.elements.get(variant)
  if (known) return known as Fill<N>
  // A plan that comes back to itself finds this while it is compiled.
  let code: Fill<N> | undefined
  const fill: Fill<N> = (run, node, item) => code!(run, node, item)
  context.elements.set(variant, fill)
  const scope = context.source.inside(plan.from)
  if (!scope) return wrong(context, { ...place, at: plan.at, rule: '' }, `there is no source type ${plan.from}`)
  const owner: Owner = { scope, type: context.model.type(plan.to) ? plan.to : type, plan: plan.name, top: false }
  const compiled = compileRules(plan.rules, owner, context)
  checkRequired(compiled.writes, owner, plan.at, '', context)
  const needs = plan.needs.map(need => compilePresence(need, { scope, at: plan.at, rule: 'needs' }, context))
  code = needs.length === 0 ? compiled.code : needing(needs, compiled.code)
  return fill
}

function needing<N>(needs: readonly (Presence<N> | undefined)[], code: Code<N>): Fill<N> {
  return (run, node, item) => (needs.every(isPresent => isPresent?.(run, node)) ? code(run, node, item) : 0)
}

/** One element per value where the target takes several, else the first. */
function eachValue<N>(
  rule: Rule,
  reach: Reach<N>,
  fill: Fill<N>,
  target: Target,
  place: Place,
  context: CompileContext<N>,
  isNull: ((run: Run<N>, node: N) => boolean) | undefined,
): Code<N> | undefined {
  if (reach.many && !target.append)
    return wrong(context, place, `${rule.toText} takes one value: write [+] behind it, or take one of the source`)
  const make = compileItem(rule, fill, target, context)
  const clear = (run: Run<N>, node: N): Wrote => {
    if (isNull?.(run, node)) run.clear(target.clears!)
    return 0
  }
  if (!reach.many) {
    return (run, node, into) => {
      const value = reach.node(run, node)
      return value === undefined ? clear(run, node) : make(run, value, into)
    }
  }
  return (run, node, into) => {
    const values = reach.nodes(run, node)
    if (values.length === 0) return clear(run, node)
    let most: Wrote = 0
    for (const value of values) {
      const wrote = make(run, value, into)
      if (wrote > most) most = wrote
    }
    return most
  }
}

/** Makes one element and puts it to its place, if the message says anything of it and nothing required is missing. */
function compileItem<N>(rule: Rule, fill: Fill<N>, target: Target, context: CompileContext<N>): Code<N> {
  const worked = itemOf(rule, fill, target, context)
  // The same codes come with every message.
  const recurs = rule.does.kind === 'map' && (target.type === 'CodeableConcept' || target.type === 'Coding')
  const item = recurs && !context.traced ? remembered(worked, context) : worked
  const make: Code<N> = (run, node, into) => {
    const value = item(run, node)
    if (value === undefined || target.lists?.(into, value)) return 0
    target.write(into, value)
    return 2
  }
  return context.traced ? tracedItem(make, target) : make
}

type Item<N> = (run: Run<N>, node: N) => JsonValue | undefined

function itemOf<N>(rule: Rule, fill: Fill<N>, target: Target, context: CompileContext<N>): Item<N> {
  const required = requiredMembers(target.type, context.model)
  const primitive = context.model.type(target.type)?.kind === 'primitive'
  return (run, node) => {
    const item: JsonObject = {}
    if (fill(run, node, item) < 2) return undefined
    const missing = primitive ? undefined : lacking(item, required)
    if (missing === undefined) return primitive ? item['$value'] : item
    run.faults.push(
      fault('map.element-missing', { at: context.source.where(node), args: { rule: rule.id, element: `${target.type}.${missing}` } }),
    )
    return undefined
  }
}

type Kept = { readonly value: JsonValue | undefined; readonly gaps: readonly CodeGap[] }

/** What went without a fault, which would name a place in this very message, is kept with the gaps it found. */
function remembered<N>(item: Item<N>, context: CompileContext<N>): Item<N> {
  const { source } = context
  const slots = takeSlots(context.slots)
  return (run, node) => {
    const raw = source.raw(node)
    if (raw === undefined) return item(run, node)
    const slot = slots + source.depthOf(node)
    const known = run.memory.recall(slot, raw) as Kept | undefined
    if (known) {
      for (const gap of known.gaps) run.gaps.push(gap)
      return known.value
    }
    const gaps = run.gaps.length
    const faults = run.faults.length
    const value = item(run, node)
    if (run.faults.length === faults)
      run.memory.keep(slot, raw, { value: value === undefined ? undefined : frozen(value), gaps: run.gaps.slice(gaps) })
    return value
  }
}

function tracedItem<N>(make: Code<N>, target: Target): Code<N> {
  return (run, node, into) => {
    const tracer = run.tracer!
    const mark = tracer.mark
    const wrote = within(tracer, target.steps(into), () => make(run, node, into))
    if (wrote === 0) tracer.dropSince(mark)
    return wrote
  }
}
