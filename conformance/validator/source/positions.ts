// Where each element stands in the text it was read from, and so line and column of a finding.
import type { Finding } from '#kernel/ports/validator.ts'

/** Offsets of the members of an object by name, or of the items of an array. */
export type Spots = Map<string | number, number>

export class Positions {
  readonly #text: string
  readonly #spots = new Map<object, Spots>()
  #lineStarts: number[] | undefined

  constructor(text: string) {
    this.#text = text
  }

  of(container: object): Spots {
    let spots = this.#spots.get(container)
    if (!spots) this.#spots.set(container, (spots = new Map()))
    return spots
  }

  /** Line and column, both from 1. */
  place(offset: number): { readonly line: number; readonly column: number } {
    this.#lineStarts ??= lineStarts(this.#text)
    let [low, high] = [0, this.#lineStarts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#lineStarts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - this.#lineStarts[low]! + 1 }
  }

  /** The offset of what a FHIRPath of a finding names, or of the nearest element around it. */
  find(root: object, path: string): number {
    let at = 0
    let value: unknown = root
    for (const { name, index } of stepsOf(path)) {
      if (typeof value !== 'object' || value === null) break
      const spots = this.#spots.get(value)
      const member = memberOf(value as Record<string, unknown>, name)
      const offset = member === undefined ? undefined : spots?.get(member)
      if (member === undefined || offset === undefined) break
      at = offset
      value = (value as Record<string, unknown>)[member]
      if (index === undefined || !Array.isArray(value)) continue
      at = this.#spots.get(value)?.get(index) ?? at
      value = value[index]
    }
    return at
  }

  located(findings: readonly Finding[], root: object): readonly Finding[] {
    return findings.map(finding =>
      finding.line !== undefined ? finding : { ...finding, ...this.place(this.find(root, finding.fault.at ?? '')) },
    )
  }
}

function memberOf(value: Record<string, unknown>, name: string): string | undefined {
  if (Object.hasOwn(value, name)) return name
  return Object.hasOwn(value, `_${name}`) ? `_${name}` : undefined
}

/** A path of findings as member names with indexes; the type at the front is no step, nor is the name of a resource in a comment. */
function stepsOf(path: string): { name: string; index: number | undefined }[] {
  const steps: { name: string; index: number | undefined }[] = []
  for (const [, name = '', type, index] of path.replace(/\/\*.*?\*\//g, '').matchAll(/\.(\w+)(?:\.ofType\((\w+)\))?(?:\[(\d+)\])?/g)) {
    steps.push({
      name: type === undefined ? name : name + type[0]!.toUpperCase() + type.slice(1),
      index: index === undefined ? undefined : Number(index),
    })
  }
  return steps
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
