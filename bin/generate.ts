// `npm run generate`: writes the committed tables under generated/ from the definitions; a test proves they are fresh.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { codeSystemTables, type PublishedCodeSystem, type PublishedValueSet, valueSetDefinitions } from './generate/code-systems.ts'
import { readDefinitions, type StructureDefinition, source } from './generate/definitions.ts'
import { profileTables } from './generate/profiles.ts'
import { asPublished } from './generate/published.ts'
import { type CompartmentDefinition, compartmentTables, type SearchParameter, searchParameterTables } from './generate/search.ts'
import { typeTables } from './generate/types.ts'
import { boundValueSets, type CodeSystem, type ValueSet, ValueSetBook, valueSetTables } from './generate/value-sets.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Every generated file: path from the root → text. */
export function generatedFiles(): Map<string, string> {
  const structures = ['profiles-types', 'profiles-resources'].flatMap(b => readDefinitions<StructureDefinition>(b, 'StructureDefinition'))
  const types = typeTables(asPublished(structures, readDefinitions<StructureDefinition>('dataelements', 'StructureDefinition')))
  const parameters = searchParameterTables(readDefinitions<SearchParameter>('search-parameters', 'SearchParameter'))
  const compartments = compartmentTables(readDefinitions<CompartmentDefinition>('profiles-resources', 'CompartmentDefinition'))
  const valueSets = valueSetTables(valueSetBook(), boundValueSets(types))
  const profiles = profileTables([
    ...structures,
    ...['profiles-others', 'extension-definitions'].flatMap(b => readDefinitions<StructureDefinition>(b, 'StructureDefinition')),
  ])
  const codeSystems = codeSystemTables(vocabularies.flatMap(b => readDefinitions<PublishedCodeSystem>(b, 'CodeSystem')))
  const definitions = valueSetDefinitions(vocabularies.flatMap(b => readDefinitions<PublishedValueSet>(b, 'ValueSet')))
  return new Map([
    ['generated/r4/types.json', print({ source, version: '4.0.1', types }, 4)],
    ['generated/r4/search-parameters.json', print({ source, parameters }, 2)],
    ['generated/r4/compartments.json', print({ source, compartments }, 3)],
    ['generated/r4/value-sets.json', print({ source, valueSets }, 2)],
    ['generated/r4/profiles.json', print({ source, profiles }, 2)],
    ['generated/r4/code-systems.json', print({ source, codeSystems }, 2)],
    ['generated/r4/value-set-definitions.json', print({ source, valueSets: definitions }, 2)],
  ])
}

const vocabularies = ['valuesets', 'v3-codesystems', 'v2-tables']

function valueSetBook(): ValueSetBook {
  return new ValueSetBook(
    vocabularies.flatMap(bundle => readDefinitions<CodeSystem>(bundle, 'CodeSystem')),
    vocabularies.flatMap(bundle => readDefinitions<ValueSet>(bundle, 'ValueSet')),
  )
}

/** JSON with one line per entry down to a depth, so that a change of the tables can be read as a difference. */
function print(value: unknown, depth: number): string {
  return `${lines(value, depth)}\n`
}

function lines(value: unknown, depth: number): string {
  if (depth === 0 || typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[\n${value.map(item => lines(item, depth - 1)).join(',\n')}\n]`
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${lines(member, depth - 1)}`)
  return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n}`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of generatedFiles()) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
    process.stdout.write(`${path} ${Math.round(text.length / 1024)} KB\n`)
  }
}
