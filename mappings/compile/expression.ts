// Expressions to closures: paths through the source, fallbacks, variables and pure functions.
import type { Expression } from '../language/expression.ts'
import type { Reach, Text } from '../source/source.ts'
import { type CompileContext, type Place, wrong } from './compile-context.ts'
import { compileCondition } from './condition.ts'
import type { Run } from './run.ts'
import { compileTextCall } from './text-call.ts'

/** An expression as text; undefined with a finding when it cannot be one. */
export function compileText<N>(expression: Expression, place: Place, context: CompileContext<N>): Text<N> | undefined {
  switch (expression.kind) {
    case 'literal':
      return fixed(expression.text)
    case 'variable':
      return variable(expression.name, place, context)
    case 'key':
      return keyOf(expression.alias, place, context)
    case 'path':
      return compileReach(expression, place, context)
    case 'alternatives':
      return firstText(expression.items, place, context)
    case 'call':
      return compileTextCall(expression, place, context)
  }
}

/** A path with its condition, as values of a type; undefined with a finding for what has no parts. */
export function compileReach<N>(expression: Expression, place: Place, context: CompileContext<N>): Reach<N> | undefined {
  if (expression.kind === 'alternatives') return firstReach(expression.items, place, context)
  if (expression.kind !== 'path') return wrong(context, place, 'a path is expected here')
  const found = context.source.reach(expression.text, place.scope)
  if (!found.ok && expression.optional && context.source.lacks(expression.text, place.scope)) return nowhere()
  if (!found.ok) return wrong(context, place, found.fault)
  if (!expression.where) return found.value
  const inside = context.source.inside(found.value.type, place.scope)
  if (!inside) return wrong(context, place, `${expression.text} has no parts to be tested with \`where\``)
  const condition = compileCondition(expression.where, { ...place, scope: inside }, context)
  return condition && filtered(found.value, condition.test)
}

/** A place that this kind of message does not have: nothing is ever found there. */
function nowhere<N>(): Reach<N> {
  const text = fixed<N>('')
  const never = () => false
  return { ...text, type: 'ST', many: false, node: () => undefined, nodes: () => [], inner: text, isPresent: never, isNull: never }
}

/** Whether an expression has a value; undefined with a finding when it is none. */
export function compilePresence<N>(expression: Expression, place: Place, context: CompileContext<N>): Presence<N> | undefined {
  if (expression.kind === 'path') return compileReach(expression, place, context)?.isPresent
  if (expression.kind === 'alternatives') {
    const items = expression.items.map(item => compilePresence(item, place, context))
    return items.every(item => item !== undefined) ? (run, node) => items.some(item => item(run, node)) : undefined
  }
  const text = compileText(expression, place, context)
  if (!text || !context.traced) return text && ((run, node) => text.peek(run, node) !== '')
  // Of a path any text will do; what a function makes something of depends on the text itself.
  return (run, node) => text.peek(run, node) !== '' && text.read(run, node) !== ''
}

export type Presence<N> = (run: Run<N>, node: N) => boolean

/** The text itself, for what is decided before any message; undefined when it depends on one. */
export function constantText<N>(expression: Expression, context: CompileContext<N>): string | undefined {
  if (expression.kind === 'literal') return expression.text
  if (expression.kind === 'variable') return context.constants.get(expression.name)?.[0]
  return undefined
}

/** What a message brings with it, beside the constants of site and message type. */
const contextVariables: Readonly<Record<string, (run: Run<never>) => string>> = {
  facility: run => run.context.facility,
  source: run => run.context.source,
  tenant: run => run.context.tenant,
}

function variable<N>(name: string, place: Place, context: CompileContext<N>): Text<N> | undefined {
  const constants = context.constants.get(name)
  if (constants) return fixed(constants[0] ?? '')
  const read = contextVariables[name] as ((run: Run<N>) => string) | undefined
  if (!read) return wrong(context, place, `there is no constant $${name}`)
  return { leaf: 'text', read, peek: read, where: () => '' }
}

/** The key of what a step made; what decided that key decides whatever is made of it. */
function keyOf<N>(alias: string, place: Place, context: CompileContext<N>): Text<N> | undefined {
  const known = context.aliases.get(alias)
  if (!known) return wrong(context, place, `no step makes @${alias} before this`)
  const peek = (run: Run<N>) => run.aliases[known.number]?.key ?? ''
  const read = (run: Run<N>) => {
    run.tracer?.reads.push(...(run.aliases[known.number]?.keySources ?? []))
    return peek(run)
  }
  return { leaf: 'text', read, peek, where: () => '' }
}

function fixed<N>(text: string): Text<N> {
  const read = () => text
  return { leaf: 'text', read, peek: read, where: () => '' }
}

function firstText<N>(items: readonly Expression[], place: Place, context: CompileContext<N>): Text<N> | undefined {
  const texts = items.map(item => compileText(item, place, context))
  if (!texts.every(text => text !== undefined)) return undefined
  const leaves = new Set(texts.map(text => text.leaf).filter(leaf => leaf !== 'text'))
  const first = (of: 'read' | 'peek') => (run: Run<N>, node: N) => {
    for (const text of texts) {
      const value = text[of](run, node)
      if (value !== '') return value
    }
    return ''
  }
  return {
    leaf: leaves.size === 1 ? [...leaves][0]! : 'text',
    read: first('read'),
    peek: first('peek'),
    where: (run, node) => (texts.find(text => text.peek(run, node) !== '') ?? texts[0]!).where(run, node),
  }
}

function firstReach<N>(items: readonly Expression[], place: Place, context: CompileContext<N>): Reach<N> | undefined {
  const reaches = items.map(item => compileReach(item, place, context))
  if (!reaches.every(reach => reach !== undefined)) return undefined
  const types = new Set(reaches.map(reach => reach.type))
  if (types.size > 1) return wrong(context, place, `the alternatives are of different types: ${[...types].join(', ')}`)
  const first = reaches[0]!
  const choose = (run: Run<N>, node: N) => reaches.find(reach => reach.node(run, node) !== undefined)
  return {
    type: first.type,
    leaf: first.leaf,
    many: reaches.some(reach => reach.many),
    read: (run, node) => choose(run, node)?.read(run, node) ?? '',
    peek: (run, node) => choose(run, node)?.peek(run, node) ?? '',
    where: (run, node) => (choose(run, node) ?? first).where(run, node),
    node: (run, node) => choose(run, node)?.node(run, node),
    nodes: (run, node) => choose(run, node)?.nodes(run, node) ?? [],
    inner: first.inner,
    isPresent: (run, node) => reaches.some(reach => reach.isPresent(run, node)),
    isNull: first.isNull,
  }
}

/** Keeps the values that meet a condition. */
function filtered<N>(reach: Reach<N>, test: (run: Run<N>, node: N) => boolean): Reach<N> {
  const node = (run: Run<N>, from: N) => reach.nodes(run, from).find(value => test(run, value))
  const of = (read: (run: Run<N>, node: N) => string) => (run: Run<N>, from: N) => {
    const value = node(run, from)
    return value === undefined ? '' : read(run, value)
  }
  return {
    ...reach,
    node,
    nodes: (run, from) => reach.nodes(run, from).filter(value => test(run, value)),
    isPresent: (run, from) => node(run, from) !== undefined,
    read: of(reach.inner.read),
    peek: of(reach.inner.peek),
    where: of(reach.inner.where),
  }
}
