// A value set as a program that tells whether a code is in it (valueset.html#compositions).
import type { JsonObject } from '#kernel/json.ts'
import type { AskedCode, Membership } from '#kernel/ports/codes.ts'
import type { Raw } from '../definitions/definition.ts'
import type { Concept, LoadedCodeSystem } from './code-system.ts'
import type { OutsideSystem } from './outside.ts'
import { fullMatcher } from './pattern.ts'

/** Answers for one system at a time; a code without system asks every include. */
export type MembershipTest = (asked: AskedCode) => Membership

export type Vocabulary = {
  system(url: string, version?: string): LoadedCodeSystem | undefined
  /** A system that a rule decides instead of a list. */
  outside(system: string): OutsideSystem | undefined
  test(valueSet: string): MembershipTest | undefined
}

export function compileValueSet(resource: JsonObject, vocabulary: Vocabulary): MembershipTest {
  const compose = resource['compose'] as Raw | undefined
  if (!compose) return expansionTest(resource['expansion'] as Raw | undefined)
  const includes = ((compose['include'] as Raw[] | undefined) ?? []).map(part => partTest(part, vocabulary))
  const excludes = ((compose['exclude'] as Raw[] | undefined) ?? []).map(part => partTest(part, vocabulary))
  return asked => {
    const included = anyOf(includes, asked)
    if (included !== 'member' || excludes.length === 0) return included
    const excluded = anyOf(excludes, asked)
    return excluded === 'member' ? 'outside' : excluded === 'outside' ? 'member' : 'undecided'
  }
}

function anyOf(tests: readonly MembershipTest[], asked: AskedCode): Membership {
  let answer: Membership = 'outside'
  for (const test of tests) {
    const own = test(asked)
    if (own === 'member') return own
    if (own !== 'outside') answer = 'undecided'
  }
  return answer
}

/** One include or exclude: all of its conditions hold. */
function partTest(part: Raw, vocabulary: Vocabulary): MembershipTest {
  const sets = ((part['valueSet'] as string[] | undefined) ?? []).map(
    url =>
      (asked: AskedCode): Membership =>
        vocabulary.test(url)?.(asked) ?? 'undecided',
  )
  const own = typeof part['system'] === 'string' ? [systemTest(part, part['system'], vocabulary)] : []
  const all = [...own, ...sets]
  return asked => {
    let answer: Membership = 'member'
    for (const test of all) {
      const one = test(asked)
      if (one === 'outside') return one
      if (one !== 'member') answer = 'undecided'
    }
    return all.length === 0 ? 'outside' : answer
  }
}

function systemTest(part: Raw, system: string, vocabulary: Vocabulary): MembershipTest {
  const concepts = part['concept'] as Raw[] | undefined
  const version = part['version'] as string | undefined
  const filters = ((part['filter'] as Raw[] | undefined) ?? []).map(readFilter)
  const listed = concepts && new Set(concepts.map(concept => String(concept['code'])))
  return asked => {
    if (asked.system !== undefined && asked.system !== system) return 'outside'
    if (listed?.has(asked.code)) return 'member'
    const outside = filters.length === 0 && !listed ? vocabulary.outside(system) : undefined
    if (outside) return outside.has(asked.code) ? 'member' : 'outside'
    const loaded = vocabulary.system(system, version)
    if (listed) return loaded && !loaded.caseSensitive && listed.has(loaded.find(asked.code)?.code ?? '') ? 'member' : 'outside'
    if (!loaded || loaded.content === 'not-present') return 'undecided'
    const concept = loaded.find(asked.code)
    if (!concept) return loaded.content === 'complete' ? 'outside' : 'undecided'
    for (const filter of filters) {
      const holds = filter(concept, loaded)
      if (holds === undefined) return 'undecided'
      if (!holds) return 'outside'
    }
    return 'member'
  }
}

/** Undefined when the filter is of a kind nobody here understands. */
type Filter = (concept: Concept, system: LoadedCodeSystem) => boolean | undefined

const filters: Readonly<Record<string, (property: string, value: string) => Filter>> = {
  'is-a': (_, value) => (concept, system) => concept.code === value || system.isBelow(concept.code, value),
  'descendent-of': (_, value) => (concept, system) => system.isBelow(concept.code, value),
  'child-of': (_, value) => concept => concept.parents.includes(value),
  'is-not-a': (_, value) => (concept, system) => concept.code !== value && !system.isBelow(concept.code, value),
  generalizes: (_, value) => (concept, system) => concept.code === value || system.isBelow(value, concept.code),
  '=': (property, value) => concept => values(concept, property).includes(value),
  in: (property, value) => {
    const wanted = new Set(value.split(',').map(one => one.trim()))
    return concept => values(concept, property).some(one => wanted.has(one))
  },
  'not-in': (property, value) => {
    const wanted = new Set(value.split(',').map(one => one.trim()))
    return concept => !values(concept, property).some(one => wanted.has(one))
  },
  exists: (property, value) => concept => values(concept, property).length > 0 === (value === 'true'),
  regex: (property, value) => {
    const matches = patternOf(value)
    return concept => matches && values(concept, property).some(matches)
  },
}

function readFilter({ property, op, value }: Raw): Filter {
  const kind = Object.hasOwn(filters, String(op)) ? filters[String(op)] : undefined
  return kind?.(String(property), String(value)) ?? (() => undefined)
}

function values(concept: Concept, property: string): readonly string[] {
  if (property === 'concept' || property === 'code') return [concept.code]
  if (property === 'display') return concept.displays
  return concept.properties.get(property) ?? (property === 'parent' ? concept.parents : [])
}

/** A whole match under a bound on its work; undefined for an expression that is none. */
function patternOf(expression: string): ((text: string) => boolean) | undefined {
  return fullMatcher(expression)
}

function expansionTest(expansion: Raw | undefined): MembershipTest {
  const codes = new Map<string, Set<string>>()
  const waiting = [...((expansion?.['contains'] as Raw[] | undefined) ?? [])]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    waiting.push(...((next['contains'] as Raw[] | undefined) ?? []))
    if (next['abstract'] === true || typeof next['code'] !== 'string') continue
    const system = String(next['system'] ?? '')
    codes.set(system, (codes.get(system) ?? new Set()).add(next['code']))
  }
  return ({ system, code }) => {
    if (!expansion) return 'undecided'
    const isIn = system === undefined ? codes.values().some(set => set.has(code)) : (codes.get(system)?.has(code) ?? false)
    return isIn ? 'member' : 'outside'
  }
}
