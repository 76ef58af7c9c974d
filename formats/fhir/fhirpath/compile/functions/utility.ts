// Utility functions: not, trace, type, defineVariable, now and its kin, comparable (FHIRPath section Utility functions).

import type { Model, TypeDefinition } from '../../../model/model.ts'
import { Trouble } from '../../trouble.ts'
import { type Collection, collectionOf, type Item, itemsOf } from '../../values/collection.ts'
import { Node, type Raw, systemTypeOf, TypeInfo } from '../../values/node.ts'
import { asQuantity } from '../../values/order.ts'
import { areComparable } from '../../values/quantity-arithmetic.ts'
import type { Temporal } from '../../values/temporal.ts'
import type { Call, FunctionTable } from '../call.ts'
import { definitionOf } from '../dynamic.ts'
import { anyType, type Expr, systemType, type Variable } from '../expr.ts'
import { described, operand, selfDescribing, truth } from '../operands.ts'
import { scalar } from '../scalar.ts'
import { itemScope } from '../scope.ts'
import { isEnvironmentName } from '../variables.ts'
import { dateOf } from './conversion.ts'

export const utility: FunctionTable = {
  not: { args: [0, 0], compile: compileNot },
  type: { args: [0, 0], compile: compileType },
  trace: { args: [1, 2], compile: compileTrace },
  defineVariable: { args: [1, 2], compile: compileDefineVariable },
  now: { args: [0, 0], compile: () => clock('DateTime', now => now) },
  today: { args: [0, 0], compile: () => clock('Date', dateOf) },
  timeOfDay: { args: [0, 0], compile: () => clock('Time', timeOf) },
  comparable: scalar({
    input: 'Quantity',
    args: ['Quantity'],
    result: 'Boolean',
    tolerant: true,
    run: (input, [other]) => areComparable(asQuantity(input)!, asQuantity(other!)!),
  }),
}

function compileNot({ input, name, at }: Call): Expr {
  const holds = truth(input, name, at)
  return {
    type: systemType('Boolean'),
    single: true,
    ordered: true,
    run: (focus, evaluation) => {
      const value = holds(focus, evaluation)
      return value === undefined ? undefined : !value
    },
  }
}

function compileType({ compiler, input }: Call): Expr {
  const run = selfDescribing(input)
  return {
    type: anyType,
    single: input.single,
    ordered: input.ordered,
    run: (focus, evaluation) => collectionOf(itemsOf(run(focus, evaluation)).map(item => typeInfo(item, compiler.model))),
  }
}

/** A backbone element is of the type BackboneElement: its path is no name that `is` would know elsewhere. */
function typeInfo(item: Item, model: Model): TypeInfo {
  const system = item instanceof Node ? undefined : systemTypeOf(item)
  if (system) return new TypeInfo('System', system, 'System.Any')
  const def = definitionOf(item, model)
  const named = def?.kind === 'backbone' ? def.base : def
  if (named) return new TypeInfo('FHIR', named.name, baseName(named))
  return new TypeInfo('FHIR', String((item as Raw)['resourceType'] ?? 'Any'), 'System.Any')
}

function baseName({ base }: TypeDefinition): string {
  return base ? `FHIR.${base.name}` : 'System.Any'
}

/** Hands the items, or what a projection makes of them, to the context; goes on with the items. */
function compileTrace({ compiler, input, args, scope, name, at }: Call): Expr {
  const label = operand(compiler.argument(args[0]!, scope), name, at)
  const projection = args[1] ? selfDescribing(compiler.argument(args[1], itemScope(scope, input.type))) : undefined
  return {
    ...input,
    value: undefined,
    filter: undefined,
    choice: undefined,
    resolved: undefined,
    run: (focus, evaluation) => {
      const items = input.run(focus, evaluation)
      const { trace } = evaluation.context
      if (trace) {
        const shown: Collection = projection
          ? itemsOf(items).flatMap(item => itemsOf(projection(item, evaluation)))
          : described(items, input.type)
        trace(String(label(focus, evaluation) ?? ''), itemsOf(shown))
      }
      return items
    },
  }
}

/** The name must be a literal, so that the compiler knows what %name means further right. */
function compileDefineVariable({ compiler, input, args, scope, name, at }: Call): Expr {
  const label = args[0]!
  if (label.kind !== 'literal' || typeof label.value !== 'string') throw new Trouble('fhirpath.argument-not-constant', at, { name })
  if (isEnvironmentName(label.value) || scope.variables.has(label.value))
    throw new Trouble('fhirpath.variable-exists', at, { name: label.value })
  const projection = args[1] ? compiler.argument(args[1], scope) : undefined
  const value = projection ?? input
  const variable: Variable = { slot: compiler.newSlot(), type: value.type, single: value.single }
  return {
    type: input.type,
    single: input.single,
    ordered: input.ordered,
    defines: new Map([...(input.defines ?? []), [label.value, variable]]),
    run: (focus, evaluation) => {
      const items = input.run(focus, evaluation)
      evaluation.slots[variable.slot] = projection ? projection.run(focus, evaluation) : items
      return items
    },
  }
}

function clock(type: 'DateTime' | 'Date' | 'Time', take: (now: Temporal) => Temporal): Expr {
  return {
    type: systemType(type),
    single: true,
    ordered: true,
    run: (_, evaluation) => {
      const now = evaluation.now()
      return now && take(now)
    },
  }
}

export function timeOf(value: Temporal): Temporal {
  return value.with({ type: 'Time', year: 1, month: 1, day: 1, offsetMinutes: undefined })
}
