// The coding pass: beside each local coding it writes the standard one, beside a printed unit its UCUM code, and it says which codes no map knows.
import type { CodeGap, ResourceIntent } from '#kernel/intent.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import type { CodedIntents, CodingPass } from '#kernel/ports/terminology.ts'
import type { CodeMapSnapshot } from './code-maps.ts'
import type { CodedMember, CodedMembers } from './coded-members.ts'
import type { ConceptMap } from './concept-map.ts'

/** The map that reads printed units (`Quantity.unit` without a code). */
export const unitMap = 'unit-to-ucum'

/** Whether a map is the pass's own, and not one that plans translate with. */
export function isOfPass(maps: CodeMapSnapshot, map: string): boolean {
  return map === unitMap || maps.map(map)?.seed.beside === true
}

/** Nothing is changed in place: an intent that gains no coding is handed on as it came. */
export class StandardCodingPass implements CodingPass {
  readonly hash: string
  readonly #members: CodedMembers
  /** Maps by the local system they read; a code that none of them decides is a gap. */
  readonly #bySystem: ReadonlyMap<string, readonly ConceptMap[]>
  readonly #units: ConceptMap | undefined

  constructor(maps: CodeMapSnapshot, members: CodedMembers) {
    this.hash = maps.hash
    this.#members = members
    this.#units = maps.map(unitMap)
    this.#bySystem = Map.groupBy(
      maps.maps().filter(map => map.seed.beside),
      map => map.seed.source,
    )
  }

  code(intents: readonly ResourceIntent[], source: string): CodedIntents {
    const gaps = new GapCollector(source)
    const coded = intents.map(intent => {
      gaps.path.length = 0
      gaps.path.push(intent.type)
      const content = this.#visit(intent.content, this.#members.of(intent.type), gaps)
      return content === intent.content ? intent : { ...intent, content }
    })
    return { intents: coded, gaps: gaps.found(), decided: gaps.decided, missed: gaps.missed }
  }

  #visit(object: JsonObject, members: readonly CodedMember[], gaps: GapCollector): JsonObject {
    let changed: JsonObject | undefined
    for (const coded of members) {
      const value = object[coded.member]
      if (value === undefined || value === null || typeof value !== 'object') continue
      gaps.path.push(coded.member)
      const visited = Array.isArray(value) ? this.#list(value, coded, gaps) : this.#one(value as JsonObject, coded, gaps)
      gaps.path.pop()
      if (visited !== value) (changed ??= { ...object })[coded.member] = visited
    }
    return changed ?? object
  }

  #list(values: JsonValue[], coded: CodedMember, gaps: GapCollector): JsonValue[] {
    let changed: JsonValue[] | undefined
    for (let index = 0; index < values.length; index++) {
      const value = values[index]
      if (value === null || typeof value !== 'object' || Array.isArray(value)) continue
      const visited = this.#one(value as JsonObject, coded, gaps)
      if (visited !== value) (changed ??= values.slice())[index] = visited
    }
    return changed ?? values
  }

  #one(value: JsonObject, coded: CodedMember, gaps: GapCollector): JsonObject {
    if (coded.kind === 'concept') return this.#concept(value, gaps)
    if (coded.kind === 'quantity') return this.#quantity(value, gaps)
    return this.#visit(value, this.#members.of(coded.type), gaps)
  }

  #concept(concept: JsonObject, gaps: GapCollector): JsonObject {
    const codings = concept['coding']
    if (!Array.isArray(codings)) return concept
    let changed: JsonValue[] | undefined
    for (const coding of codings as JsonObject[]) {
      const maps = typeof coding?.['system'] === 'string' ? this.#bySystem.get(coding['system']) : undefined
      const code = coding?.['code']
      if (maps === undefined || typeof code !== 'string') continue
      let decided = false
      for (const map of maps) {
        decided ||= map.decides(code)
        const target = map.translate(code)
        // A coding the sender gave in the target system is the sender's word, and stays.
        if (target && !hasSystem(changed ?? codings, target.system)) (changed ??= codings.slice()).push(target)
      }
      if (decided) gaps.decided++
      else if (!maps[0]!.seed.silent) gaps.add(maps[0]!, code, coding['display'])
    }
    return changed ? { ...concept, coding: changed } : concept
  }

  #quantity(quantity: JsonObject, gaps: GapCollector): JsonObject {
    const unit = quantity['unit']
    if (this.#units === undefined || typeof unit !== 'string' || quantity['code'] !== undefined) return quantity
    const target = this.#units.translate(unit)
    if (target) gaps.decided++
    if (target) return { ...quantity, system: target.system, code: target.code }
    if (!this.#units.decides(unit)) gaps.add(this.#units, unit, undefined)
    return quantity
  }
}

function hasSystem(codings: readonly JsonValue[], system: string): boolean {
  for (const coding of codings) if ((coding as JsonObject)['system'] === system) return true
  return false
}

/** One gap per system and code of a message, however often it occurs there. */
class GapCollector {
  /** Type and members down to the element being visited. */
  readonly path: string[] = []
  /** Codes that a map decided, and that none did, each occurrence counted. */
  decided = 0
  missed = 0
  readonly #source: string
  #found: Map<string, CodeGap> | undefined

  constructor(source: string) {
    this.#source = source
  }

  add(map: ConceptMap, code: string, display: JsonValue | undefined): void {
    const key = `${map.seed.source}|${code}`
    this.missed++
    this.#found ??= new Map()
    if (this.#found.has(key)) return
    const named = typeof display === 'string' ? { display } : {}
    this.#found.set(key, { map: map.name, system: map.seed.source, code, ...named, source: this.#source, element: this.path.join('.') })
  }

  found(): readonly CodeGap[] {
    return this.#found ? [...this.#found.values()] : []
  }
}
