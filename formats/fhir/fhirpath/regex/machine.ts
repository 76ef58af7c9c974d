// Matching in linear time: all ways through the pattern at once, one character after the other (Thompson's and Pike's machine).
import type { CharSet, RegexNode } from './syntax.ts'
import { RegexProblem } from './syntax.ts'

type Instruction =
  | { readonly op: 'set'; readonly has: (code: number) => boolean }
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'assert'; readonly holds: (text: readonly number[], at: number) => boolean }
  | { readonly op: 'match' }

const programSizeMax = 5000

export type Program = { readonly instructions: readonly Instruction[]; readonly slots: number }

/** Throws RegexProblem for what such a machine cannot do: looking around and referring back. */
export function program(root: RegexNode, groups: number, flags: string): Program {
  const builder = new Builder(flags)
  builder.emit({ op: 'save', slot: 0 })
  builder.node(root)
  builder.emit({ op: 'save', slot: 1 })
  builder.emit({ op: 'match' })
  return { instructions: builder.instructions, slots: (groups + 1) * 2 }
}

class Builder {
  readonly instructions: Instruction[] = []
  readonly #ignoreCase: boolean
  readonly #multiline: boolean

  constructor(flags: string) {
    this.#ignoreCase = flags.includes('i')
    this.#multiline = flags.includes('m')
  }

  emit<T extends Instruction>(instruction: T): T {
    if (this.instructions.length >= programSizeMax) throw new RegexProblem('size')
    this.instructions.push(instruction)
    return instruction
  }

  node(node: RegexNode): void {
    switch (node.kind) {
      case 'set':
        this.emit({ op: 'set', has: setTest(node.set, this.#ignoreCase) })
        break
      case 'sequence':
        for (const item of node.items) this.node(item)
        break
      case 'choice':
        this.#choice(node.options)
        break
      case 'repeat':
        this.#repeat(node)
        break
      case 'group':
        this.emit({ op: 'save', slot: node.index * 2 })
        this.node(node.item)
        this.emit({ op: 'save', slot: node.index * 2 + 1 })
        break
      case 'assertion':
        this.emit({ op: 'assert', holds: assertionTest(node.assertion, this.#multiline) })
        break
      default:
        throw new RegexProblem(node.kind)
    }
  }

  #choice(options: readonly RegexNode[]): void {
    const jumps: { to: number }[] = []
    options.forEach((option, i) => {
      const split = i < options.length - 1 ? this.emit({ op: 'split', first: this.instructions.length + 1, second: 0 }) : undefined
      this.node(option)
      if (split) {
        jumps.push(this.emit({ op: 'jump', to: 0 }))
        split.second = this.instructions.length
      }
    })
    for (const jump of jumps) jump.to = this.instructions.length
  }

  #repeat({ item, min, max, lazy }: RegexNode & { kind: 'repeat' }): void {
    for (let i = 0; i < min; i++) this.node(item)
    if (max === Number.POSITIVE_INFINITY) {
      const start = this.instructions.length
      const split = this.emit({ op: 'split', first: 0, second: 0 })
      this.node(item)
      this.emit({ op: 'jump', to: start })
      this.#aim(split, start + 1, this.instructions.length, lazy)
      return
    }
    const splits = Array.from({ length: max - min }, () => {
      const split = this.emit({ op: 'split', first: 0, second: 0 })
      const body = this.instructions.length
      this.node(item)
      return { split, body }
    })
    for (const { split, body } of splits) this.#aim(split, body, this.instructions.length, lazy)
  }

  #aim(split: { first: number; second: number }, into: number, past: number, lazy: boolean): void {
    split.first = lazy ? past : into
    split.second = lazy ? into : past
  }
}

function setTest({ ranges, properties, negated }: CharSet, ignoreCase: boolean): (code: number) => boolean {
  const tests = properties.map(name => new RegExp(name.startsWith('^') ? `^\\P{${name.slice(1)}}$` : `^\\p{${name}}$`, 'u'))
  const inRanges = (code: number) => {
    for (const [from, to] of ranges) if (code >= from && code <= to) return true
    return tests.length > 0 && tests.some(test => test.test(String.fromCodePoint(code)))
  }
  if (!ignoreCase) return code => inRanges(code) !== negated
  return code => {
    const char = String.fromCodePoint(code)
    return (inRanges(code) || inRanges(char.toLowerCase().codePointAt(0)!) || inRanges(char.toUpperCase().codePointAt(0)!)) !== negated
  }
}

const isWord = (code: number | undefined) =>
  code !== undefined && ((code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122))
const isLineEnd = (code: number | undefined) => code === 10 || code === 13 || code === 0x2028 || code === 0x2029

function assertionTest(
  assertion: (RegexNode & { kind: 'assertion' })['assertion'],
  multiline: boolean,
): (text: readonly number[], at: number) => boolean {
  switch (assertion) {
    case 'word':
      return (text, at) => isWord(text[at - 1]) !== isWord(text[at])
    case 'notWord':
      return (text, at) => isWord(text[at - 1]) === isWord(text[at])
    case '^':
      return (text, at) => at === 0 || (multiline && isLineEnd(text[at - 1]))
    case '$':
      return (text, at) => at === text.length || (multiline && isLineEnd(text[at]))
    default:
      return (text, at) => (assertion === 'start' ? at === 0 : at === text.length)
  }
}

type Thread = { readonly at: number; readonly slots: readonly number[] }

/** The leftmost match from a place on, as positions of its groups; `full` means the whole rest of the text. */
export function execute(
  { instructions, slots }: Program,
  text: readonly number[],
  from: number,
  full: boolean,
): readonly number[] | undefined {
  let threads: Thread[] = []
  let found: readonly number[] | undefined
  const marks = new Int32Array(instructions.length).fill(-1)

  function add(list: Thread[], start: Thread, position: number): void {
    const open = [start]
    for (let thread = open.pop(); thread; thread = open.pop()) {
      if (marks[thread.at] === position) continue
      marks[thread.at] = position
      const instruction = instructions[thread.at]!
      if (instruction.op === 'jump') open.push({ ...thread, at: instruction.to })
      else if (instruction.op === 'split') open.push({ ...thread, at: instruction.second }, { ...thread, at: instruction.first })
      else if (instruction.op === 'save') open.push({ at: thread.at + 1, slots: thread.slots.with(instruction.slot, position) })
      else if (instruction.op === 'assert') {
        if (instruction.holds(text, position)) open.push({ ...thread, at: thread.at + 1 })
      } else list.push(thread)
    }
  }

  const fresh = new Array<number>(slots).fill(-1)
  for (let position = from; ; position++) {
    if (found === undefined && (!full || position === from)) add(threads, { at: 0, slots: fresh }, position)
    if (threads.length === 0 && (found || full)) return found
    const next: Thread[] = []
    const code = text[position]
    for (const thread of threads) {
      const instruction = instructions[thread.at]!
      if (instruction.op === 'match') {
        if (full && position !== text.length) continue
        found = thread.slots
        break
      }
      if (instruction.op === 'set' && code !== undefined && instruction.has(code))
        add(next, { at: thread.at + 1, slots: thread.slots }, position + 1)
    }
    if (position >= text.length) return found
    threads = next
  }
}
