// The extractor: every search value of a resource as index rows, by FHIRPath compiled once per type, and the keys of the composite tables.
import { Evaluation } from '#formats/fhir/fhirpath/evaluation.ts'
import { compile, type Expression } from '#formats/fhir/fhirpath/expression.ts'
import { r4 } from '#formats/fhir/model/r4.ts'
import type { IndexEntry, IndexRows } from '#kernel/index-entry.ts'
import { noIndexRows } from '#kernel/index-entry.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import { must } from '#kernel/result.ts'
import type { Extractor } from '../store/index-diff.ts'
import type { Branch } from './branch.ts'
import { clinicalDateParameters } from './clinical-date.ts'
import { chartRows } from './compartment.ts'
import { entriesOf, type ValueContext } from './entries.ts'
import { type Parameter, parametersOf } from './parameters.ts'
import type { Digest } from './token-entries.ts'

/** `digest`: the keyed hash that sensitive tokens are stored as. Types are compiled on first use. */
export function openExtractor(digest: Digest): Extractor {
  const byType = new Map<string, TypeIndexer>()
  return resource => {
    const type = resource['resourceType']
    if (typeof type !== 'string' || !r4.isResourceType(type)) return noIndexRows
    let indexer = byType.get(type)
    if (!indexer) byType.set(type, (indexer = new TypeIndexer(type, digest)))
    return indexer.rows(resource)
  }
}

/** One alternative of one parameter, ready to run. */
type Step = { readonly expression: Expression; readonly visit: (value: unknown, type: string) => void }

class TypeIndexer {
  readonly #type: string
  readonly #digest: Digest
  /** By the top-level JSON member they start at: what a resource does not have costs nothing. */
  readonly #byMember = new Map<string, Step[]>()
  readonly #always: Step[] = []
  readonly #evaluation = new Evaluation(r4)
  readonly #compartment: ReadonlySet<string>
  readonly #dates: readonly string[]
  #entries: IndexEntry[] = []
  #contained: JsonValue | undefined

  constructor(type: string, digest: Digest) {
    this.#type = type
    this.#digest = digest
    const parameters = parametersOf(type)
    for (const parameter of parameters.values()) for (const branch of parameter.branches) this.#add(parameter, branch)
    this.#compartment = chartRows(type)
    this.#dates = clinicalDateParameters(type)
  }

  rows(resource: JsonObject): IndexRows {
    const found: IndexEntry[] = []
    this.#entries = found
    this.#contained = resource['contained']
    this.#evaluation.begin(resource, resource, resource)
    for (const member in resource) {
      const steps = this.#byMember.get(member)
      if (steps) this.#run(steps, resource)
    }
    this.#run(this.#always, resource)
    return { entries: found, ...this.#keys(found, resource) }
  }

  #run(steps: readonly Step[], resource: JsonObject): void {
    for (const step of steps) step.expression.each(resource, this.#evaluation, step.visit)
  }

  #add(parameter: Parameter, branch: Branch): void {
    const expression = must(compile(branch.path, { type: this.#type, mode: 'lenient' }))
    const context: ValueContext = { digest: this.#digest, target: branch.target, contained: () => this.#contained }
    const visit = (value: unknown, type: string) => {
      for (const entry of entriesOf(parameter, type, value as JsonValue, context)) this.#entries.push(entry)
    }
    const members = this.#membersOf(branch)
    if (members.length === 0) this.#always.push({ expression, visit })
    for (const member of members) {
      const steps = this.#byMember.get(member)
      if (steps) steps.push({ expression, visit })
      else this.#byMember.set(member, [{ expression, visit }])
    }
  }

  /** `Observation.value.ofType(Quantity)` starts at valueQuantity and its kin; what asks whether something is missing runs always. */
  #membersOf({ path }: Branch): string[] {
    const name = /exists\(|not\(| (?:and|or|=|!=) /.test(path.replace(/where\([^)]*\)/g, ''))
      ? undefined
      : /^\(*(?:[A-Z]\w*\.)?([a-z]\w*)/.exec(path)?.[1]
    const element = name === undefined ? undefined : r4.element(this.#type, name)
    return element ? [...new Set(element.types.map(type => type.member))] : []
  }

  #keys(entries: readonly IndexEntry[], resource: JsonObject): Pick<IndexRows, 'patients' | 'codes' | 'whenMs'> {
    const patients = this.#type === 'Patient' ? [String(resource['id'])] : []
    const codes: string[] = []
    let whenMs: number | undefined
    let rank = this.#dates.length
    for (const entry of entries) {
      if (entry.kind === 'reference' && entry.type === 'Patient' && this.#compartment.has(entry.param)) {
        if (!patients.includes(entry.id)) patients.push(entry.id)
      } else if (entry.kind === 'token' && entry.param === 'code') {
        const code = `${entry.system}|${entry.code}`
        if (!codes.includes(code)) codes.push(code)
      } else if (entry.kind === 'date' && rank > 0) {
        const place = this.#dates.indexOf(entry.param)
        if (place < 0 || place > rank || !Number.isFinite(entry.from)) continue
        if (place === rank && whenMs !== undefined && whenMs <= entry.from) continue
        rank = place
        whenMs = entry.from
      }
    }
    return { patients, codes, whenMs }
  }
}
