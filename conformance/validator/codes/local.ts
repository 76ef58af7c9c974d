// Codes answered from definitions at hand: R4's own, those of packages, those a tenant stores (terminologies.html). Each is loaded at first use.
import type { AskedCode, CodeFacts, Codes, Membership } from '#kernel/ports/codes.ts'
import type { Definitions } from '../definitions/registry.ts'
import { isInactive, LoadedCodeSystem } from './code-system.ts'
import { lookupOutside, type OutsideSystem, outsideSystems } from './outside.ts'
import { compileValueSet, type MembershipTest } from './value-set.ts'

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
    const outside = this.outside(system)
    if (outside) return lookupOutside(outside, code)
    const loaded = this.system(system, version)
    if (!loaded || loaded.content === 'not-present') return { kind: 'unknown-system' }
    const concept = loaded.find(code)
    if (!concept) return { kind: 'unknown-code', partial: loaded.content !== 'complete' }
    const spelling = concept.code.toLowerCase() !== code.toLowerCase() || concept.code === code ? {} : { spelling: concept.code }
    return { kind: 'known', displays: concept.displays, inactive: isInactive(concept), ...spelling }
  }

  outside(system: string): OutsideSystem | undefined {
    return Object.hasOwn(outsideSystems, system) ? outsideSystems[system] : undefined
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

/** Value sets of all codes of a system that a rule decides: their definitions list only examples. */
const specials: Readonly<Record<string, MembershipTest>> = {
  'http://hl7.org/fhir/ValueSet/mimetypes': allOf('urn:ietf:bcp:13'),
  'http://hl7.org/fhir/ValueSet/all-languages': allOf('urn:ietf:bcp:47'),
  'http://hl7.org/fhir/ValueSet/languages': allOf('urn:ietf:bcp:47'),
  'http://hl7.org/fhir/ValueSet/ucum-units': allOf('http://unitsofmeasure.org'),
  'http://hl7.org/fhir/ValueSet/currencies': allOf('urn:iso:std:iso:4217'),
}

function allOf(system: string): MembershipTest {
  const { has } = outsideSystems[system]!
  return asked => ((asked.system === undefined || asked.system === system) && has(asked.code) ? 'member' : 'outside')
}
