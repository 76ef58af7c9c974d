// Functions of single values: one builder does what they share (one item, its type, empty in and empty out).
import type { Evaluation } from '../evaluation.ts'
import { textLengthMax } from '../regex/limits.ts'
import { Trouble } from '../trouble.ts'
import type { Collection, Item } from '../values/collection.ts'
import { typeNameOf } from '../values/node.ts'
import { isNumber } from '../values/numbers.ts'
import { Quantity } from '../values/quantity.ts'
import { Temporal } from '../values/temporal.ts'
import type { Call, FunctionSpec } from './call.ts'
import { anyType, type Expr, type Scalar, systemType, systemTypeName, typeName } from './expr.ts'
import { operand } from './operands.ts'

/** What a function takes: a system type, or a family of them. */
export type Kind = 'String' | 'Integer' | 'Decimal' | 'Boolean' | 'Quantity' | 'Number or Quantity' | 'Temporal' | 'Any'

const accepts: Readonly<Record<Kind, (value: Item) => boolean>> = {
  String: value => typeof value === 'string',
  Integer: value => typeof value === 'number',
  Decimal: isNumber,
  Boolean: value => typeof value === 'boolean',
  Quantity: value => value instanceof Quantity || isNumber(value),
  'Number or Quantity': value => value instanceof Quantity || isNumber(value),
  Temporal: value => value instanceof Temporal,
  Any: () => true,
}

const acceptsType: Readonly<Record<Kind, readonly string[]>> = {
  String: ['String'],
  Integer: ['Integer'],
  Decimal: ['Integer', 'Long', 'Decimal'],
  Boolean: ['Boolean'],
  Quantity: ['Quantity', 'Integer', 'Long', 'Decimal'],
  'Number or Quantity': ['Quantity', 'Integer', 'Long', 'Decimal'],
  Temporal: ['Date', 'DateTime', 'Time'],
  Any: [],
}

type Result = 'String' | 'Integer' | 'Long' | 'Decimal' | 'Boolean' | 'Quantity' | 'Date' | 'DateTime' | 'Time' | 'Any'

export type ScalarFunction = {
  readonly input: Kind
  readonly args?: readonly Kind[]
  /** How many of the last arguments may be left out; an optional argument that is empty counts as left out. */
  readonly optional?: number
  readonly result: Result
  /** The result may be several items. */
  readonly many?: boolean
  /** A type that does not fit gives an empty result instead of a fault. */
  readonly tolerant?: boolean
  /** `fail` makes a fault at the place of the call. */
  readonly run: (input: Item, args: readonly (Item | undefined)[], call: Running) => Collection
}

/** What a running function may use. */
export type Running = { readonly name: string; readonly at: number; readonly evaluation: Evaluation }

export function scalar(spec: ScalarFunction): FunctionSpec {
  const kinds = spec.args ?? []
  const fewest = kinds.length - (spec.optional ?? 0)
  return { args: [fewest, kinds.length], compile: call => compileScalar(spec, kinds, fewest, call) }
}

function compileScalar(spec: ScalarFunction, kinds: readonly Kind[], fewest: number, call: Call): Expr {
  const { compiler, name, at, input, scope } = call
  if (!spec.tolerant) checkType(call, input, spec.input, 'fhirpath.input-type')
  const value = operand(input, name, at)
  const args = call.args.map((argument, i) => {
    const expr = compiler.argument(argument, scope)
    checkType(call, expr, kinds[i]!, 'fhirpath.argument-type')
    return operand(expr, name, at)
  })
  const { run } = spec
  const accepted = accepts[spec.input]
  return {
    type: spec.result === 'Any' ? anyType : systemType(spec.result),
    single: spec.many !== true,
    ordered: true,
    run: (focus, evaluation) => {
      const item = value(focus, evaluation)
      if (item === undefined) return undefined
      if (!accepted(item)) {
        if (spec.tolerant) return undefined
        throw new Trouble('fhirpath.input-type', at, { name, type: typeNameOf(item) })
      }
      if (typeof item === 'string') evaluation.spend(item.length >> charactersPerStepBits)
      const given = args.length === 0 ? none : argumentsOf(args, kinds, call, focus, evaluation)
      for (let i = 0; i < fewest; i++) if (given[i] === undefined) return undefined
      return run(item, given, { name, at, evaluation })
    },
  }
}

const none: readonly Item[] = []

function argumentsOf(args: readonly Scalar[], kinds: readonly Kind[], call: Call, focus: Item | undefined, evaluation: Evaluation) {
  return args.map((argument, i) => {
    const item = argument(focus, evaluation)
    if (item === undefined || accepts[kinds[i]!](item)) return item
    throw new Trouble('fhirpath.argument-type', call.at, { name: call.name, type: typeNameOf(item) })
  })
}

/** Refuses at compile time what can never have the type that is needed. */
function checkType(call: Call, expr: Expr, kind: Kind, code: 'fhirpath.input-type' | 'fhirpath.argument-type'): void {
  const { type } = expr
  if (call.compiler.isLenient || kind === 'Any' || type.kind === 'any' || type.kind === 'none') return
  const name = systemTypeName(type)
  if (name === undefined || !acceptsType[kind].includes(name)) throw new Trouble(code, call.at, { name: call.name, type: typeName(type) })
}

/** A text that is not too long to go on with. Throws Trouble. */
export function checkedText(text: string, at: number): string {
  checkLength(text.length, at)
  return text
}

export function checkLength(length: number, at: number): void {
  if (length > textLengthMax) throw new Trouble('fhirpath.text-too-long', at, { max: textLengthMax })
}

/** Characters that count as one step. */
const charactersPerStepBits = 7

/** The argument of a function has a value it cannot work with. */
export function badArgument({ name, at }: Running, value: unknown): Trouble {
  return new Trouble('fhirpath.argument-value', at, { name, value: String(value) })
}
