// Filling the resource a plan makes, and what happens when one message speaks of the same resource again.
import type { JsonObject } from '#kernel/json.ts'
import type { Text } from '../source/source.ts'
import type { Code } from './rules.ts'
import type { Made, Run } from './run.ts'

/** Runs the rules on a resource; the one under construction before goes on afterwards. */
export function fill<N>(run: Run<N>, made: Made, node: N, code: Code<N>, into: JsonObject = made.content): void {
  const outer = run.current
  run.current = made
  code(run, node, into)
  run.current = outer
}

const none: readonly string[] = []

/** In a traced run: what was read since the last element was begun. */
export function sourcesRead<N>({ tracer }: Run<N>): readonly string[] {
  return tracer?.sources ?? none
}

/** How references name the resource, and what decided that. */
export function displayOf<N>(run: Run<N>, node: N, display: Text<N> | undefined): Pick<Made, 'display' | 'displaySources'> {
  if (!display) return unnamed
  if (run.tracer) run.tracer.reads = []
  const text = display.read(run, node) || undefined
  return { display: text, displaySources: sourcesRead(run) }
}

const unnamed = { display: undefined, displaySources: none }

/** Takes from a further occurrence what those before left open. */
export function unite<N>(run: Run<N>, made: Made, node: N, code: Code<N>, more: JsonObject = {}): void {
  const mark = run.tracer?.mark ?? 0
  fill(run, made, node, code, more)
  const open = run.tracer && new Set(Object.keys(more).filter(member => made.content[member] === undefined))
  take(made, more)
  if (open) dropUntaken(run, made, mark, member => open.has(member))
}

/** Takes the members that are not there yet. */
export function take({ content }: Made, more: JsonObject): void {
  for (const member in more) if (content[member] === undefined) content[member] = more[member]
}

/** Appends the text of a second occurrence to that of the first, line by line. */
export function joinText<N>(run: Run<N>, made: Made, node: N, code: Code<N>, element: string): void {
  made.repeated = true
  const mark = run.tracer?.mark ?? 0
  const more: JsonObject = {}
  fill(run, made, node, code, more)
  const text = more[element]
  if (typeof text === 'string') {
    const before = made.content[element]
    made.content[element] = typeof before === 'string' ? `${before}\n${text}` : text
  }
  const lines = run.tracer?.entries.slice(0, mark).findLast(entry => entry.made === made && entry.path === element)
  dropUntaken(run, made, mark, member => member === element)
  if (lines) run.tracer!.extendSince(mark, element, lines.sources)
}

/** In a traced run: elements that were worked out but not taken leave no trace. */
function dropUntaken<N>(run: Run<N>, made: Made, mark: number, isTaken: (member: string) => boolean): void {
  const { tracer } = run
  if (!tracer) return
  const since = tracer.entries.slice(mark)
  tracer.dropSince(mark)
  for (const entry of since) if (entry.made !== made || isTaken(firstMember(entry.path))) tracer.entries.push(entry)
}

function firstMember(path: string): string {
  return /^\w+/.exec(path)?.[0] ?? ''
}
