// Lays an overlay over base plans: rules are removed, replaced and added by id; what names no existing rule is a finding.
import type { Findings } from './finding.ts'
import type { MessageChange, MessagePlan, Overlay, Plan, PlanChange, Rule, Step } from './plan.ts'

export type PlanSet = { readonly plans: ReadonlyMap<string, Plan>; readonly messages: ReadonlyMap<string, MessagePlan> }

export function applyOverlay(base: PlanSet, overlay: Overlay, findings: Findings): PlanSet {
  const plans = new Map(base.plans)
  const messages = new Map(base.messages)
  for (const [name, change] of overlay.plans) {
    const plan = base.plans.get(name)
    if (plan) plans.set(name, changedPlan(plan, change, findings))
    else findings.add(change.at, '', `there is no plan ${name} to change`)
  }
  for (const [name, change] of overlay.messages) {
    const message = base.messages.get(name)
    if (message) messages.set(name, changedMessage(message, change, findings))
    else findings.add(change.at, '', `there is no message plan ${name} to change`)
  }
  return { plans, messages }
}

function changedPlan(plan: Plan, change: PlanChange, findings: Findings): Plan {
  const ids = new Set(plan.rules.map(rule => rule.id))
  for (const { id, at } of change.remove) if (!ids.has(id)) findings.add(at, id, `${plan.name} has no rule ${id} to remove`)
  for (const rule of change.replace) if (!ids.has(rule.id)) findings.add(rule.at, rule.id, `${plan.name} has no rule ${rule.id} to replace`)
  for (const rule of change.add) if (ids.has(rule.id)) findings.add(rule.at, rule.id, `${plan.name} has a rule ${rule.id} already`)
  const removed = new Set(change.remove.map(({ id }) => id))
  const replaced = new Map(change.replace.map(rule => [rule.id, rule]))
  const kept = plan.rules.filter(rule => !removed.has(rule.id)).map(rule => replaced.get(rule.id) ?? rule)
  const identity = plan.identity && change.keys ? { ...plan.identity, keys: change.keys } : plan.identity
  // The site's own rules come first: where two fill one element, the site decides.
  const rules: readonly Rule[] = [...change.add, ...kept]
  return { ...plan, rules, ...(identity ? { identity } : {}) }
}

function changedMessage(message: MessagePlan, change: MessageChange, findings: Findings): MessagePlan {
  const names = new Set(stepNames(message.steps))
  for (const { id, at } of change.remove) if (!names.has(id)) findings.add(at, id, `${message.name} has no step ${id} to remove`)
  for (const { after, at } of change.add) if (after && !names.has(after)) findings.add(at, after, `${message.name} has no step ${after}`)
  const removed = new Set(change.remove.map(({ id }) => id))
  const behind = Map.groupBy(change.add, step => step.after)
  const last = behind.get(undefined) ?? []
  return {
    ...message,
    takes: change.takes ?? message.takes,
    required: change.required ?? message.required,
    time: change.time ?? message.time,
    steps: [...changedSteps(message.steps, removed, behind), ...last],
  }
}

/** What stands behind a step comes once, behind the first of that name: the one that makes it. Steps behind one that is removed take its place. */
function changedSteps(steps: readonly Step[], removed: ReadonlySet<string>, behind: Map<string | undefined, readonly Step[]>): Step[] {
  return steps.flatMap(step => {
    const following = behind.get(step.name) ?? []
    behind.delete(step.name)
    const kept = removed.has(step.name) ? [] : [{ ...step, steps: changedSteps(step.steps, removed, behind) }]
    return [...kept, ...following]
  })
}

function stepNames(steps: readonly Step[]): string[] {
  return steps.flatMap(step => [step.name, ...stepNames(step.steps)])
}
