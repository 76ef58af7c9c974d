// Codes answered from definitions at hand: R4's own, those of packages, those a tenant stores (terminologies.html). Each is loaded at first use.
import { parseUnit } from '#formats/fhir/ucum/unit.ts'
import type { AskedCode, CodeFacts, Codes, Membership } from '#kernel/ports/codes.ts'
import type { Definitions } from '../definitions/registry.ts'
import { isInactive, LoadedCodeSystem } from './code-system.ts'
import { compileValueSet, type MembershipTest } from './value-set.ts'

const ucum = 'http://unitsofmeasure.org'
const answersPerSetMax = 2_000

export class LocalCodes implements Codes {
  readonly #definitions: Definitions
  readonly #systems = new Map<string, LoadedCodeSystem | null>()
  readonly #tests = new Map<string, MembershipTest | null>()
  readonly #answers = new Map<string, Map<string, Membership>>()

  constructor(definitions: Definitions) {
    this.#definitions = definitions
  }

  membership(valueSet: string, asked: AskedCode): Membership {
    let answers = this.#answers.get(valueSet)
    if (!answers) this.#answers.set(valueSet, (answers = new Map()))
    const key = asked.system === undefined ? asked.code : `${asked.system}\n${asked.code}`
    const known = answers.get(key)
    if (known !== undefined) return known
    const answer = this.test(valueSet)?.(asked) ?? 'unknown-set'
    if (answers.size >= answersPerSetMax) answers.clear()
    answers.set(key, answer)
    return answer
  }

  lookup(system: string, code: string, version?: string): CodeFacts {
    if (system === ucum) return parseUnit(code) ? plainFacts : { kind: 'unknown-code', partial: false }
    const loaded = this.system(system, version)
    if (!loaded || loaded.content === 'not-present') return { kind: 'unknown-system' }
    const concept = loaded.find(code)
    if (!concept) return { kind: 'unknown-code', partial: loaded.content !== 'complete' }
    const spelling = concept.code === code ? {} : { spelling: concept.code }
    return { kind: 'known', displays: concept.displays, inactive: isInactive(concept), ...spelling }
  }

  subsumes(system: string, ancestor: string, descendant: string): boolean | undefined {
    const loaded = this.system(system)
    if (!loaded) return undefined
    return ancestor === descendant || loaded.isBelow(descendant, ancestor)
  }

  system(url: string, version?: string): LoadedCodeSystem | undefined {
    const canonical = version === undefined ? url : `${url}|${version}`
    let loaded = this.#systems.get(canonical)
    if (loaded === undefined) {
      const resource = this.#definitions.find('CodeSystem', canonical) ?? this.#definitions.find('CodeSystem', url)
      loaded = resource ? new LoadedCodeSystem(resource) : null
      this.#systems.set(canonical, loaded)
    }
    return loaded ?? undefined
  }

  test(valueSet: string): MembershipTest | undefined {
    let test = this.#tests.get(valueSet)
    if (test === undefined) {
      const resource = this.#definitions.find('ValueSet', valueSet)
      test = specials[valueSet.split('|')[0]!] ?? (resource ? unlessAsked(compileValueSet(resource, this)) : null)
      this.#tests.set(valueSet, test)
    }
    return test ?? undefined
  }
}

/** A value set that includes itself, on whatever detour, adds nothing to itself. */
function unlessAsked(test: MembershipTest): MembershipTest {
  let isAsked = false
  return asked => {
    if (isAsked) return 'outside'
    isAsked = true
    const answer = test(asked)
    isAsked = false
    return answer
  }
}

const plainFacts: CodeFacts = { kind: 'known', displays: [], inactive: false }

/** Value sets that a grammar defines, not a list. */
const specials: Readonly<Record<string, MembershipTest>> = {
  'http://hl7.org/fhir/ValueSet/mimetypes': byGrammar(
    'urn:ietf:bcp:13',
    /^[\w!#$&^.+-]+(?:\/[\w!#$&^.+*-]+)?(?:\s*;\s*[\w-]+=(?:"[^"]*"|[^\s;"]+))*$/,
  ),
  'http://hl7.org/fhir/ValueSet/all-languages': byGrammar('urn:ietf:bcp:47', /^(?:[a-zA-Z]{2,8}|[xi])(?:-[a-zA-Z0-9]{1,8})*$/),
  'http://hl7.org/fhir/ValueSet/languages': byGrammar('urn:ietf:bcp:47', /^[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{1,8})*$/),
  'http://hl7.org/fhir/ValueSet/ucum-units': asked =>
    asked.system === undefined || asked.system === ucum ? (parseUnit(asked.code) ? 'member' : 'outside') : 'outside',
}

function byGrammar(system: string, grammar: RegExp): MembershipTest {
  return asked =>
    (asked.system === undefined || asked.system === system) && asked.code.length <= 200 && grammar.test(asked.code) ? 'member' : 'outside'
}
