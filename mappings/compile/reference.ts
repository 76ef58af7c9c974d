// References: to what a step made (`@patient`), and to what a value names (a doctor, a bed), which is made on the way if it has a number.
import type { JsonObject } from '#kernel/json.ts'
import type { Work } from '../language/plan.ts'
import { type CompileContext, type Place, wrong } from './compile-context.ts'
import { compileReach } from './expression.ts'
import { namedPlan, referenceOf, referenceTo, type Sources } from './naming.ts'
import type { Code, Wrote } from './rules.ts'
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

/** A list names a resource once. */
function holds(target: Target, into: JsonObject, made: Made): boolean {
  const list = target.read(into)
  return Array.isArray(list) && list.some(item => (item as JsonObject)['reference'] === made.reference)
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
  const find = referenceOf(namings, context)
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
