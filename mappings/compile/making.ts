// Steps that make a resource, add to one, or merge patients.
import { fault } from '#kernel/fault.ts'
import type { Again, Plan, Rule, Step } from '../language/plan.ts'
import { type Alias, type CompileContext, type Place, wrong } from './compile-context.ts'
import { compileCondition, type Test } from './condition.ts'
import { compilePresence, compileText } from './expression.ts'
import { compileKey, type KeyOf } from './key.ts'
import { displayOf, fill, joinText, sourcesRead, unite } from './make.ts'
import { type Code, checkRequired, compileRules, type Owner } from './rules.ts'
import type { Made, Run } from './run.ts'
import type { Do } from './steps.ts'

type Doing<K extends Step['does']['kind']> = Step['does'] & { readonly kind: K }

export function compileMaking<N>(does: Doing<'make'>, place: Place, context: CompileContext<N>): Do<N> | undefined {
  const plan = context.plans.get(does.plan)
  if (!plan) return wrong(context, place, `there is no plan ${does.plan}`)
  const { identity } = plan
  if (!identity || !context.model.isResourceType(plan.to)) return wrong(context, place, `${plan.name} makes no resource: it has no key`)
  const keys = does.keys ?? identity.keys
  const key = compileKey(keys, place.scope, context)
  const firstPart = keys[0]?.parts[0]
  const keyPlace = firstPart && compileText(firstPart.expression, { ...place, at: plan.at, rule: 'key' }, context)
  const display = identity.display && compileText(identity.display, { ...place, at: plan.at, rule: 'display' }, context)
  const alias = nameAlias(does.alias, plan.to, place, context)
  const code = compilePlan(plan, does.rules, alias, place, context)
  const needs = needsOf(plan, place, context)
  const again = compileAgain(identity.again, plan, place, context)
  const keyText = keys.map(({ parts }) => parts.map(part => part.text).join(' + ')).join(' | ')
  return (run, node) => {
    if (!needs(run, node)) return undefined
    if (run.tracer) run.tracer.reads = []
    let text = key(run, node)
    const keySources = sourcesRead(run)
    if (text === '') {
      const missing = fault('map.key-missing', {
        at: keyPlace?.where(run, node) || place.scope.name,
        args: { type: plan.to, key: keyText },
      })
      if (!run.context.preview && does.required) return missing
      if (run.context.preview || does.standing === 'speak') run.faults.push(missing)
      if (!run.context.preview) return undefined
      text = `preview:${run.made.length}`
    }
    const known = run.find(plan.to, text)
    if (known) {
      known.keySources = keySources
      run.aliases[alias.number] = again(run, node, known, code)
      return undefined
    }
    const { display: name, displaySources } = displayOf(run, node, display)
    const of = { type: plan.to, key: text, standing: does.standing, display: name, keySources, displaySources }
    run.aliases[alias.number] = make(run, node, of, code)
    return undefined
  }
}

type New = Pick<Made, 'type' | 'key' | 'standing' | 'display' | 'keySources' | 'displaySources'>

function make<N>(run: Run<N>, node: N, of: New, code: Code<N>): Made {
  const made = run.make(of)
  fill(run, made, node, code)
  return made
}

/** A name for what a step makes; used twice in one place it is a finding. */
function nameAlias<N>(name: string, type: string, place: Place, context: CompileContext<N>): Alias {
  const known = context.aliases.get(name)
  if (known && known.type !== type) wrong(context, place, `@${name} is a ${known.type} already`)
  if (known) return known
  context.counter.next++
  const alias = { number: context.counter.next, type, writes: new Set<string>(), at: place.at, rule: place.rule }
  context.aliases.set(name, alias)
  context.named.push(alias)
  return alias
}

/** The step's own rules come first: where two fill one element, the message plan decides. */
function compilePlan<N>(plan: Plan | undefined, rules: readonly Rule[], alias: Alias, place: Place, context: CompileContext<N>): Code<N> {
  if (plan && plan.from !== place.scope.name) wrong(context, place, `${plan.name} reads ${plan.from}, not ${place.scope.name}`)
  const owner: Owner = { scope: place.scope, type: alias.type, plan: plan?.name ?? place.rule, top: true }
  const { code, writes } = compileRules([...rules, ...(plan?.rules ?? [])], owner, context)
  for (const element of writes) alias.writes.add(element)
  return code
}

function needsOf<N>(plan: Plan | undefined, place: Place, context: CompileContext<N>): Test<N> {
  const needs = (plan?.needs ?? []).flatMap(need => compilePresence(need, { ...place, at: plan!.at, rule: 'needs' }, context) ?? [])
  return needs.length === 0 ? () => true : (run, node) => needs.every(isPresent => isPresent(run, node))
}

type OnceMore<N> = (run: Run<N>, node: N, known: Made, code: Code<N>) => Made

function compileAgain<N>(again: Again, plan: Plan, place: Place, context: CompileContext<N>): OnceMore<N> {
  const uniting: OnceMore<N> = (run, node, known, code) => {
    known.repeated = true
    unite(run, known, node, code)
    return known
  }
  if (again.kind === 'unite') return uniting
  if (again.kind === 'number') return numbering
  const when = compileCondition(again.when, { ...place, at: plan.at, rule: 'again' }, context)
  if (!when) return uniting
  return (run, node, known, code) => {
    if (!when.test(run, node)) return numbering(run, node, known, code)
    joinText(run, known, node, code, again.element)
    return known
  }
}

/** The next of a series: `key#2`, `key#3` … */
function numbering<N>(run: Run<N>, node: N, known: Made, code: Code<N>): Made {
  let number = 2
  while (run.find(known.type, `${known.key}#${number}`)) number++
  return make(run, node, { ...known, key: `${known.key}#${number}` }, code)
}

export function compileAdding<N>(does: Doing<'add'>, place: Place, context: CompileContext<N>): Do<N> | undefined {
  const alias = context.aliases.get(does.alias)
  if (!alias) return wrong(context, place, `no step makes @${does.alias} before this`)
  const plan = does.plan === undefined ? undefined : context.plans.get(does.plan)
  if (does.plan !== undefined && !plan) return wrong(context, place, `there is no plan ${does.plan}`)
  if (plan && plan.to !== alias.type) return wrong(context, place, `${plan.name} makes ${plan.to}, not ${alias.type}`)
  if (does.join !== undefined && !context.model.type(alias.type)?.members.has(does.join))
    return wrong(context, place, `${alias.type} has no element ${does.join}`)
  const code = compilePlan(plan, does.rules, alias, place, context)
  const needs = needsOf(plan, place, context)
  return (run, node) => {
    const made = run.aliases[alias.number]
    if (made && needs(run, node)) {
      if (does.join === undefined) fill(run, made, node, code)
      else joinText(run, made, node, code, does.join)
    }
    return undefined
  }
}

export function compileMerging<N>(does: Doing<'merge'>, place: Place, context: CompileContext<N>): Do<N> | undefined {
  const survivor = context.aliases.get(does.survivor)
  if (survivor?.type !== 'Patient') return wrong(context, place, `no step makes the Patient @${does.survivor} before this`)
  const key: KeyOf<N> = compileKey(does.retired, place.scope, context)
  const keyText = does.retired.map(({ parts }) => parts.map(part => part.text).join(' + ')).join(' | ')
  return (run, node) => {
    const made = run.aliases[survivor.number]
    const retired = key(run, node)
    if (retired === '') return fault('map.key-missing', { at: place.scope.name, args: { type: 'Patient', key: keyText } })
    if (made && made.key !== retired) {
      const id = run.idOf('Patient', retired)
      run.merges.push({ survivor: { key: made.key, id: made.id }, retired: { key: retired, id } })
    }
    return undefined
  }
}

/** Once all steps are compiled: what FHIR requires of a resource is filled by one of them. */
export function checkAliases<N>(context: CompileContext<N>, scope: Place['scope']): void {
  for (const { type, writes, at, rule } of context.named) checkRequired(writes, { scope, type, plan: '', top: true }, at, rule, context)
}
