// `map` with `code`: the plan of a data type makes the Coding or CodeableConcept, the code map lays its translation over it.
import type { JsonObject } from '#kernel/json.ts'
import type { Plan, Rule } from '../language/plan.ts'
import type { Text } from '../source/source.ts'
import { compileTranslate, overlayCoding, type Translate } from './code.ts'
import { type CompileContext, type Place, wrong } from './compile-context.ts'
import type { Fill } from './nested.ts'
import type { Run } from './run.ts'
import type { Target } from './target.ts'

/** The translation of the value's code laid over what the plan makes of the value. */
export function codedFill<N>(
  rule: Rule,
  fill: Fill<N>,
  plan: Plan,
  target: Target,
  place: Place,
  context: CompileContext<N>,
): Fill<N> | undefined {
  if (target.type !== 'Coding' && target.type !== 'CodeableConcept')
    return wrong(context, place, `a code map with \`map\` makes a Coding or CodeableConcept, not ${target.type}`)
  const translate = compileTranslate(rule.code!, target, rule.toText, place, context)
  const scope = context.source.inside(plan.from)
  if (!translate || !scope) return undefined
  const [code, display] = context.source.codeOf(scope).map(path => context.source.reach(path, scope))
  if (!code?.ok) return wrong(context, place, `${plan.from} has no code`)
  return translated(fill, translate, code.value, display?.ok ? display.value : undefined, target, context)
}

function translated<N>(
  fill: Fill<N>,
  translate: Translate<N>,
  code: Text<N>,
  display: Text<N> | undefined,
  target: Target,
  context: CompileContext<N>,
): Fill<N> {
  return (run, node, item) => {
    const mark = run.tracer?.mark ?? 0
    const made: JsonObject = {}
    const wrote = fill(run, node, made)
    const sourceCode = code.peek(run, node).trim()
    const coding = sourceCode === '' ? undefined : translate(run, sourceCode, display?.peek(run, node) ?? '')
    Object.assign(item, coding ? overlayCoding(made, target.type, sourceCode, coding) : made)
    if (coding && context.traced) retrace(run, mark, () => code.read(run, node), made, item)
    return coding ? 2 : wrote
  }
}

/** After a translation the standard coding comes from the code; codings and texts that stayed keep their own sources, at their new places. */
function retrace<N>(run: Run<N>, mark: number, read: () => void, made: JsonObject, item: JsonObject): void {
  const tracer = run.tracer!
  const before = tracer.entries.slice(mark)
  tracer.dropSince(mark)
  const entriesOf = (path: string) => before.filter(entry => entry.path === tracer.here(path))
  const again = (from: string, to: string) => {
    for (const entry of entriesOf(from)) tracer.entries.push({ ...entry, path: tracer.here(to) })
  }
  tracer.reads = []
  read()
  if (item['coding'] === undefined) {
    for (const member of Object.keys(item)) if (made[member] === item[member]) again(member, member)
    for (const member of Object.keys(item)) if (made[member] !== item[member]) tracer.wrote(run.current, member)
    return
  }
  const originals = (made['coding'] ?? []) as JsonObject[]
  for (const [index, coding] of (item['coding'] as JsonObject[]).entries()) {
    const original = originals.indexOf(coding)
    for (const member of Object.keys(coding)) {
      if (original < 0) tracer.wrote(run.current, `coding[${index}].${member}`)
      else again(`coding[${original}].${member}`, `coding[${index}].${member}`)
    }
  }
  again('text', 'text')
}
