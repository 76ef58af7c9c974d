// The steps of a message plan to closures: going through groups, making resources, adding to them, merging patients.
import type { Fault } from '#kernel/fault.ts'
import type { Step } from '../language/plan.ts'
import type { Entrance, Scope } from '../source/source.ts'
import { type CompileContext, wrong } from './compile-context.ts'
import { compileCondition, type Test } from './condition.ts'
import { compileAdding, compileMaking, compileMerging } from './making.ts'
import type { Run } from './run.ts'

/** A fault ends the message: something that must be cannot be made. */
export type Do<N> = (run: Run<N>, node: N) => Fault | undefined

export function compileSteps<N>(steps: readonly Step[], scope: Scope, context: CompileContext<N>): Do<N> {
  const codes = steps.flatMap(step => compileStep(step, scope, context) ?? [])
  return (run, node) => {
    for (const code of codes) {
      const trouble = code(run, node)
      if (trouble) return trouble
    }
    return undefined
  }
}

function compileStep<N>(step: Step, scope: Scope, context: CompileContext<N>): Do<N> | undefined {
  const code = step.each === undefined ? compileBody(step, scope, context) : compileEach(step, step.each, scope, context)
  if (!code || !step.previewOnly) return code
  return (run, node) => (run.context.preview ? code(run, node) : undefined)
}

/** Names given inside are forgotten outside, and anew in each occurrence. */
function compileEach<N>(step: Step, each: string, scope: Scope, context: CompileContext<N>): Do<N> | undefined {
  const entrance = context.source.enter(each, scope)
  if (!entrance.ok) return wrong(context, { scope, at: step.at, rule: step.name }, entrance.fault)
  const before = new Set(context.aliases.keys())
  const body = compileBody(step, entrance.value.scope, context)
  const inner = [...context.aliases].filter(([name]) => !before.has(name))
  for (const [name] of inner) context.aliases.delete(name)
  const numbers = inner.map(([, alias]) => alias.number)
  return body && throughEach(entrance.value, body, numbers)
}

function throughEach<N>({ nodes, open }: Entrance<N>, body: Do<N>, aliases: readonly number[]): Do<N> {
  return (run, node) => {
    for (const inner of nodes(run, node)) {
      for (const alias of aliases) run.aliases[alias] = undefined
      open(run, inner)
      const trouble = body(run, inner)
      if (trouble) return trouble
    }
    return undefined
  }
}

/** What a step does, then the steps inside it, where its segment is there and its condition holds. */
function compileBody<N>(step: Step, scope: Scope, context: CompileContext<N>): Do<N> | undefined {
  const place = { scope, at: step.at, rule: step.name }
  const from = step.does.kind === 'merge' ? undefined : step.does.from
  const entrance = from === undefined ? undefined : context.source.enter(from, scope)
  if (entrance && !entrance.ok) return wrong(context, place, entrance.fault)
  const inside = entrance?.value.scope ?? scope
  const condition = step.when && compileCondition(step.when, { ...place, scope: inside }, context)
  if ((step.when && !condition) || condition?.always === false) return undefined
  const own = compileDoing(step, inside, context)
  const inner = compileSteps(step.steps, inside, context)
  if (!own) return undefined
  const all: Do<N> = step.steps.length === 0 ? own : (run, node) => own(run, node) ?? inner(run, node)
  const test = condition?.test
  const body: Do<N> = test ? (context.traced ? tracedWhen(test, all) : (run, node) => (test(run, node) ? all(run, node) : undefined)) : all
  return entrance ? throughFirst(entrance.value, body) : body
}

/** What decides that a step happens is a source of all it makes. */
function tracedWhen<N>(test: Test<N>, all: Do<N>): Do<N> {
  return (run, node) => {
    const tracer = run.tracer!
    tracer.reads = []
    if (!test(run, node)) return undefined
    tracer.enterSteps()
    const trouble = all(run, node)
    tracer.leaveSteps()
    return trouble
  }
}

/** `from` takes the first segment of its name; nothing happens without one. */
function throughFirst<N>(entrance: Entrance<N>, body: Do<N>): Do<N> {
  return (run, node) => {
    const first = entrance.first(run, node)
    if (first === undefined) return undefined
    entrance.open(run, first)
    return body(run, first)
  }
}

function compileDoing<N>(step: Step, scope: Scope, context: CompileContext<N>): Do<N> | undefined {
  const { does } = step
  const place = { scope, at: step.at, rule: step.name }
  switch (does.kind) {
    case 'make':
      return compileMaking(does, place, context)
    case 'add':
      return compileAdding(does, place, context)
    case 'merge':
      return compileMerging(does, place, context)
    case 'steps':
      return () => undefined
  }
}
