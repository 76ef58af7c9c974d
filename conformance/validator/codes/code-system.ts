// A code system in memory: its concepts by code, their parents and properties (codesystem.html).
import type { JsonObject } from '#kernel/json.ts'
import type { Raw } from '../definitions/definition.ts'

export type Concept = {
  readonly code: string
  readonly displays: readonly string[]
  readonly parents: string[]
  /** Property code → values as text. */
  readonly properties: ReadonlyMap<string, readonly string[]>
}

export type CodeSystemContent = 'complete' | 'fragment' | 'example' | 'not-present' | 'supplement'

export class LoadedCodeSystem {
  readonly url: string
  readonly version: string | undefined
  readonly content: CodeSystemContent
  readonly caseSensitive: boolean
  readonly concepts = new Map<string, Concept>()
  #byFolded: Map<string, Concept> | undefined

  constructor(resource: JsonObject) {
    this.url = String(resource['url'])
    this.version = resource['version'] as string | undefined
    this.content = (resource['content'] as CodeSystemContent | undefined) ?? 'complete'
    this.caseSensitive = resource['caseSensitive'] !== false
    this.#add(resource['concept'] as Raw[] | undefined, undefined)
  }

  /** The concept of a code; one that differs in case only, where case does not count. */
  find(code: string): Concept | undefined {
    const exact = this.concepts.get(code) ?? this.#placeholder(code)
    if (exact || this.caseSensitive) return exact
    this.#byFolded ??= new Map([...this.concepts.values()].map(concept => [concept.code.toLowerCase(), concept]))
    return this.#byFolded.get(code.toLowerCase())
  }

  /** HL7 table 0203: NNxxx stands for NNCHN and the like, one for each country. */
  #placeholder(code: string): Concept | undefined {
    return /^NN[A-Z]{3}$/.test(code) ? this.concepts.get('NNxxx') : undefined
  }

  isBelow(descendant: string, ancestor: string): boolean {
    const waiting = [descendant]
    const seen = new Set<string>()
    for (let code = waiting.pop(); code !== undefined; code = waiting.pop()) {
      if (seen.has(code)) continue
      seen.add(code)
      for (const parent of this.concepts.get(code)?.parents ?? []) {
        if (parent === ancestor) return true
        waiting.push(parent)
      }
    }
    return false
  }

  #add(list: readonly Raw[] | undefined, parent: string | undefined): void {
    const waiting = (list ?? []).map(raw => ({ raw, parent }))
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { raw } = next
      const code = String(raw['code'])
      const known = this.concepts.get(code)
      if (known) {
        if (next.parent !== undefined) known.parents.push(next.parent)
        continue
      }
      const properties = propertiesOf(raw)
      const parents = [
        ...(next.parent === undefined ? [] : [next.parent]),
        ...(properties.get('parent') ?? []),
        ...(properties.get('subsumedBy') ?? []),
      ]
      this.concepts.set(code, { code, displays: displaysOf(raw), parents, properties })
      for (const child of (raw['concept'] as Raw[] | undefined) ?? []) waiting.push({ raw: child, parent: code })
    }
  }
}

function displaysOf(raw: Raw): readonly string[] {
  const designations = ((raw['designation'] as Raw[] | undefined) ?? []).map(one => one['value'])
  return [raw['display'], ...designations].filter(text => typeof text === 'string')
}

function propertiesOf(raw: Raw): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const property of (raw['property'] as Raw[] | undefined) ?? []) {
    const value = Object.entries(property).find(([name]) => name.startsWith('value'))?.[1]
    const text = typeof value === 'object' && value !== null ? String((value as Raw)['code']) : String(value)
    const code = String(property['code'])
    found.set(code, [...(found.get(code) ?? []), text])
  }
  return found
}

/** Retired or deprecated, however the system says it (codesystem-concept-properties). */
export function isInactive({ properties }: Concept): boolean {
  const says = (name: string, value: string) => properties.get(name)?.includes(value) ?? false
  return says('inactive', 'true') || says('status', 'retired') || says('status', 'inactive')
}
