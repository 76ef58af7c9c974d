// Most fields of a message are empty, and most rules read one field. A guard tells from the parts present whether a rule could make anything at all,
// so that the others cost one comparison. Guards only ever leave out what would make nothing.
import type { Condition, Expression } from '../language/expression.ts'
import type { Rule } from '../language/plan.ts'
import type { Scope, Source } from '../source/source.ts'

/** All of the clauses must hold; a clause holds when one of its parts is present. No clause: nothing is known. */
export type Guard = readonly Clause[]
type Clause = readonly number[]

/** Functions that give nothing when their first argument has no value; those of `all` when none of their arguments has. */
const ofFirst = new Set(
  'trim upper lower digits year month day oid idCard base64 hexToBase64 before after lines comparator magnitude'.split(' '),
)
const ofAll = new Set(['fullName', 'codingSystem', 'join'])
const ofValue = new Set(['identifier'])

export function guardOf<N>(rule: Rule, scope: Scope, source: Source<N>): Guard {
  const conditions = rule.when ? clausesOf(rule.when, scope, source) : []
  return rule.otherwise === undefined ? [...conditions, ...workClauses(rule, scope, source)] : conditions
}

/** What must hold for one of several to make anything. */
export function anyOf(guards: readonly Guard[]): Guard {
  const firsts = guards.map(guard => guard[0])
  return firsts.every(clause => clause !== undefined) ? [[...new Set(firsts.flat())]] : []
}

function workClauses<N>({ does }: Rule, scope: Scope, source: Source<N>): Guard {
  switch (does.kind) {
    case 'value':
    case 'map':
    case 'name':
      return clause(partsOf(does.from, scope, source))
    case 'call':
      return does.call.args[0] ? clause(partsOf(does.call.args[0], scope, source)) : []
    case 'set':
      // Constants alone make no element; what a rule refers to may be there without any part of this.
      return does.from
        ? clause(partsOf(does.from, scope, source))
        : anyOf(does.rules.filter(rule => rule.does.kind !== 'constant').map(rule => guardOf(rule, scope, source)))
    default:
      return []
  }
}

function clause(parts: Clause | undefined): Guard {
  return parts === undefined ? [] : [parts]
}

function clausesOf<N>(condition: Condition, scope: Scope, source: Source<N>): Guard {
  switch (condition.kind) {
    case 'all':
      return condition.items.flatMap(item => clausesOf(item, scope, source))
    case 'any':
      return anyOf(condition.items.map(item => clausesOf(item, scope, source)))
    case 'not':
      return condition.item.kind === 'empty' ? clause(partsOf(condition.item.of, scope, source)) : []
    case 'in':
      return condition.texts.some(text => text === '' || typeof text !== 'string') ? [] : clause(partsOf(condition.of, scope, source))
    case 'matches':
      return clause(partsOf(condition.of, scope, source))
    case 'empty':
      return []
  }
}

/** Parts of which one must be present for an expression to have a value; undefined when that cannot be told. */
function partsOf<N>(expression: Expression, scope: Scope, source: Source<N>): Clause | undefined {
  switch (expression.kind) {
    case 'path': {
      const part = source.partOf(expression.text, scope)
      return part === undefined ? undefined : [part]
    }
    case 'alternatives':
      return union(expression.items, scope, source)
    case 'call': {
      const { name, args } = expression
      if (ofFirst.has(name) || ofValue.has(name)) return args[0] && partsOf(args[0], scope, source)
      if (ofAll.has(name)) return union(args.slice(name === 'join' ? 1 : 0), scope, source)
      if (name !== 'concat') return undefined
      // One part that is missing empties the whole.
      const known = args.filter(arg => arg.kind !== 'literal').map(arg => partsOf(arg, scope, source))
      return known.find(parts => parts !== undefined)
    }
    default:
      return undefined
  }
}

function union<N>(items: readonly Expression[], scope: Scope, source: Source<N>): Clause | undefined {
  const parts = items.map(item => partsOf(item, scope, source))
  return parts.every(part => part !== undefined) ? [...new Set(parts.flat())] : undefined
}

/** Guards of a list of rules as bits, to be held against the parts of a value: the first clause of each, and what further ones there are. */
export class Guards {
  readonly #low: Int32Array
  readonly #high: Int32Array
  readonly #more: readonly BitGuard[]

  constructor(guards: readonly BitGuard[]) {
    this.#low = Int32Array.from(guards, guard => guard[0]?.low ?? -1)
    this.#high = Int32Array.from(guards, guard => guard[0]?.high ?? -1)
    this.#more = guards.map(guard => guard.slice(1))
  }

  /** Whether the rule could make anything of a value that has these parts. A guard without clauses lets everything through. */
  lets(at: number, parts: Bits): boolean {
    const low = this.#low[at]!
    if ((low & parts.low) === 0 && (this.#high[at]! & parts.high) === 0 && low !== -1) return false
    const more = this.#more[at]!
    for (let clause = 0; clause < more.length; clause++) {
      if ((more[clause]!.low & parts.low) === 0 && (more[clause]!.high & parts.high) === 0) return false
    }
    return true
  }
}

type Bits = { readonly low: number; readonly high: number }
export type BitGuard = readonly Bits[]

export function bitsOf(guard: Guard): BitGuard {
  return guard.map(parts => ({
    low: parts.reduce((bits, part) => (part <= 30 ? bits | (1 << (part - 1)) : bits), 0),
    high: parts.reduce((bits, part) => (part > 30 ? bits | (1 << (part - 31)) : bits), 0),
  }))
}
