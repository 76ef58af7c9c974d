// FHIRPath expressions, compiled once and run often (hl7.org/fhirpath, fhirpath.html of FHIR R4).
import type { Fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Model } from '../model/model.ts'
import { r4 } from '../model/r4.ts'
import { Compiler, type Mode } from './compile/compiler.ts'
import { definitionOf, untyped } from './compile/dynamic.ts'
import { anyType, type Expr, type StaticType, type Truth } from './compile/expr.ts'
import { usesPathname } from './compile/functions/pathname.ts'
import { selfDescribing, truth } from './compile/operands.ts'
import { Evaluation, type EvaluationContext, type Need } from './evaluation.ts'
import type { Ast } from './syntax/ast.ts'
import { parse } from './syntax/parser.ts'
import { Trouble } from './trouble.ts'
import { type Item, itemsOf } from './values/collection.ts'
import { Node, type Raw } from './values/node.ts'
import { Place } from './values/place.ts'
import { type TypedValue, typedValue } from './values/typed-value.ts'

export type CompileOptions = {
  /** FHIR type of the input (`Patient`, `Patient.contact`, `HumanName`). Without it an expression fits itself to each type it meets. */
  readonly type?: string
  readonly mode?: Mode
  readonly model?: Model
}

export type Evaluated = {
  readonly values: readonly TypedValue[]
  /** What was missing: fetch it, put it in the context, run again. The values are final when this is empty. */
  readonly needs: readonly Need[]
}

/** Faults `fhirpath.…` with `at` = line:column for errors of syntax and, where the type is given, of meaning. */
export function compile(text: string, options: CompileOptions = {}): Result<Expression> {
  try {
    const expression = new Expression(text, parse(text), options)
    if (options.type !== undefined) expression.prepare()
    return ok(expression)
  } catch (thrown) {
    return failed(asFault(thrown, text))
  }
}

function asFault(thrown: unknown, text: string): Fault {
  if (thrown instanceof Trouble) return thrown.toFault(text)
  throw thrown
}

/** An expression compiled for one type of input. */
type Variant = { readonly expr: Expr; readonly holds: Truth }

export class Expression {
  readonly text: string
  readonly model: Model
  readonly #ast: Ast
  readonly #mode: Mode
  readonly #type: string | undefined
  readonly #isPlaced: boolean
  readonly #variants = new Map<string | undefined, Variant>()
  /** The variant of the declared type. */
  #declared: Variant | undefined

  constructor(text: string, ast: Ast, options: CompileOptions) {
    this.text = text
    this.#ast = ast
    this.model = options.model ?? r4
    this.#mode = options.mode ?? 'standard'
    this.#type = options.type
    this.#isPlaced = usesPathname(ast)
  }

  /** Compiles for the declared type at once. Throws Trouble. */
  prepare(): Expr {
    this.#declared ??= this.#variant(this.#type)
    return this.#declared.expr
  }

  /** The FHIR type of the results where it is known for the declared type of input, e.g. `HumanName`. */
  get resultType(): string | undefined {
    const { type } = this.prepare()
    return type.kind === 'fhir' ? type.def.name : undefined
  }

  /**
   * Evaluates on a resource, an element of the declared type, or plain JSON. A fault means the expression cannot be evaluated on
   * this input.
   */
  run(input: unknown, context: EvaluationContext = {}): Result<Evaluated> {
    const evaluation = new Evaluation(this.model, context)
    try {
      const { focus: item, type } = this.#focus(input)
      const focus = this.#isPlaced && item !== undefined ? placedRoot(item, type, this.model) : item
      const resource = context.resource ?? (isResource(input) ? input : undefined)
      evaluation.begin(focus, resource, context.rootResource ?? resource)
      const { expr } = this.#variant(type)
      const values = itemsOf(selfDescribing(expr)(focus, evaluation)).map(item => typedValue(item))
      return ok({ values, needs: evaluation.needs })
    } catch (thrown) {
      return failed(asFault(thrown, this.text))
    }
  }

  /**
   * Whether the expression holds for an element of the declared type: undefined when it is empty, a Fault when it fails. For
   * invariants and filters: `evaluation` is shared, begun by the caller with %resource and %rootResource.
   */
  check(focus: Item, evaluation: Evaluation): boolean | undefined | Fault {
    try {
      evaluation.root = focus
      this.#declared ??= this.#variant(this.#type)
      return this.#declared.holds(focus, evaluation)
    } catch (thrown) {
      return asFault(thrown, this.text)
    }
  }

  /**
   * Visits each result on an element of the declared type: its JSON value (undefined for a primitive that has extensions only)
   * and the name of its FHIR or system type. For index values: nothing is wrapped or copied. A Fault when it fails.
   */
  each(focus: Item, evaluation: Evaluation, visit: (value: unknown, type: string) => void): Fault | undefined {
    try {
      evaluation.root = focus
      this.#declared ??= this.#variant(this.#type)
      const { expr } = this.#declared
      const items = expr.run(focus, evaluation)
      const typeName = expr.type.kind === 'fhir' ? expr.type.def.name : undefined
      if (Array.isArray(items)) for (let i = 0; i < items.length; i++) visitItem(items[i]!, typeName, visit, this.model)
      else if (items !== undefined) visitItem(items as Item, typeName, visit, this.model)
      return undefined
    } catch (thrown) {
      return asFault(thrown, this.text)
    }
  }

  #focus(input: unknown): { focus: Item | undefined; type: string | undefined } {
    if (input === undefined || input === null) return { focus: undefined, type: this.#type }
    if (this.#type !== undefined) return { focus: input as Item, type: this.#type }
    const focus = untyped(input)
    const def = definitionOf(focus, this.model)
    return { focus, type: def?.kind === 'resource' ? def.name : undefined }
  }

  #variant(type: string | undefined): Variant {
    const known = this.#variants.get(type)
    if (known) return known
    const root = this.#isPlaced ? anyType : this.#staticType(type)
    const compiler = new Compiler(this.model, this.#mode, root, resourceType(root, this.model), this.#isPlaced)
    const expr = compiler.compile(this.#ast, { focus: root, variables: new Map() })
    const variant = { expr, holds: truth(expr, 'expression', 0) }
    this.#variants.set(type, variant)
    return variant
  }

  #staticType(name: string | undefined): StaticType {
    if (name === undefined) return anyType
    const def = this.model.type(name)
    if (!def) throw new Trouble('fhirpath.type-unknown', 0, { name })
    return { kind: 'fhir', def }
  }
}

/** The root as a node that knows its place. */
function placedRoot(item: Item, type: string | undefined, model: Model): Item {
  const def = type === undefined ? definitionOf(item, model) : model.type(type)
  return new Node(def, item instanceof Node ? item.value : item, undefined, undefined, new Place(def?.name ?? ''))
}

function isResource(input: unknown): input is Item {
  return typeof input === 'object' && input !== null && typeof (input as Raw)['resourceType'] === 'string'
}

/** %resource is the resource itself, or the one whose backbone element is asked; elsewhere it may be any. */
function resourceType(root: StaticType, model: Model): StaticType {
  if (root.kind !== 'fhir') return anyType
  const name = root.def.name.split('.')[0]!
  const def = model.type(name)
  return def?.kind === 'resource' ? { kind: 'fhir', def } : anyType
}

function visitItem(item: Item, type: string | undefined, visit: (value: unknown, type: string) => void, model: Model): void {
  if (item instanceof Node) visit(item.value, item.def?.name ?? type ?? '')
  else visit(item, type ?? typeOfItem(item, model))
}

function typeOfItem(item: Item, model: Model): string {
  return definitionOf(item, model)?.name ?? typedValue(item).type
}
