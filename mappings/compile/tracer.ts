// What a traced run writes down: for every element the rule and the places that decided its value, and every place anything looked at.
import type { Made } from './run.ts'

export type Traced = {
  readonly made: Made
  readonly path: string
  readonly rule: string
  readonly sources: readonly string[]
  /** Of what is only likely. */
  readonly assumed?: boolean
}

export class Tracer {
  readonly entries: Traced[] = []
  /** Fields looked at, as the source names them. */
  readonly touched = new Set<string>()
  /** Places read since the last element was begun. */
  reads: string[] = []
  readonly #path: string[] = []
  readonly #rules: string[] = []
  readonly #inherited: string[][] = []
  /** What decided that the steps under way happen at all. */
  readonly #steps: string[][] = []

  /** Steps begin that happen because of what was read just now: that counts for everything made in them. */
  enterSteps(): void {
    this.#steps.push(this.reads)
    this.reads = []
  }

  leaveSteps(): void {
    this.#steps.pop()
    this.reads = []
  }

  /** What was read since the last element was begun, and what decided the steps. */
  get sources(): string[] {
    return [...new Set([...this.#steps.flat(), ...this.reads])]
  }

  /** A rule begins; what it reads before its elements (conditions) counts for all of them. */
  enterRule(name: string): void {
    this.#rules.push(name)
    this.#inherited.push([])
    this.reads = []
  }

  /** What was read so far decides all that follows in this rule. */
  inherit(): void {
    this.#inherited.at(-1)!.push(...this.reads)
    this.reads = []
  }

  /** Rule names from the outermost in; inside one plan the innermost rule says it all. */
  get #rule(): string {
    return this.#rules.filter((rule, at) => planOf(rule) !== planOf(this.#rules[at + 1] ?? '')).join(' > ')
  }

  leaveRule(): void {
    this.#rules.pop()
    this.#inherited.pop()
    this.reads = []
  }

  enter(step: string): void {
    this.#path.push(step)
  }

  leave(): void {
    this.#path.pop()
  }

  /** Begins a resource: paths start anew until `resume`. */
  suspend(): { path: string[]; reads: string[]; inherited: string[][] } {
    const saved = { path: this.#path.splice(0), reads: this.reads, inherited: this.#inherited.splice(0) }
    this.reads = []
    return saved
  }

  resume(saved: { path: string[]; reads: string[]; inherited: string[][] }): void {
    this.#path.splice(0, this.#path.length, ...saved.path)
    this.#inherited.splice(0, this.#inherited.length, ...saved.inherited)
    this.reads = saved.reads
  }

  /** The present path, and what stands below it. */
  here(below: string): string {
    return [...this.#path, ...(below === '' ? [] : [below])].join('.').replaceAll('.[', '[')
  }

  /** The element at the present path, or below it, was written. */
  wrote(made: Made, below = ''): void {
    const path = this.here(below)
    const sources = [...new Set([...this.#steps.flat(), ...this.#inherited.flat(), ...this.reads])]
    this.entries.push({ made, path, rule: this.#rule, sources })
  }

  /** For taking back what a dropped element wrote. */
  get mark(): number {
    return this.entries.length
  }

  /** What was written since is only likely. */
  assumeSince(mark: number): void {
    const since = this.entries.slice(mark)
    this.entries.splice(mark, since.length, ...since.map(entry => ({ ...entry, assumed: true })))
  }

  /** What was written to a path since is made of earlier sources too. */
  extendSince(mark: number, path: string, sources: readonly string[]): void {
    const since = this.entries.slice(mark)
    const extended = since.map(entry => (entry.path === path ? { ...entry, sources: [...new Set([...sources, ...entry.sources])] } : entry))
    this.entries.splice(mark, since.length, ...extended)
  }

  dropSince(mark: number): void {
    this.entries.length = mark
  }
}

/** `PV1-Encounter#PV1-7` → `PV1-Encounter`. */
function planOf(rule: string): string {
  return rule.slice(0, rule.indexOf('#'))
}
