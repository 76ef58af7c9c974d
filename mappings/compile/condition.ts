// Conditions to closures. Where a message cannot change the outcome it is decided here, and the rule is kept or left out for good.
import { patterns } from '../functions/text-functions.ts'
import type { Condition, Expression } from '../language/expression.ts'
import type { Text } from '../source/source.ts'
import { type CompileContext, type Place, wrong } from './compile-context.ts'
import { compilePresence, compileText, constantText } from './expression.ts'
import type { Run } from './run.ts'

export type Test<N> = (run: Run<N>, node: N) => boolean
export type CompiledCondition<N> = { readonly test: Test<N>; readonly always?: boolean }

export function compileCondition<N>(condition: Condition, place: Place, context: CompileContext<N>): CompiledCondition<N> | undefined {
  switch (condition.kind) {
    case 'not': {
      const inner = compileCondition(condition.item, place, context)
      if (!inner) return undefined
      return inner.always === undefined ? { test: (run, node) => !inner.test(run, node) } : decided(!inner.always)
    }
    case 'all':
    case 'any':
      return compileList(condition.items, condition.kind === 'any', place, context)
    case 'empty':
      return compileEmpty(condition.of, place, context)
    default:
      return compileTest(condition, place, context)
  }
}

function decided<N>(always: boolean): CompiledCondition<N> {
  return { always, test: () => always }
}

/** `any`: one that holds decides; otherwise one that does not. */
function compileList<N>(
  conditions: readonly Condition[],
  any: boolean,
  place: Place,
  context: CompileContext<N>,
): CompiledCondition<N> | undefined {
  const items = conditions.map(item => compileCondition(item, place, context))
  if (!items.every(item => item !== undefined)) return undefined
  if (items.some(item => item.always === any)) return decided(any)
  const tests = items.filter(item => item.always === undefined).map(item => item.test)
  return tests.length === 0 ? decided(!any) : { test: any ? anyHolds(tests) : allHold(tests) }
}

function allHold<N>(tests: readonly Test<N>[]): Test<N> {
  return (run, node) => {
    for (let at = 0; at < tests.length; at++) if (!tests[at]!(run, node)) return false
    return true
  }
}

function anyHolds<N>(tests: readonly Test<N>[]): Test<N> {
  return (run, node) => {
    for (let at = 0; at < tests.length; at++) if (tests[at]!(run, node)) return true
    return false
  }
}

function compileEmpty<N>(of: Expression, place: Place, context: CompileContext<N>): CompiledCondition<N> | undefined {
  const isPresent = compilePresence(of, place, context)
  const constant = constantText(of, context)
  if (isPresent && constant !== undefined) return decided(constant === '')
  return isPresent && { test: (run, node) => !isPresent(run, node) }
}

function compileTest<N>(
  condition: Condition & { kind: 'in' | 'matches' },
  place: Place,
  context: CompileContext<N>,
): CompiledCondition<N> | undefined {
  const of = compileText(condition.of, place, context)
  const holds = textTest(condition, place, context)
  if (!of || !holds) return undefined
  const constant = constantText(condition.of, context)
  if (constant !== undefined) return decided(holds(constant))
  return { test: context.traced ? tracedTest(of, holds) : (run, node) => holds(of.peek(run, node)) }
}

/** A value that is just what was asked for decides what is made, so it is one of its sources; one that is not could be anything else. */
function tracedTest<N>(of: Text<N>, holds: (text: string) => boolean): Test<N> {
  return (run, node) => {
    if (!holds(of.peek(run, node))) return false
    of.read(run, node)
    return true
  }
}

function textTest<N>(
  condition: Condition & { kind: 'in' | 'matches' },
  place: Place,
  context: CompileContext<N>,
): ((text: string) => boolean) | undefined {
  if (condition.kind === 'matches') {
    const pattern = Object.hasOwn(patterns, condition.pattern) ? patterns[condition.pattern] : undefined
    return pattern ? text => pattern.test(text.trim()) : wrong(context, place, `there is no pattern ${condition.pattern}`)
  }
  const texts: string[] = []
  for (const text of condition.texts) {
    const known = typeof text === 'string' ? [text] : context.constants.get(text.variable)
    if (!known) return wrong(context, place, `there is no constant $${(text as { variable: string }).variable}`)
    texts.push(...known)
  }
  return oneOf(texts)
}

/** A few short texts are compared faster than hashed. */
function oneOf(texts: readonly string[]): (text: string) => boolean {
  const [first, second] = texts
  if (texts.length === 1) return text => text === first
  if (texts.length === 2) return text => text === first || text === second
  if (texts.length <= 8) return text => texts.includes(text)
  const set = new Set(texts)
  return text => set.has(text)
}
