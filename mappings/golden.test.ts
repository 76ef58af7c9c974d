// Every sample beside the plans, and every golden case of the connected systems, is mapped as expected, and what is made of it is what FHIR R4 allows.
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { r4 } from '#formats/fhir/model/r4.ts'
import { isInValueSet } from '#formats/fhir/model/value-sets.ts'
import { isFhirId } from '#kernel/ids.ts'
import type { Mapped } from '#kernel/intent.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import { must } from '#kernel/result.ts'
import { loadTerminology } from '#terminology/load.ts'
import { openMappings } from './mappings.ts'
import { hl7Samples, mapSample, printMapped } from './samples.ts'
import { mapSiteSample, siteFiles, siteSamples, sites } from './site-samples.ts'

const adapters = fileURLToPath(new URL('../adapters/', import.meta.url))
const mappings = must(openMappings({ codeMaps: must(loadTerminology()).maps, overlays: siteFiles(adapters) }))

function isSound(name: string, mapped: () => Mapped): void {
  it(`${name} makes resources as R4 defines them`, () => {
    const resources = new Map<string, JsonObject>()
    for (const { type, id, key, content } of mapped().intents) {
      expect(isFhirId(id), id).to.equal(true)
      expect(key).not.to.equal('')
      const reference = `${type}/${id}`
      resources.set(reference, { ...resources.get(reference), ...content })
    }
    for (const [reference, content] of resources) expect(misfits(content, reference.split('/')[0]!, reference)).to.deep.equal([])
  })

  it(`${name} refers only to what it makes`, () => {
    const { intents } = mapped()
    const made = new Set(intents.map(intent => `${intent.type}/${intent.id}`))
    const references = intents.flatMap(intent => referencesIn(intent.content))
    expect(references.filter(reference => !made.has(reference))).to.deep.equal([])
  })
}

describe('samples', () => {
  for (const { name, text, expected } of hl7Samples()) {
    it(`${name} is mapped as expected`, () => {
      expect(printMapped(mapSample(text, mappings))).to.equal(expected)
    })
    isSound(name, () => mapSample(text, mappings))
  }

  for (const sample of siteSamples(adapters)) {
    const { name, expected, expectedFile } = sample
    if (expectedFile !== '')
      it(`${name} is mapped as expected`, () => {
        expect(printMapped(mapSiteSample(sample, mappings))).to.equal(expected)
      })
    isSound(name, () => mapSiteSample(sample, mappings))
  }

  it('cover every connected system that has an overlay', () => {
    const golden = siteSamples(adapters).filter(({ expectedFile }) => expectedFile !== '')
    expect(new Set(golden.map(({ site }) => site))).to.deep.equal(new Set(sites(adapters)))
  })

  it('cover every message structure of the base plans', () => {
    const structures = new Set(hl7Samples().map(({ name }) => name.split('/')[0]))
    expect([...structures].sort()).to.deep.equal(
      ['ADT_A01', 'ADT_A02', 'ADT_A03', 'ADT_A05', 'ADT_A06', 'ADT_A09', 'ADT_A12', 'ADT_A39', 'OML_O21', 'ORM_O01', 'ORU_R01'].sort(),
    )
  })
})

/** Members that R4 does not have, wrong cardinality, codes outside required value sets, required elements that are missing. */
function misfits(value: JsonValue, type: string, path: string): string[] {
  const definition = r4.type(type)
  if (!definition) return [`${path}: no type ${type}`]
  if (definition.kind === 'primitive') return typeof value === 'object' && !('toJSON' in value!) ? [`${path} is no ${type}`] : []
  const object = value as JsonObject
  const found = Object.entries(object).flatMap(([name, member]) => misfitsOf(name, member as JsonValue, type, path))
  const required = [...definition.elements.values()].filter(element => element.min > 0)
  const missing = required.filter(element => !element.types.some(of => object[of.member] !== undefined))
  return [...found, ...missing.map(element => `${path}: ${element.path} is missing`)]
}

function misfitsOf(name: string, value: JsonValue, type: string, path: string): string[] {
  const member = r4.type(type)!.members.get(name.replace(/^_/, ''))
  if (!member) return [`${path}: ${type} has no ${name}`]
  const { element, type: of } = member
  const isList = element.max > 1
  if (isList !== Array.isArray(value)) return [`${path}.${name}: ${isList ? 'a list' : 'no list'}`]
  const items = isList ? (value as JsonValue[]) : [value]
  const inner = name.startsWith('_') ? 'Element' : of.code
  const codes = element.binding?.strength === 'required' && of.code === 'code' && !name.startsWith('_') ? items : []
  const outside = codes.filter(code => isInValueSet(element.binding!.set, String(code), undefined) === false)
  return [...outside.map(code => `${path}.${name}: ${String(code)}`), ...items.flatMap(item => misfits(item, inner, `${path}.${name}`))]
}

function referencesIn(value: JsonValue): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn)
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return []
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'reference' && typeof member === 'string' ? [member] : referencesIn(member as JsonValue),
  )
}
