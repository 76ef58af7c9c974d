// What names mean at a place in an expression: the type of $this, the variables, whether $index and $total are known.
import type { StaticType, Variable } from './expr.ts'

export type Scope = {
  readonly focus: StaticType
  readonly variables: ReadonlyMap<string, Variable>
  /** The type of $total inside aggregate(). */
  readonly total?: StaticType
}

/** The scope inside a function's argument that is evaluated per item. */
export function itemScope(scope: Scope, focus: StaticType): Scope {
  return { ...scope, focus }
}

export function withVariables(scope: Scope, defines: ReadonlyMap<string, Variable> | undefined): Scope {
  return defines ? { ...scope, variables: new Map([...scope.variables, ...defines]) } : scope
}
