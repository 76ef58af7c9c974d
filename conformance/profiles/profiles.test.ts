// The profiles: sound themselves, silent about sound examples, and each planted mistake found by name at its place.
import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import fc from 'fast-check'
import { parse } from 'yaml'
import { ManualClock } from '#kernel/clock.ts'
import { checkCharacter } from '#kernel/id-card.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Finding } from '#kernel/ports/validator.ts'
import { must } from '#kernel/result.ts'
import { loadTerminology } from '#terminology/load.ts'
import { DefinitionStore, openValidator } from '../validator/validator.ts'
import { codeSystemResources } from './code-systems.ts'
import { profileDefinitions, profileOfType, structureUrl } from './profiles.ts'

type Broken = { readonly what: string; readonly change: JsonObject; readonly finds: readonly string[] }
type Example = {
  readonly profile: string
  readonly what: string
  readonly resource: JsonObject
  readonly tolerates?: readonly string[]
  readonly broken: readonly Broken[]
}

const directory = new URL('./examples/', import.meta.url)
const examples = readdirSync(directory)
  .sort()
  .flatMap(name => parse(readFileSync(new URL(name, directory), 'utf8')) as Example[])

const store = new DefinitionStore()
for (const definition of [...profileDefinitions(), ...codeSystemResources(must(loadTerminology()).dictionary.systems())])
  store.add(definition)
const clock = new ManualClock(Date.parse('2026-02-01T00:00:00Z'))
const validator = openValidator({ definitions: [store], settings: { bestPractice: 'ignore', displayErrors: false, clock } })

/** Errors and warnings: code, key of an invariant, place. */
const told = (findings: readonly Finding[], tolerates: readonly string[] = []) => {
  const texts = findings
    .filter(({ severity, fault }) => severity !== 'information' && !tolerates.includes(fault.code))
    .map(({ fault }) => [fault.code, fault.args?.['key'], fault.at].filter(part => part !== undefined).join(' '))
  return [...new Set(texts)].sort()
}

describe('Chinese profiles', () => {
  it('are sound definitions', () => {
    for (const definition of profileDefinitions())
      expect([definition['id'], told(validator.validate(definition))]).to.deep.equal([definition['id'], []])
  })

  it('have an example each, and one for every invariant of their own', () => {
    const structures = profileDefinitions().filter(one => one['resourceType'] === 'StructureDefinition')
    const resources = structures.filter(one => one['kind'] === 'resource').map(one => String(one['id']))
    const used = new Set(examples.map(example => example.profile))
    expect(resources.filter(id => !used.has(id) && !resources.some(other => used.has(other) && isBaseOf(id, other)))).to.deep.equal([])
    const keys = structures.flatMap(one =>
      ((one['differential'] as JsonObject)['element'] as JsonObject[]).flatMap(element =>
        ((element['constraint'] ?? []) as JsonObject[]).map(c => String(c['key'])),
      ),
    )
    const found = new Set(examples.flatMap(example => example.broken.flatMap(broken => broken.finds.map(find => find.split(' ')[1]))))
    expect(keys.filter(key => !found.has(key))).to.deep.equal([])
  })

  it('are found by type', () => {
    for (const url of profileOfType.values()) expect(validator.definitions.structure(url), url).to.not.equal(undefined)
  })

  for (const { profile, what, resource, tolerates, broken } of examples) {
    describe(`${profile}: ${what}`, () => {
      const check = (of: JsonObject) => told(validator.validate(of, { profiles: [structureUrl(profile)] }), tolerates)
      it('sound', () => expect(check(resource)).to.deep.equal([]))
      for (const { what: mistake, change, finds } of broken)
        it(mistake, () => expect(check(changed(resource, change))).to.deep.equal([...finds].sort()))
    })
  }

  it('agree with the platform on check characters of identity cards', () => {
    const card = (value: string) => ({
      resourceType: 'Patient',
      identifier: [{ system: 'urn:oid:2.16.156.10011.1.3', value }],
      name: [{ text: '珅' }],
      gender: 'unknown',
    })
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9]\d{5}19[0-9]{2}0[1-9]1[0-9]\d{3}$/), fc.constantFrom(...'0123456789X'), (digits, last) => {
        const findings = told(validator.validate(card(digits + last), { profiles: [structureUrl('cn-patient')] }))
        expect(findings).to.deep.equal(last === checkCharacter(digits) ? [] : ['validator.invariant cn-card-2 Patient.identifier[0]'])
      }),
    )
  })

  it('find any single character changed in a social credit code', () => {
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
    const code = '12310118MA1FL0QX2G'
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 17 }), fc.constantFrom(...alphabet), (at, character) => {
        fc.pre(code[at] !== character)
        const value = code.slice(0, at) + character + code.slice(at + 1)
        const organization = { resourceType: 'Organization', name: '甲', identifier: [{ system: 'urn:oid:2.16.156.10011.1.5', value }] }
        expect(told(validator.validate(organization, { profiles: [structureUrl('cn-organization')] }))).to.include(
          'validator.invariant cn-org-2 Organization.identifier[0]',
        )
      }),
    )
  })
})

function isBaseOf(id: string, other: string): boolean {
  return profileDefinitions().some(one => one['id'] === other && one['baseDefinition'] === structureUrl(id))
}

/** A copy with values put at paths (`identifier[1].value`); null takes the element away. */
function changed(resource: JsonObject, change: JsonObject): JsonObject {
  const copy = structuredClone(resource)
  for (const [path, value] of Object.entries(change)) {
    const steps = path.split(/[.[\]]+/).filter(step => step !== '')
    const last = steps.pop()!
    const owner = steps.reduce<Record<string, unknown>>((at, step) => at[step] as Record<string, unknown>, copy)
    if (value !== null) owner[last] = value
    else if (Array.isArray(owner)) owner.splice(Number(last), 1)
    else delete owner[last]
  }
  return copy
}
