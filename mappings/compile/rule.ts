// One rule to a closure: a converted value, a mapped element, a reference, a function's result, a constant, or a new element with rules of its own.
import { enumeratedCodes } from '#formats/fhir/model/value-sets.ts'
import { fault } from '#kernel/fault.ts'
import type { JsonValue } from '#kernel/json.ts'
import type { Expression } from '../language/expression.ts'
import type { Rule } from '../language/plan.ts'
import type { Text } from '../source/source.ts'
import { compileCall } from './call.ts'
import { codedValue, compileTranslate } from './code.ts'
import { type CompileContext, type Place, wrong } from './compile-context.ts'
import { type Convert, conversion } from './convert.ts'
import { compileReach, compileText, constantText } from './expression.ts'
import { frozen } from './memory.ts'
import { compileMap, compileSet } from './nested.ts'
import { compileNaming, compileRefer } from './reference.ts'
import type { Code, Owner, Wrote } from './rules.ts'
import type { Run } from './run.ts'
import type { Target } from './target.ts'
import { checkConstant, put } from './write.ts'

export function compileRule<N>(rule: Rule, target: Target, owner: Owner, context: CompileContext<N>): Code<N> | undefined {
  const place: Place = { scope: owner.scope, at: rule.at, rule: rule.id }
  if (rule.assume && !owner.top) return wrong(context, place, 'only elements of the resource itself can be assumed')
  const code = compileWork(rule, target, owner, place, context)
  if (rule.fault && rule.does.kind !== 'value') return wrong(context, place, '`fault` goes with a value that is taken as it is')
  const withElse = code && otherwise(rule, target, place, code, context)
  if (!withElse || !rule.assume) return withElse
  return (run, node) => {
    const mark = run.tracer?.mark ?? 0
    const wrote = withElse(run, node, (run.current.assumed ??= {}))
    run.tracer?.assumeSince(mark)
    return wrote
  }
}

function compileWork<N>(rule: Rule, target: Target, owner: Owner, place: Place, context: CompileContext<N>): Code<N> | undefined {
  const { does } = rule
  switch (does.kind) {
    case 'constant': {
      checkConstant(does.value, target, place, context)
      const write = put<N>(target, context)
      const value = frozen(does.value)
      return (run, _, into) => {
        write(into, value, run)
        return 1
      }
    }
    case 'clear':
      if (!owner.top || !target.clears) return wrong(context, place, `${rule.toText} cannot be cleared by itself`)
      return run => {
        run.clear(target.clears!)
        return 1
      }
    case 'value':
      return compileValue(rule, does.from, target, owner, place, context)
    case 'map':
      return compileMap(rule, does, target, owner, place, context)
    case 'set':
      return compileSet(rule, does, target, owner, place, context)
    case 'refer':
      return compileRefer(does.alias, target, place, context)
    case 'name':
      return compileNaming(does, target, place, context)
    case 'call':
      return compileCall(does.call, target, place, context)
  }
}

/** A text of the source as a primitive, or as a code that a code map translates. */
function compileValue<N>(
  rule: Rule,
  from: Expression,
  target: Target,
  owner: Owner,
  place: Place,
  context: CompileContext<N>,
): Code<N> | undefined {
  const text = compileText(from, place, context)
  const convert =
    text && (rule.code === undefined ? plainConversion(text, from, target, place, context) : codeConversion(rule, target, place, context))
  if (!text || !convert) return undefined
  const write = put<N>(target, context)
  const isNull = nullTest(from, target, owner, place, context)
  const complain = times.has(target.type) && context.source.format === 'hl7v2' ? badTime<N> : invalid<N>
  const said: Wrote = constantText(from, context) === undefined ? 2 : 1
  return (run, node, into) => {
    const source = text.read(run, node)
    if (source === '') {
      if (isNull?.(run, node)) run.clear(target.clears!)
      return 0
    }
    const value = convert(run, source)
    if (value === undefined) {
      if (rule.code === undefined) complain(run, rule, text, node)
      return 0
    }
    write(into, value, run)
    if (rule.fault) invalid(run, rule, text, node)
    return said
  }
}

type ValueOf<N> = (run: Run<N>, text: string) => JsonValue | undefined

function plainConversion<N>(
  text: Text<N>,
  from: Expression,
  target: Target,
  place: Place,
  context: CompileContext<N>,
): ValueOf<N> | undefined {
  const convert = conversion(target.type, text.leaf)
  if (!convert) return wrong(context, place, `${text.leaf} does not become ${target.type}${hint(target, context)}`)
  const constant = constantText(from, context)
  if (constant) checkConstant(constant, target, place, context)
  else if (constant === undefined && isListed(target))
    return wrong(
      context,
      place,
      `${target.element!.path} takes only codes of ${target.element!.binding!.set.split('|')[0]}: name a code map`,
    )
  return times.has(target.type) ? lastKept(convert) : (run, source) => convert(source, run.context.zone)
}

const times = new Set(['date', 'dateTime', 'instant'])

/** All results of a report are of one time. */
function lastKept<N>(convert: Convert): ValueOf<N> {
  let last = ''
  let zone = ''
  let value: JsonValue | undefined
  return (run, source) => {
    if (source === last && run.context.zone === zone) return value
    value = convert(source, (zone = run.context.zone))
    last = source
    return value
  }
}

/** Codes of the element must be in a value set whose codes FHIR lists. */
function isListed({ type, element }: Target): boolean {
  const binding = element?.binding
  return type === 'code' && binding?.strength === 'required' && enumeratedCodes(binding.set) !== undefined
}

function hint<N>(target: Target, context: CompileContext<N>): string {
  return context.model.type(target.type)?.kind === 'primitive' ? '' : ': name the plan that maps it'
}

function codeConversion<N>(rule: Rule, target: Target, place: Place, context: CompileContext<N>): ValueOf<N> | undefined {
  const translate = compileTranslate(rule.code!, target, rule.toText, place, context)
  const value = codedValue(target, place, context)
  if (!translate || !value) return undefined
  return (run, source) => {
    const coding = translate(run, source.trim(), '')
    return coding && value(coding)
  }
}

function invalid<N>(run: Run<N>, rule: Rule, text: Text<N>, node: N): void {
  const at = text.where(run, node)
  run.faults.push(fault('map.value-invalid', { at, args: { rule: rule.id, source: at } }))
}

/** A date that does not exist, and what is no time at all. */
function badTime<N>(run: Run<N>, _rule: Rule, text: Text<N>, node: N): void {
  const at = text.where(run, node)
  run.faults.push(fault('hl7.bad-time', { at, args: { field: at } }))
}

/** Whether the sender says `""`, for rules that fill an element of the resource. */
export function nullTest<N>(
  from: Expression,
  target: Target,
  owner: Owner,
  place: Place,
  context: CompileContext<N>,
): ((run: Run<N>, node: N) => boolean) | undefined {
  if (!owner.top || target.clears === undefined) return undefined
  const path = from.kind === 'alternatives' ? from.items[0]! : from
  return path.kind === 'path' ? compileReach(path, place, context)?.isNull : undefined
}

/** The constant of `else`, where the source has no value or none that is known. */
function otherwise<N>(rule: Rule, target: Target, place: Place, code: Code<N>, context: CompileContext<N>): Code<N> {
  if (rule.otherwise === undefined) return code
  checkConstant(rule.otherwise, target, place, context)
  const write = put<N>(target, context)
  const value = frozen(rule.otherwise)
  return (run, node, into) => {
    const wrote = code(run, node, into)
    if (wrote !== 0) return wrote
    write(into, value, run)
    return 1
  }
}
