// Code systems that others keep and that a rule or the runtime's own tables decide: UCUM, currencies, countries, languages, MIME types.
import { parseUnit } from '#formats/fhir/ucum/unit.ts'
import type { CodeFacts } from '#kernel/ports/codes.ts'

export type OutsideSystem = {
  readonly has: (code: string) => boolean
  /** Texts that another code of the system is known by: wrong as this one's display, where any other text may be right. */
  readonly namesAnother?: (code: string, text: string) => boolean
}

const codeLengthMax = 200

export const outsideSystems: Readonly<Record<string, OutsideSystem>> = {
  'http://unitsofmeasure.org': { has: code => parseUnit(code) !== undefined },
  'urn:iso:std:iso:4217': { has: code => currencies().has(code) },
  'urn:iso:std:iso:3166': { has: code => /^(?:[A-Z]{3}|\d{3})$/.test(code) || countries().codes.has(code), namesAnother: isOtherCountry },
  'urn:ietf:bcp:47': { has: byGrammar(/^(?:[a-zA-Z]{2,8}|[xi])(?:-[a-zA-Z0-9]{1,8})*$/) },
  'urn:ietf:bcp:13': { has: byGrammar(/^[\w!#$&^.+-]+(?:\/[\w!#$&^.+*-]+)?(?:\s*;\s*[\w-]+=(?:"[^"]*"|[^\s;"]+))*$/) },
}

export function lookupOutside({ has, namesAnother }: OutsideSystem, code: string): CodeFacts {
  if (!has(code)) return { kind: 'unknown-code', partial: false }
  return { kind: 'known', displays: [], inactive: false, ...(namesAnother ? { namesAnother: text => namesAnother(code, text) } : {}) }
}

function byGrammar(grammar: RegExp): (code: string) => boolean {
  return code => code.length <= codeLengthMax && grammar.test(code)
}

let currencyCodes: ReadonlySet<string> | undefined

function currencies(): ReadonlySet<string> {
  currencyCodes ??= new Set([...Intl.supportedValuesOf('currency'), 'XXX', 'XTS'])
  return currencyCodes
}

type Countries = { readonly codes: ReadonlySet<string>; readonly byName: ReadonlyMap<string, string> }

let countryTable: Countries | undefined

/** Two-letter codes, and their English and Chinese names in lower case. */
function countries(): Countries {
  if (countryTable) return countryTable
  const tables = ['en', 'zh'].map(language => new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }))
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const codes = new Set(letters.flatMap(a => letters.map(b => a + b)).filter(code => tables[0]!.of(code) !== undefined))
  const byName = new Map([...codes].flatMap(code => tables.map(table => [table.of(code)?.toLowerCase() ?? code, code] as const)))
  countryTable = { codes, byName }
  return countryTable
}

function isOtherCountry(code: string, text: string): boolean {
  const named = code.length === 2 ? countries().byName.get(text.toLowerCase()) : undefined
  return named !== undefined && named !== code
}
