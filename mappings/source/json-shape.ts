// What a JSON Schema (draft-07) says of each place of a message: enough to check the paths of plans. Alternatives are taken together.
import type { JsonObject, JsonValue } from '#kernel/json.ts'

const referencesMax = 20

/** A place by all the schemas that may describe it. */
export class Shape {
  readonly #root: JsonObject
  readonly #schemas: readonly JsonObject[]
  /** Name of the definition it refers to, `coded`; `''` for a place described where it stands. */
  readonly name: string

  constructor(root: JsonObject, schemas: readonly JsonValue[] = [root]) {
    this.#root = root
    const names = new Set<string>()
    this.#schemas = schemas.flatMap(schema => this.#expand(schema, names, 0)).filter(schema => schema['type'] !== 'null')
    this.name = names.size === 1 ? [...names][0]! : ''
  }

  /** JSON types of its values without null, e.g. `string`; empty when nothing is said. */
  get types(): ReadonlySet<string> {
    const types = this.#schemas.flatMap(schema => typesOf(schema))
    return new Set(types.map(type => (type === 'integer' ? 'number' : type)).filter(type => type !== 'null'))
  }

  /** What stands in a member; undefined where the schema knows none of that name. */
  member(name: string): Shape | undefined {
    const found = this.#schemas.flatMap(schema => {
      const members = schema['properties'] as JsonObject | undefined
      return members !== undefined && Object.hasOwn(members, name) ? [members[name]!] : []
    })
    if (found.length > 0) return new Shape(this.#root, found)
    const others = this.#schemas.flatMap(schema => (isSchema(schema['additionalProperties']) ? [schema['additionalProperties']] : []))
    if (others.length > 0) return new Shape(this.#root, others)
    return this.#isOpen ? new Shape(this.#root, [{}]) : undefined
  }

  get items(): Shape | undefined {
    const items = this.#schemas.flatMap(schema => (isSchema(schema['items']) ? [schema['items']] : []))
    if (items.length > 0) return new Shape(this.#root, items)
    return this.types.has('array') || this.#schemas.every(schema => typesOf(schema).length === 0) ? new Shape(this.#root, [{}]) : undefined
  }

  /** A definition by name. */
  definition(name: string): Shape | undefined {
    const found = definitionsOf(this.#root)[name]
    return found === undefined ? undefined : new Shape(this.#root, [{ $ref: `#/definitions/${name}` }])
  }

  /** Nothing is said of its members: any may be there. */
  get #isOpen(): boolean {
    const silent = (schema: JsonObject) => schema['properties'] === undefined && schema['additionalProperties'] !== false
    const { types } = this
    return this.#schemas.every(silent) && (types.size === 0 || types.has('object'))
  }

  /** A schema with those it refers to or combines. */
  #expand(schema: JsonValue, names: Set<string>, depth: number): JsonObject[] {
    if (!isSchema(schema) || depth > referencesMax) return []
    const reference = schema['$ref']
    if (typeof reference === 'string') {
      const name = /^#\/(?:definitions|\$defs)\/([\w.-]+)$/.exec(reference)?.[1]
      const target = name === undefined ? undefined : definitionsOf(this.#root)[name]
      if (name !== undefined && depth < referencesMax) names.add(name)
      return target === undefined ? [] : this.#expand(target, new Set(), depth + 1)
    }
    const combined = ['allOf', 'anyOf', 'oneOf'].flatMap(keyword => (schema[keyword] ?? []) as JsonValue[])
    const conditional = ['then', 'else'].flatMap(keyword => (schema[keyword] === undefined ? [] : [schema[keyword]]))
    return [schema, ...[...combined, ...conditional].flatMap(inner => this.#expand(inner, names, depth + 1))]
  }
}

function isSchema(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function definitionsOf(root: JsonObject): JsonObject {
  return { ...(root['$defs'] as JsonObject | undefined), ...(root['definitions'] as JsonObject | undefined) }
}

function typesOf(schema: JsonObject): string[] {
  const stated = schema['type']
  if (typeof stated === 'string') return [stated]
  if (Array.isArray(stated)) return stated.map(String)
  const values = schema['enum'] ?? (schema['const'] === undefined ? undefined : [schema['const']])
  if (Array.isArray(values)) return values.map(value => (value === null ? 'null' : typeof value))
  if (schema['properties'] !== undefined) return ['object']
  return schema['items'] === undefined ? [] : ['array']
}
