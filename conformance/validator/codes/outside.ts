// Code systems that others keep and that a rule or the runtime's own tables decide: UCUM, currencies, countries, languages, MIME types.
import { parseUnit } from '#formats/fhir/ucum/unit.ts'
import type { CodeFacts } from '#kernel/ports/codes.ts'

export type OutsideSystem = {
  readonly has: (code: string) => boolean
  /** Texts that another code of the system is known by: wrong as this one's display, where any other text may be right. */
  readonly namesOfOthers?: (code: string) => ReadonlySet<string>
}

const codeLengthMax = 200

export const outsideSystems: Readonly<Record<string, OutsideSystem>> = {
  'http://unitsofmeasure.org': { has: code => parseUnit(code) !== undefined },
  'urn:iso:std:iso:4217': { has: code => currencies().has(code) },
  'urn:iso:std:iso:3166': { has: code => /^(?:[A-Z]{3}|\d{3})$/.test(code) || countries().has(code), namesOfOthers: otherCountries },
  'urn:ietf:bcp:47': { has: byGrammar(/^(?:[a-zA-Z]{2,8}|[xi])(?:-[a-zA-Z0-9]{1,8})*$/) },
  'urn:ietf:bcp:13': { has: byGrammar(/^[\w!#$&^.+-]+(?:\/[\w!#$&^.+*-]+)?(?:\s*;\s*[\w-]+=(?:"[^"]*"|[^\s;"]+))*$/) },
}

export function lookupOutside({ has, namesOfOthers }: OutsideSystem, code: string): CodeFacts {
  if (!has(code)) return { kind: 'unknown-code', partial: false }
  const wrongDisplays = namesOfOthers?.(code)
  return { kind: 'known', displays: [], inactive: false, ...(wrongDisplays ? { wrongDisplays } : {}) }
}

function byGrammar(grammar: RegExp): (code: string) => boolean {
  return code => code.length <= codeLengthMax && grammar.test(code)
}

let currencyCodes: ReadonlySet<string> | undefined

function currencies(): ReadonlySet<string> {
  currencyCodes ??= new Set([...Intl.supportedValuesOf('currency'), 'XXX', 'XTS'])
  return currencyCodes
}

let countryNames: ReadonlyMap<string, readonly string[]> | undefined

/** Two-letter codes with their English and Chinese names, lower case. */
function countries(): ReadonlyMap<string, readonly string[]> {
  if (countryNames) return countryNames
  const tables = ['en', 'zh'].map(language => new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }))
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const found = letters
    .flatMap(a => letters.map(b => a + b))
    .map(code => [code, tables.map(table => table.of(code)?.toLowerCase())] as const)
  countryNames = new Map(
    found.map(([code, names]) => [code, names.filter(name => name !== undefined)] as const).filter(([, names]) => names.length > 0),
  )
  return countryNames
}

function otherCountries(code: string): ReadonlySet<string> {
  return new Set([...countries()].filter(([other]) => other !== code && code.length === 2).flatMap(([, names]) => names))
}
