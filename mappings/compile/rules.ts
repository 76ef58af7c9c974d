// A list of rules to one closure. Rules of one slot are alternatives: the first that yields something fills it.
import type { JsonObject } from '#kernel/json.ts'
import type { Rule } from '../language/plan.ts'
import type { Scope, Source } from '../source/source.ts'
import { type CompileContext, type Place, wrong } from './compile-context.ts'
import { compileCondition } from './condition.ts'
import { byText, commonPath } from './dispatch.ts'
import { compileText } from './expression.ts'
import { anyOf, type BitGuard, bitsOf, type Guard, Guards, guardOf } from './guard.ts'
import { missingElements } from './required.ts'
import { compileRule } from './rule.ts'
import type { Run } from './run.ts'
import { resolveTarget, type Target } from './target.ts'

/** What a rule did: nothing, wrote a constant, wrote something the message says. */
export type Wrote = 0 | 1 | 2
export type Code<N> = (run: Run<N>, node: N, into: JsonObject) => Wrote

/** The object that rules fill: of which type, read from where, under which plan's name. */
export type Owner = {
  readonly scope: Scope
  readonly type: string
  readonly plan: string
  /** The resource itself: its elements can be cleared and assumed. */
  readonly top: boolean
  /** Elements that something else fills (further segments, links), for the check of required ones. */
  readonly others?: ReadonlySet<string>
}

export type CompiledRules<N> = {
  readonly code: Code<N>
  /** First elements that the rules can write. */
  readonly writes: ReadonlySet<string>
}

type Resolved<N> = {
  readonly place: Place
  readonly guard: Guard
  readonly rule: Rule
  readonly target: Target
  readonly code: Code<N>
  readonly conditional: boolean
}

export function compileRules<N>(rules: readonly Rule[], owner: Owner, context: CompileContext<N>): CompiledRules<N> {
  const resolved = rules.flatMap(rule => resolveRule(rule, owner, context) ?? [])
  const slots = new Map<string, Resolved<N>[]>()
  for (const item of resolved) {
    const slot = item.target.slot === undefined ? `+${slots.size}` : `${item.rule.assume ? 'assumed ' : ''}${item.target.slot}`
    const together = slots.get(slot)
    if (together) together.push(item)
    else slots.set(slot, [item])
  }
  for (const items of slots.values()) checkSlot(items, context)
  const chains = [...slots.values()].map(items => chainOf(items, context))
  const writes = new Set(resolved.map(({ rule }) => rule.to[0]?.name ?? '$value'))
  return { code: allOf(chains, context), writes }
}

function resolveRule<N>(rule: Rule, owner: Owner, context: CompileContext<N>): Resolved<N> | undefined {
  const place = { scope: owner.scope, at: rule.at, rule: rule.id }
  const target = resolveTarget(rule.to, owner.type, context.model)
  if (!target.ok) return wrong(context, place, target.fault)
  const condition = rule.when && compileCondition(rule.when, place, context)
  if (rule.when && !condition) return undefined
  const code = compileRule(rule, target.value, owner, context)
  if (!code || condition?.always === false) return undefined
  const test = condition?.always ? undefined : condition?.test
  const guard = guardOf(rule, owner.scope, context.source)
  return {
    place,
    guard,
    rule,
    target: target.value,
    code: conditioned(rule, owner, code, test, context),
    conditional: rule.when !== undefined || rule.does.kind === 'refer' || rule.does.kind === 'name',
  }
}

/** The condition before the rule; in the traced variant also its name, and its condition as a source of all it writes. */
function conditioned<N>(
  rule: Rule,
  owner: Owner,
  code: Code<N>,
  test: ((run: Run<N>, node: N) => boolean) | undefined,
  context: CompileContext<N>,
): Code<N> {
  if (!context.traced) return test ? (run, node, into) => (test(run, node) ? code(run, node, into) : 0) : code
  const name = `${owner.plan}#${rule.id}`
  return (run, node, into) => {
    const tracer = run.tracer!
    tracer.enterRule(name)
    const passes = !test || test(run, node)
    tracer.inherit()
    const wrote = passes ? code(run, node, into) : 0
    tracer.leaveRule()
    return wrote
  }
}

/** Two rules that always fill the same element contradict each other; one behind a constant never has a turn. */
function checkSlot<N>(items: readonly Resolved<N>[], context: CompileContext<N>): void {
  const [, ...later] = items
  for (const [index, { rule, conditional }] of later.entries()) {
    const before = items.slice(0, index + 1).find(item => !item.conditional)
    if (!before) continue
    const place = { scope: { name: '' }, at: rule.at, rule: rule.id }
    const always = before.rule.does.kind === 'constant' || before.rule.otherwise !== undefined
    if (always) wrong(context, place, `never has a turn: rule ${before.rule.id} always fills ${rule.toText}`)
    else if (!conditional)
      wrong(context, place, `overlaps rule ${before.rule.id}: both fill ${rule.toText}; write \`a | b\`, or a \`when\``)
  }
}

type Chain<N> = { readonly code: Code<N>; readonly guard: BitGuard }

/** The rules of one slot: the first that makes something fills it. */
function chainOf<N>(items: readonly Resolved<N>[], context: CompileContext<N>): Chain<N> {
  const links = items.map(({ code, guard }) => ({ code, guard: bitsOf(guard) }))
  if (links.length === 1) return links[0]!
  const guard = bitsOf(anyOf(items.map(item => item.guard)))
  if (context.traced) return { guard, code: firstOf(links.map(link => link.code)) }
  const rules = items.map(item => item.rule)
  const path = commonPath(rules)
  const text = path === undefined ? undefined : compileText({ kind: 'path', text: path }, items[0]!.place, context)
  if (path === undefined || !text) return { guard, code: firstPresent(links, context.source) }
  const { lists, rest } = byText(rules, links, path)
  const codes = new Map([...lists].map(([value, list]) => [value, firstPresent(list, context.source)]))
  const otherwise = firstPresent(rest, context.source)
  return { guard, code: (run, node, into) => (codes.get(text.peek(run, node)) ?? otherwise)(run, node, into) }
}

function firstOf<N>(codes: readonly Code<N>[]): Code<N> {
  return (run, node, into) => {
    for (const code of codes) {
      const wrote = code(run, node, into)
      if (wrote !== 0) return wrote
    }
    return 0
  }
}

function firstPresent<N>(links: readonly Chain<N>[], source: Source<N>): Code<N> {
  const guards = new Guards(links.map(link => link.guard))
  const codes = links.map(link => link.code)
  return (run, node, into) => {
    const parts = source.parts(node)
    for (let at = 0; at < codes.length; at++) {
      if (parts !== undefined && !guards.lets(at, parts)) continue
      const wrote = codes[at]!(run, node, into)
      if (wrote !== 0) return wrote
    }
    return 0
  }
}

/** All rules in order; those whose fields are not there are passed over. The traced variant tries all, to note what was looked at. */
function allOf<N>(chains: readonly Chain<N>[], context: CompileContext<N>): Code<N> {
  if (chains.length === 1) return chains[0]!.code
  const { source, traced } = context
  const guards = new Guards(chains.map(chain => chain.guard))
  const codes = chains.map(chain => chain.code)
  return (run, node, into) => {
    const parts = traced ? undefined : source.parts(node)
    let most: Wrote = 0
    for (let at = 0; at < codes.length; at++) {
      if (parts !== undefined && !guards.lets(at, parts)) continue
      const wrote = codes[at]!(run, node, into)
      if (wrote > most) most = wrote
    }
    return most
  }
}

/** Complains where an element that FHIR requires has no rule. */
export function checkRequired<N>(
  writes: ReadonlySet<string>,
  owner: Owner,
  at: Rule['at'],
  rule: string,
  context: CompileContext<N>,
): void {
  for (const element of missingElements(owner.type, writes, context.model))
    wrong(context, { scope: owner.scope, at, rule }, `${owner.type}.${element} is required and has no rule`)
}
