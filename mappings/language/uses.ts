// Which plans a message plan uses, directly and through others: what its hash must cover, and which plans nobody uses.
import type { MessagePlan, Plan, Rule, Step } from './plan.ts'

export function plansUsedBy(message: MessagePlan, plans: ReadonlyMap<string, Plan>): ReadonlySet<string> {
  const used = new Set<string>()
  const visit = (names: readonly string[]): void => {
    for (const name of names) {
      if (used.has(name)) continue
      used.add(name)
      visit(namedByRules(plans.get(name)?.rules ?? []))
    }
  }
  visit(message.steps.flatMap(namedByStep))
  return used
}

function namedByStep(step: Step): string[] {
  const { does } = step
  const own =
    does.kind === 'make' || does.kind === 'add' ? [...(does.plan === undefined ? [] : [does.plan]), ...namedByRules(does.rules)] : []
  return [...own, ...step.steps.flatMap(namedByStep)]
}

function namedByRules(rules: readonly Rule[]): string[] {
  return rules.flatMap(({ does }) => {
    if (does.kind === 'map') return [does.plan]
    if (does.kind === 'name') return [...does.plans]
    return does.kind === 'set' ? namedByRules(does.rules) : []
  })
}
