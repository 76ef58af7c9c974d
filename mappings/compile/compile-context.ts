// What is known while a plan is compiled: the source, the plans, the FHIR model, the site, and where findings go.
import type { Model } from '#formats/fhir/model/model.ts'
import type { CodeMaps } from '#kernel/ports/terminology.ts'
import type { At, Findings } from '../language/finding.ts'
import type { Plan } from '../language/plan.ts'
import type { Scope, Source } from '../source/source.ts'

export type CompileContext<N> = {
  readonly source: Source<N>
  readonly plans: ReadonlyMap<string, Plan>
  readonly model: Model
  readonly codeMaps: CodeMaps
  /** Code maps the site takes instead of those that rules name. */
  readonly codes: ReadonlyMap<string, string>
  /** `$name` → texts: of the site, and of the message type. */
  readonly constants: ReadonlyMap<string, readonly string[]>
  readonly siteConstants: ReadonlyMap<string, readonly string[]>
  readonly findings: Findings
  /** Compile the variant that records where every element comes from. */
  readonly traced: boolean
  /** Names that steps of the message plan give to what they make. */
  readonly aliases: Map<string, Alias>
  /** All of them, those of inner steps too. */
  readonly named: Alias[]
  readonly counter: { next: number }
  /** Numbers of what is kept in memory from message to message. */
  readonly slots: { next: number }
  /** Closures of data-type plans by name, shared by all that use them. */
  readonly elements: Map<string, unknown>
}

export type Alias = {
  readonly number: number
  readonly type: string
  /** First elements that rules fill, of whatever step. */
  readonly writes: Set<string>
  readonly at: At
  readonly rule: string
}

/** The place of what is being compiled: where its paths start, and which rule a finding names. */
export type Place = { readonly scope: Scope; readonly at: At; readonly rule: string }

export function wrong<N>(context: CompileContext<N>, place: Place, reason: string): undefined {
  context.findings.add(place.at, place.rule, reason)
  return undefined
}

/** Plans of data types know neither the message type nor what its steps made: they are the same for all. */
export function ofData<N>(context: CompileContext<N>, given: Iterable<[string, readonly string[]]>): CompileContext<N> {
  return { ...context, constants: new Map([...context.siteConstants, ...given]), aliases: new Map() }
}
