// JSON messages as a source of plans: paths are checked against the vendor's JSON Schema. `run.number`, `vitals[*].items[0].value`, `this`.
import type { JsonObject } from '#kernel/json.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Run } from '../compile/run.ts'
import { Shape } from './json-shape.ts'
import { JsonSpot } from './json-spot.ts'
import type { Entrance, Reach, Scope, Source, Text } from './source.ts'

export type JsonScope = Scope & {
  readonly shape: Shape
  /** What encloses it, the whole message first; while reading, frame n is the present occurrence of the n-th. */
  readonly frames: readonly Shape[]
}

type Step = string | number | 'every'
type Read<T> = (run: Run<JsonSpot>, node: JsonSpot) => T

const pathForm = /^[A-Za-z_][\w-]*(?:\[(?:\d{1,4}|\*)\])*(?:\.[A-Za-z_][\w-]*(?:\[(?:\d{1,4}|\*)\])*)*$/

/** Plans may be written for scalars of any kind. */
const anyText = new Shape({ type: 'string' })

export class JsonSource implements Source<JsonSpot> {
  readonly format = 'json'
  readonly #root: Shape
  readonly #traced: boolean
  /** Types of places that are no definition of the schema, by a name made up for them. */
  readonly #places = new Map<string, Shape>()

  constructor(schema: JsonObject, traced: boolean) {
    this.#root = new Shape(schema)
    this.#traced = traced
  }

  /** Where the steps of a message plan start. */
  get message(): JsonScope {
    return { name: 'message', shape: this.#root, frames: [this.#root] }
  }

  reach(text: string, scope: Scope): Result<Reach<JsonSpot>, string> {
    const found = this.#find(text, scope as JsonScope)
    if (!found.ok) return found
    const { shape, nodes, many } = found.value
    if (shape.types.has('array')) return failed(`${text} is a list: take one, [0], or all, [*]`)
    const type = this.#typeOf(shape, `${scope.name}.${text}`)
    const node: Read<JsonSpot | undefined> = (run, at) => nodes(run, at)[0]
    const inner = this.#text(shape, (_, at) => at)
    const isPresent: Read<boolean> = (run, at) => nodes(run, at).some(spot => this.#touching(run, spot).leaves().length > 0)
    return ok({ ...this.#text(shape, node), type, many, node, nodes, inner, isPresent, isNull: () => false })
  }

  partOf(): undefined {
    return undefined
  }

  parts(): undefined {
    return undefined
  }

  frameOf(): undefined {
    return undefined
  }

  lacks(): boolean {
    return false
  }

  inside(type: string, around?: Scope): JsonScope | undefined {
    const shape = type === 'string' ? anyText : (this.#places.get(type) ?? this.#root.definition(type))
    return shape && { name: type, shape, frames: (around as JsonScope | undefined)?.frames ?? [] }
  }

  codeOf(): readonly [string, string] {
    return ['code', 'name']
  }

  reads(plan: string, type: string): boolean {
    return plan === type || (plan === 'string' && type.startsWith('json:'))
  }

  enter(text: string, scope: Scope): Result<Entrance<JsonSpot>, string> {
    const from = scope as JsonScope
    const found = this.#find(text, from)
    if (!found.ok) return found
    const { shape, nodes } = found.value
    const items = shape.types.has('array') ? shape.items : undefined
    const all: Read<readonly JsonSpot[]> = items ? (run, node) => nodes(run, node).flatMap(spot => spot.items()) : nodes
    const depth = from.frames.length
    const inner = items ?? shape
    return ok({
      scope: { name: text.replace(/\[\*\]/g, ''), shape: inner, frames: [...from.frames, inner] } satisfies JsonScope,
      nodes: all,
      first: (run, node) => all(run, node)[0],
      open(run, node) {
        run.frames[depth] = node
        run.frames.length = depth + 1
      },
      repeats: items !== undefined || found.value.many,
    })
  }

  where(node: JsonSpot): string {
    return node.position
  }

  raw(node: JsonSpot): string {
    return JSON.stringify(node.value)
  }

  depthOf(): number {
    return 0
  }

  unread(run: Run<JsonSpot>): string[] {
    const places = new Set(new JsonSpot(run.message as JsonObject).leaves().map(leaf => leaf.place))
    return [...places].filter(place => !run.tracer!.touched.has(place))
  }

  /** A path in the value at hand, or in the nearest that encloses it and has such a member. */
  #find(text: string, scope: JsonScope): Result<{ shape: Shape; nodes: Read<readonly JsonSpot[]>; many: boolean }, string> {
    if (!pathForm.test(text)) return failed(`\`${text}\` is no path into JSON`)
    const steps = text
      .split(/\.|(?=\[)/)
      .map((part): Step => (part === '[*]' ? 'every' : part.startsWith('[') ? Number(part.slice(1, -1)) : part))
    const many = text.includes('[*]')
    if (steps[0] === 'this') {
      const nodes: Read<readonly JsonSpot[]> = (_, node) => [node]
      return steps.length === 1 ? ok({ shape: scope.shape, nodes, many }) : failed('`this` is the value at hand as a whole')
    }
    const frames = [...scope.frames.keys()].reverse()
    const name = steps[0] as string
    const here = scope.shape.member(name) ? undefined : frames.find(at => scope.frames[at]!.member(name))
    const start = here === undefined ? scope.shape : scope.frames[here]!
    const shape = shapeAt(start, steps, text)
    if (!shape.ok) return shape
    const nodes: Read<readonly JsonSpot[]> =
      here === undefined ? (_, node) => walk(node, steps) : run => walk(run.frames[here] as JsonSpot, steps)
    return ok({ shape: shape.value, nodes, many })
  }

  #text(shape: Shape, find: Read<JsonSpot | undefined>): Text<JsonSpot> {
    const leaf = leafOf(shape)
    const where: Read<string> = (run, node) => find(run, node)?.position ?? ''
    const plain: Read<string> = (run, node) => find(run, node)?.text ?? ''
    if (!this.#traced) return { leaf, read: plain, peek: plain, where }
    const peek: Read<string> = (run, node) => {
      const spot = find(run, node)
      return spot === undefined ? '' : this.#touching(run, spot).text
    }
    const read: Read<string> = (run, node) => {
      const text = peek(run, node)
      if (text !== '') run.tracer!.reads.push(where(run, node))
      return text
    }
    return { leaf, read, peek, where }
  }

  /** In a traced run: writes down that a place was looked at. */
  #touching(run: Run<JsonSpot>, spot: JsonSpot): JsonSpot {
    run.tracer?.touched.add(spot.place)
    return spot
  }

  /** Name of a type: of a scalar its own, of a definition the schema's, of all else the place. */
  #typeOf(shape: Shape, text: string): string {
    const name = shape.types.has('object') || shape.types.size === 0 ? shape.name || text : leafOf(shape)
    this.#places.set(name, shape)
    return name
  }
}

function leafOf({ types }: Shape): string {
  if (types.size === 1 && types.has('number')) return 'json:number'
  if (types.size === 1 && types.has('boolean')) return 'json:boolean'
  return 'json:string'
}

function shapeAt(start: Shape, steps: readonly Step[], text: string): Result<Shape, string> {
  let shape: Shape | undefined = start
  for (const step of steps) {
    shape = typeof step === 'string' && step !== 'every' ? shape.member(step) : shape.items
    if (!shape) return failed(`the schema has no ${text}`)
  }
  return ok(shape)
}

function walk(from: JsonSpot, steps: readonly Step[]): readonly JsonSpot[] {
  let spots: readonly JsonSpot[] = [from]
  for (const step of steps) {
    if (step === 'every') spots = spots.flatMap(spot => spot.items())
    else if (typeof step === 'number') spots = spots.flatMap(spot => spot.item(step) ?? [])
    else spots = spots.flatMap(spot => spot.member(step) ?? [])
    if (spots.length === 0) return spots
  }
  return spots
}
