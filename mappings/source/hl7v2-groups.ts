// Finding segments and groups in a message structure while a plan is compiled, and their occurrences while a message is read.

import type { Segment } from '#formats/hl7v2/segment.ts'
import type { GroupRule } from '#formats/hl7v2/structure/grammar.ts'
import { Group } from '#formats/hl7v2/structure/groups.ts'

/** Groups below a frame that lead to a place: each occurs once there. `anywhere`: in them and all groups inside. */
export type Way = { readonly frame: number; readonly through: readonly string[]; readonly repeats: boolean; readonly anywhere?: boolean }

/**
 * The nearest group that has a place for a segment: the innermost first, then outward; in each also its parts that occur once. Where a structure
 * has no place for it, it stays in the group of the segment before it: a note is looked for in the innermost group, a Z segment, which may come
 * behind anything, also in the groups inside that.
 */
export function wayToSegment(groups: readonly GroupRule[], name: string): Way | undefined {
  for (let frame = groups.length - 1; frame >= 0; frame--) {
    const found = segmentBelow(groups[frame]!, name, [])
    if (found) return { frame, ...found }
  }
  if (!name.startsWith('Z') && name !== 'NTE') return undefined
  return { frame: groups.length - 1, through: [], repeats: true, anywhere: name.startsWith('Z') }
}

/** A group below the innermost, through parts that occur once. */
export function wayToGroup(groups: readonly GroupRule[], name: string): (Way & { readonly rule: GroupRule }) | undefined {
  const found = groupBelow(groups.at(-1)!, name, [])
  return found && { frame: groups.length - 1, ...found, repeats: found.rule.repeats }
}

/** The nearest group around that has such a group in it, the innermost first. */
export function wayOutToGroup(groups: readonly GroupRule[], name: string): Way | undefined {
  for (let frame = groups.length - 1; frame >= 0; frame--) {
    const found = groupBelow(groups[frame]!, name, [])
    if (found) return { frame, through: found.through, repeats: found.rule.repeats }
  }
  return undefined
}

function segmentBelow(rule: GroupRule, name: string, through: readonly string[]): Omit<Way, 'frame'> | undefined {
  for (const child of rule.children) if (child.kind === 'segment' && child.names.includes(name)) return { through, repeats: child.repeats }
  for (const child of rule.children) {
    if (child.kind === 'segment' || child.repeats) continue
    const found = segmentBelow(child, name, [...through, child.name])
    if (found) return found
  }
  return undefined
}

function groupBelow(
  rule: GroupRule,
  name: string,
  through: readonly string[],
): { through: readonly string[]; rule: GroupRule } | undefined {
  for (const child of rule.children) {
    if (child.kind === 'segment') continue
    if (child.name === name) return { through, rule: child }
    const found = child.repeats ? undefined : groupBelow(child, name, [...through, child.name])
    if (found) return found
  }
  return undefined
}

/** The group a way leads to in a message; undefined when an optional part on the way is missing. */
function groupAt(frames: readonly unknown[], { frame, through }: Way): Group | undefined {
  let group = frames[frame] as Group | undefined
  for (let step = 0; group !== undefined && step < through.length; step++) group = childGroup(group, through[step]!)
  return group
}

export function firstSegment(frames: readonly unknown[], way: Way, name: string): Segment | undefined {
  const group = groupAt(frames, way)
  if (group === undefined) return undefined
  if (way.anywhere) return segmentsAnywhere(group, name)[0]
  for (const child of group.children) if (!(child instanceof Group) && child.name === name) return child
  return undefined
}

export function allSegments(frames: readonly unknown[], way: Way, name: string): readonly Segment[] {
  const group = groupAt(frames, way)
  if (group === undefined) return []
  return way.anywhere ? segmentsAnywhere(group, name) : group.segments(name)
}

/** In the order of the message. */
function segmentsAnywhere(group: Group, name: string): Segment[] {
  return group.children.flatMap(child => (child instanceof Group ? segmentsAnywhere(child, name) : child.name === name ? [child] : []))
}

export function allGroups(frames: readonly unknown[], way: Way, name: string): readonly Group[] {
  return groupAt(frames, way)?.groups(name) ?? []
}

function childGroup(group: Group, name: string): Group | undefined {
  for (const child of group.children) if (child instanceof Group && child.name === name) return child
  return undefined
}
