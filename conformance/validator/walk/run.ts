// One validation: what the checks share while they walk a resource.
import { Evaluation, type EvaluationContext } from '#formats/fhir/fhirpath/evaluation.ts'
import { r4 } from '#formats/fhir/model/r4.ts'
import type { FaultArgs, FaultCode } from '#kernel/fault.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Severity } from '#kernel/ports/validator.ts'
import type { Raw } from '../definitions/definition.ts'
import type { ValidatorSettings } from '../settings.ts'
import type { World } from '../world.ts'
import { Findings } from './findings.ts'
import type { Surroundings } from './surroundings.ts'
import { Trail } from './trail.ts'

/** How deep elements may nest: deeper than any sound resource, shallow enough for the stack. */
export const nestingMax = 120

/** Comparisons of elements with slices in one run. */
const stepsMax = 3_000_000

/** Steps of FHIRPath within one resource: enough for a code system of a hundred thousand codes, about a second at worst. */
const pathStepsMax = 20_000_000

/** Targets of targets that are held against profiles. */
const pendingMax = 30

export class Run {
  readonly world: World
  readonly settings: ValidatorSettings
  readonly trail = new Trail()
  readonly evaluation: Evaluation
  findings = new Findings()
  /** The resource that is walked, and what is around it. */
  scope!: Surroundings
  /** The objects that the walk by type is inside of, the innermost last. */
  readonly owners: Raw[] = []
  /** Where each resource inside another stands. */
  readonly places = new Map<object, Surroundings>()
  /** What each value was already held against, so that references in a circle end. */
  #stepsLeft = stepsMax
  #pending = 0
  readonly #met = new Map<object, Map<string, boolean>>()

  constructor(world: World, settings: ValidatorSettings) {
    this.world = world
    this.settings = settings
    this.evaluation = new Evaluation(r4, this.#context())
  }

  error(code: FaultCode, args?: FaultArgs, more = ''): void {
    this.say('error', code, args, more)
  }

  warning(code: FaultCode, args?: FaultArgs, more = ''): void {
    this.say('warning', code, args, more)
  }

  hint(code: FaultCode, args?: FaultArgs, more = ''): void {
    this.say('information', code, args, more)
  }

  /** A finding at the current element, or at one beneath it. */
  say(severity: Severity | 'ignore', code: FaultCode, args?: FaultArgs, more = ''): void {
    if (severity !== 'ignore' && !this.findings.isFull) this.findings.add(severity, code, this.trail.text(more), args)
  }

  /** Pays for work that grows with profile and resource at once; false when there is no more to spend, which is said once. */
  spend(steps: number): boolean {
    if (this.#stepsLeft <= 0) return false
    this.#stepsLeft -= steps
    if (this.#stepsLeft > 0) return true
    this.error('validator.too-costly', { max: stepsMax })
    return false
  }

  /** What `check` finds, kept apart from the findings of this run. */
  apart(check: () => void): Findings {
    const kept = this.findings
    const own = new Findings()
    this.findings = own
    try {
      check()
    } finally {
      this.findings = kept
    }
    return own
  }

  /**
   * Whether `check` finds no error on a value: asked once per value and key. True while it is being asked, and at the end of a long
   * chain of targets, each of which is walked for itself where it is at hand.
   */
  meets(value: object, key: string, check: () => void): boolean {
    let answers = this.#met.get(value)
    if (!answers) this.#met.set(value, (answers = new Map()))
    const known = answers.get(key)
    if (known !== undefined) return known
    if (this.#pending >= pendingMax) return true
    answers.set(key, true)
    this.#pending++
    const answer = !this.apart(check).hasErrors
    this.#pending--
    answers.set(key, answer)
    return answer
  }

  /** Runs `walk` inside another resource, then comes back. */
  inside(scope: Surroundings, walk: () => void): void {
    const before = this.scope
    this.scope = scope
    this.evaluation.begin(scope.resource as object, scope.resource as object, scope.container as object)
    try {
      walk()
    } finally {
      this.scope = before
      if (before) this.evaluation.begin(before.resource as object, before.resource as object, before.container as object)
    }
  }

  #context(): EvaluationContext {
    return {
      resolve: reference => (this.scope.resolve(reference, this)?.resource as JsonObject | undefined) ?? null,
      memberOf: (valueSet, coding) => {
        const answer = this.world.codes.membership(valueSet, coding)
        return answer === 'member' ? true : answer === 'outside' ? false : null
      },
      subsumes: (system, ancestor, descendant) => this.world.codes.subsumes(system, ancestor, descendant) ?? null,
      conformsTo: (structure, value, type) => this.world.conforms(structure, value as Raw, type, this),
      inSlice: (structure, name, value, type) => this.world.inSlice(structure, name, value as Raw, type, this),
      ...(this.settings.clock ? { clock: this.settings.clock } : {}),
      stepsMax: pathStepsMax,
    }
  }
}
