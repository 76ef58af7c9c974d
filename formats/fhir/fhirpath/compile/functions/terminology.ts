// memberOf, subsumes and subsumedBy (fhirpath.html#functions): asked of the context, which has the answers or is told the need.
import type { CodingKey, Evaluation } from '../../evaluation.ts'
import { Trouble } from '../../trouble.ts'
import { type Item, itemsOf } from '../../values/collection.ts'
import { Node, type Raw, typeNameOf } from '../../values/node.ts'
import { systemItem } from '../../values/system.ts'
import type { Call } from '../call.ts'
import { type Expr, systemType } from '../expr.ts'
import { operand, selfDescribing, single } from '../operands.ts'

/** The codes of a code, string, Coding, Quantity or CodeableConcept; undefined for what has none. */
function codingsOf(item: Item): CodingKey[] | undefined {
  const value = systemItem(item)
  if (typeof value === 'string') return [{ code: value }]
  const content = (item instanceof Node ? item.value : item) as Raw
  const type = item instanceof Node ? item.def?.name : undefined
  if (type === 'CodeableConcept')
    return (Array.isArray(content['coding']) ? (content['coding'] as Raw[]) : []).flatMap(coding => codingOf(coding))
  return type === 'Coding' || type === 'Quantity' ? codingOf(content) : undefined
}

function codingOf(coding: Raw | null): CodingKey[] {
  const { system, code, version, display } = coding ?? {}
  if (typeof code !== 'string') return []
  return [
    {
      ...(typeof system === 'string' ? { system } : {}),
      code,
      ...(typeof version === 'string' ? { version } : {}),
      ...(typeof display === 'string' ? { display } : {}),
    },
  ]
}

export function compileMemberOf({ compiler, input, args, scope, name, at }: Call): Expr {
  const run = selfDescribing(input)
  const valueSet = operand(compiler.argument(args[0]!, scope), name, at)
  return {
    type: systemType('Boolean'),
    single: true,
    ordered: true,
    run: (focus, evaluation) => {
      const item = single(run(focus, evaluation), name, at)
      const url = valueSet(focus, evaluation)
      if (item === undefined || typeof url !== 'string') return undefined
      const codings = codingsOf(item)
      if (!codings) throw new Trouble('fhirpath.input-type', at, { name, type: typeNameOf(item) })
      return anyOf(codings.map(coding => isMember(url, coding, evaluation, at)))
    },
  }
}

function isMember(valueSet: string, coding: CodingKey, evaluation: Evaluation, at: number): boolean | undefined {
  const answer = evaluation.context.memberOf?.(valueSet, coding)
  if (answer === null) throw new Trouble('fhirpath.value-set-unknown', at, { url: valueSet })
  if (answer === undefined) evaluation.need({ kind: 'member', valueSet, coding })
  return answer
}

/** True if any is, unknown if any is unknown, else false. */
function anyOf(answers: readonly (boolean | undefined)[]): boolean | undefined {
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false
}

export function compileSubsumes({ compiler, input, args, scope, name, at }: Call, inputIsAncestor: boolean): Expr {
  const [run, otherRun] = [selfDescribing(input), selfDescribing(compiler.argument(args[0]!, scope))]
  return {
    type: systemType('Boolean'),
    single: true,
    ordered: true,
    run: (focus, evaluation) => {
      const item = single(run(focus, evaluation), name, at)
      const other = single(otherRun(focus, evaluation), name, at)
      if (item === undefined || other === undefined) return undefined
      const [own, given] = [codingsOf(item), codingsOf(other)]
      if (!own || !given) throw new Trouble('fhirpath.input-type', at, { name, type: typeNameOf(own ? other : item) })
      const [ancestors, descendants] = inputIsAncestor ? [own, given] : [given, own]
      const pairs = ancestors.flatMap(ancestor =>
        itemsOf(descendants).map(descendant => ({ ancestor, descendant: descendant as CodingKey })),
      )
      return anyOf(pairs.map(({ ancestor, descendant }) => subsumes(ancestor, descendant, pairs.length === 1, evaluation, at)))
    },
  }
}

/** Codes of different systems have no relation that is known; between two single codes that is a fault. */
function subsumes(ancestor: CodingKey, descendant: CodingKey, isOnly: boolean, evaluation: Evaluation, at: number): boolean | undefined {
  const system = ancestor.system ?? descendant.system ?? ''
  if (ancestor.system !== descendant.system) {
    if (isOnly) throw new Trouble('fhirpath.code-system-unknown', at, { system: `${ancestor.system ?? ''} / ${descendant.system ?? ''}` })
    return false
  }
  if (ancestor.code === descendant.code) return true
  const answer = evaluation.context.subsumes?.(system, ancestor.code, descendant.code)
  if (answer === null) throw new Trouble('fhirpath.code-system-unknown', at, { system })
  if (answer === undefined) evaluation.need({ kind: 'subsumption', system, ancestor: ancestor.code, descendant: descendant.code })
  return answer
}
