// How much a backtracking matcher may do on a pattern: linear when at every place the next character decides, else a power of the length.
import type { CharSet, RegexNode } from './syntax.ts'
import { complement } from './syntax.ts'

/** Degree of the polynomial of steps in the length of the text, for a match from one start; Infinity for exponential. */
export function backtrackingDegree(node: RegexNode): number {
  return isDeterministic(node) ? 1 : degree(node, false)
}

function degree(node: RegexNode, inRepeat: boolean): number {
  switch (node.kind) {
    case 'sequence':
      return node.items.reduce((sum, item) => sum + degree(item, inRepeat), 0)
    case 'choice':
      return inRepeat ? Number.POSITIVE_INFINITY : Math.max(...node.options.map(option => degree(option, false)))
    case 'group':
    case 'look':
      return degree(node.item, inRepeat)
    case 'repeat':
      if (node.min === node.max && node.max < 100) return degree(node.item, inRepeat)
      return inRepeat ? Number.POSITIVE_INFINITY : 1 + degree(node.item, true)
    default:
      return 0
  }
}

/** First and last places of a part, and whether it can match nothing (Glushkov's construction). */
type Ends = { readonly first: readonly number[]; readonly last: readonly number[]; readonly nullable: boolean }

/** Whether no two places that may come next share a character: then a backtracking matcher never turns back far. */
function isDeterministic(root: RegexNode): boolean {
  const places: CharSet[] = []
  const follow: Set<number>[] = []
  let simple = true

  function link(from: readonly number[], to: readonly number[]): void {
    for (const place of from) {
      for (const next of to) {
        // Two loops that lead to the same place are two ways to one match.
        if (follow[place]!.has(next)) simple = false
        follow[place]!.add(next)
      }
    }
  }

  function sequence(parts: readonly Ends[]): Ends {
    let whole: Ends = { first: [], last: [], nullable: true }
    for (const part of parts) {
      link(whole.last, part.first)
      whole = {
        first: whole.nullable ? [...whole.first, ...part.first] : whole.first,
        last: part.nullable ? [...whole.last, ...part.last] : part.last,
        nullable: whole.nullable && part.nullable,
      }
    }
    return whole
  }

  function visit(node: RegexNode): Ends {
    switch (node.kind) {
      case 'set':
        places.push(node.set)
        follow.push(new Set())
        return { first: [places.length - 1], last: [places.length - 1], nullable: false }
      case 'sequence':
        return sequence(node.items.map(visit))
      case 'choice': {
        const options = node.options.map(visit)
        return { first: options.flatMap(o => o.first), last: options.flatMap(o => o.last), nullable: options.some(o => o.nullable) }
      }
      case 'group':
        return visit(node.item)
      case 'repeat': {
        const item = visit(node.item)
        if (node.max > 1) link(item.last, item.first)
        return node.min === 0 ? { ...item, nullable: true } : item
      }
      case 'assertion':
        return { first: [], last: [], nullable: true }
      default:
        simple = false
        return { first: [], last: [], nullable: true }
    }
  }

  const whole = visit(root)
  if (!simple || places.length > 200) return false
  return [whole.first, ...follow].every(next => areDisjoint([...new Set(next)].map(place => places[place]!)))
}

function areDisjoint(sets: readonly CharSet[]): boolean {
  if (sets.length < 2) return true
  if (sets.some(set => set.properties.length > 0)) return false
  const ranges = sets.flatMap(set => (set.negated ? complement(set.ranges) : set.ranges)).toSorted((a, b) => a[0] - b[0])
  return ranges.every(([from], i) => i === 0 || from > ranges[i - 1]![1])
}
