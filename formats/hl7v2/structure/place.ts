// Where the next segment of a message belongs, given where the last one stood: the walk through a message structure.
import type { Grammar, GroupRule, Place } from './grammar.ts'

export type Step = {
  readonly place: Place
  /** Depth of the innermost group instance that stays open; the place's groups below it begin anew. */
  readonly keep: number
}

type Candidate = Step & { readonly cost: number }

/**
 * The place for a segment after `from`: the same place again where it repeats, a later one, or one in a new repetition of a group.
 * Of several the one that passes over the fewest required parts is taken, of equals the nearest. A group begins anew only with what may begin it:
 * a PV1 behind the results does not start another patient. Undefined when only going back would do.
 */
export function nextPlace(from: Place, segment: string): Step | undefined {
  if (from.repeats && from.names.includes(segment)) return { place: from, keep: from.parent.depth }
  let best: Candidate | undefined
  let passed = 0
  let child: Place | GroupRule = from
  for (let group: GroupRule | undefined = from.parent; group; group = group.parent) {
    const ahead = firstIn(group.children, child.index + 1, segment)
    if (ahead && (!best || passed + ahead.cost < best.cost)) best = { place: ahead.place, keep: group.depth, cost: passed + ahead.cost }
    passed += requiredFrom(group, child.index + 1)
    const again = group.repeats ? firstIn(group.children, 0, segment) : undefined
    if (again && (again.cost === 0 || orderDetails.has(segment)) && (!best || passed + again.cost < best.cost)) {
      best = { place: again.place, keep: group.depth - 1, cost: passed + again.cost }
    }
    child = group
  }
  return best && best.cost > 0 && followers.has(segment) ? undefined : best
}

/** These belong to what stands before them: they open no part of the message by passing over what is required there. */
export const followers: ReadonlySet<string> = new Set(['NTE', 'PRT', 'ROL'])

/** Each of these is an order of its own, even where the ORC that should begin it is missing. */
const orderDetails: ReadonlySet<string> = new Set(['OBR', 'RXO', 'RXE', 'RXD', 'RXA'])

/** The place an earlier part of the structure has for a segment that comes late: nearest group first, in it the last such place before. */
export function earlierPlace(grammar: Grammar, from: Place, segment: string): Step | undefined {
  const places = grammar.places.filter(place => place.names.includes(segment))
  for (let group: GroupRule | undefined = from.parent; group; group = group.parent) {
    const inside = places.filter(place => isInside(place, group!))
    const place = inside.findLast(candidate => candidate.order <= from.order) ?? inside[0]
    if (place) return { place, keep: group.depth }
  }
  return undefined
}

type Found = { readonly place: Place; readonly cost: number }

/**
 * The cheapest place for a segment among children from an index on; the cost counts required parts passed over. Of equals the one in fewer
 * groups: an OBX whose OBR is missing is a result, not the document of an order.
 */
function firstIn(children: readonly (Place | GroupRule)[], start: number, segment: string): Found | undefined {
  let best: Found | undefined
  let passed = 0
  for (let index = start; index < children.length; index++) {
    const child = children[index]!
    const inside =
      child.kind === 'group' ? firstIn(child.children, 0, segment) : child.names.includes(segment) ? { place: child, cost: 0 } : undefined
    const found = inside && { place: inside.place, cost: passed + inside.cost }
    if (found && (!best || isBetter(found, best))) best = found
    if (child.required) passed++
  }
  return best
}

function isBetter(found: Found, than: Found): boolean {
  return found.cost < than.cost || (found.cost === than.cost && found.cost > 0 && found.place.parent.depth < than.place.parent.depth)
}

function requiredFrom(group: GroupRule, start: number): number {
  return group.children.filter((child, index) => index >= start && child.required).length
}

function isInside(place: Place, group: GroupRule): boolean {
  for (let rule: GroupRule | undefined = place.parent; rule; rule = rule.parent) if (rule === group) return true
  return false
}
