// Alternatives that ask one field for its value (OBX-2 says of which type a result is): the value is read once and leads straight to the rules it means.
import type { Condition } from '../language/expression.ts'
import type { Rule } from '../language/plan.ts'

export type Discriminator = { readonly path: string; readonly texts: readonly string[] }

/** What a rule demands of a field before all else: one of some texts. */
export function discriminatorsOf({ when }: Rule): readonly Discriminator[] {
  if (!when) return []
  return (when.kind === 'all' ? when.items : [when]).flatMap(demanded)
}

function demanded(condition: Condition): Discriminator[] {
  if (condition.kind !== 'in' || condition.of.kind !== 'path' || condition.of.where) return []
  const texts = condition.texts.filter(text => typeof text === 'string')
  return texts.length === condition.texts.length ? [{ path: condition.of.text, texts }] : []
}

const rulesMin = 4

/** The field that most of the rules ask, if enough do. */
export function commonPath(rules: readonly Rule[]): string | undefined {
  const counts = new Map<string, number>()
  for (const rule of rules)
    for (const path of new Set(discriminatorsOf(rule).map(of => of.path))) counts.set(path, (counts.get(path) ?? 0) + 1)
  const [most] = [...counts].sort((a, b) => b[1] - a[1])
  return most && most[1] >= rulesMin ? most[0] : undefined
}

/** Links by the text of the field; under a text no rule demands stand those that demand none. Order is kept. */
export function byText<L>(
  rules: readonly Rule[],
  links: readonly L[],
  path: string,
): { readonly lists: ReadonlyMap<string, readonly L[]>; readonly rest: readonly L[] } {
  const demands = rules.map(rule => discriminatorsOf(rule).find(of => of.path === path)?.texts)
  const texts = new Set(demands.flatMap(of => of ?? []))
  const listFor = (text: string) => links.filter((_, at) => demands[at]?.includes(text) ?? true)
  return { lists: new Map([...texts].map(text => [text, listFor(text)])), rest: links.filter((_, at) => demands[at] === undefined) }
}
