// Gathers findings: each is said once per place, and their number has a limit.
import { type FaultArgs, type FaultCode, fault } from '#kernel/fault.ts'
import type { Finding, Severity } from '#kernel/ports/validator.ts'

const findingsMax = 2000
const argLengthMax = 300

const ranks: Record<Severity, number> = { fatal: 3, error: 2, warning: 1, information: 0 }

export class Findings {
  readonly list: Finding[] = []
  #seen: Map<string, number> | undefined
  #isFull = false
  readonly #held = new Map<object, Set<unknown>>()

  /** Nothing more is listed: whoever would say more need not even find its words. */
  get isFull(): boolean {
    return this.#isFull
  }

  add(severity: Severity, code: FaultCode, at: string, args: FaultArgs = {}): void {
    if (this.#isFull) return
    this.put({ severity, fault: fault(code, { at, args: shortened(args) }) })
  }

  /** The same finding at the same place stays once, at its greatest severity. */
  put(finding: Finding): void {
    const key = `${finding.fault.code}\n${finding.fault.at}\n${JSON.stringify(finding.fault.args)}`
    this.#seen ??= new Map()
    const known = this.#seen.get(key)
    if (known !== undefined) {
      if (ranks[finding.severity] > ranks[this.list[known]!.severity]) this.list[known] = finding
      return
    }
    if (this.list.length >= findingsMax) return this.#full()
    this.#seen.set(key, this.list.length)
    this.list.push(finding)
  }

  /** Whether a value is held against something for the first time: twice would find the same. */
  isFirst(value: unknown, against: object): boolean {
    let values = this.#held.get(against)
    if (!values) this.#held.set(against, (values = new Set()))
    const { size } = values
    return values.add(value).size > size
  }

  get hasErrors(): boolean {
    return this.list.some(isError)
  }

  #full(): void {
    if (this.#isFull) return
    this.#isFull = true
    this.list.push({ severity: 'error', fault: fault('validator.too-many-findings', { args: { max: findingsMax } }) })
  }
}

export function isError({ severity }: Finding): boolean {
  return severity === 'error' || severity === 'fatal'
}

/** What a finding quotes from the data is cut: it may be megabytes. */
function shortened(args: FaultArgs): FaultArgs {
  for (const name in args) {
    const value = args[name]
    if (typeof value === 'string' && value.length > argLengthMax)
      return Object.fromEntries(Object.entries(args).map(([key, text]) => [key, typeof text === 'string' ? cut(text) : text]))
  }
  return args
}

function cut(text: string): string {
  return text.length > argLengthMax ? `${text.slice(0, argLengthMax)}…` : text
}
