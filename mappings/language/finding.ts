// A finding: what is wrong with a plan, and where the analyst must look (file, line, rule).
import { type Fault, fault } from '#kernel/fault.ts'

export type At = { readonly file: string; readonly line: number }

/** `rule` is empty for what concerns the file as a whole. */
export type Finding = At & { readonly rule: string; readonly reason: string }

/** Collects findings; the same one met on several ways to a rule counts once. */
export class Findings {
  readonly #found = new Map<string, Finding>()

  add(at: At, rule: string, reason: string): void {
    const key = `${at.file}\u0000${at.line}\u0000${rule}\u0000${reason}`
    if (!this.#found.has(key)) this.#found.set(key, { file: at.file, line: at.line, rule, reason })
  }

  get count(): number {
    return this.#found.size
  }

  /** In the order of files and lines. */
  list(): Finding[] {
    return [...this.#found.values()].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line))
  }
}

/** One fault for all findings: the first speaks, the rest are its causes. */
export function findingsFault(findings: readonly Finding[]): Fault {
  const faults = findings.map(faultOf)
  return { ...faults[0]!, causes: faults }
}

function faultOf({ file, line, rule, reason }: Finding): Fault {
  const at = `${file}:${line}`
  return rule === ''
    ? fault('plan.syntax', { at, args: { file, line, reason } })
    : fault('plan.rule-invalid', { at, args: { file, line, rule, reason } })
}
