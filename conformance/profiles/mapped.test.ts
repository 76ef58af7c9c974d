// What the mapping makes of its samples, held against the profiles: it conforms, or known.yaml says what is found and why that is so.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { parse } from 'yaml'
import { ManualClock } from '#kernel/clock.ts'
import type { ResourceIntent } from '#kernel/intent.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Finding } from '#kernel/ports/validator.ts'
import { must } from '#kernel/result.ts'
import { openMappings } from '#mappings/mappings.ts'
import { hl7Samples } from '#mappings/samples.ts'
import { mapSiteSample, siteFiles, siteSamples } from '#mappings/site-samples.ts'
import { loadTerminology } from '#terminology/load.ts'
import { DefinitionStore, openValidator } from '../validator/validator.ts'
import { codeSystemResources } from './code-systems.ts'
import { profileDefinitions, profileOfType } from './profiles.ts'

type Known = { readonly why: string; readonly finds: string; readonly in: readonly string[] | 'any' }

const known = parse(readFileSync(new URL('./known.yaml', import.meta.url), 'utf8')) as readonly Known[]
const adapters = fileURLToPath(new URL('../../adapters/', import.meta.url))
const terminology = must(loadTerminology())
const mappings = must(openMappings({ codeMaps: terminology.maps, overlays: siteFiles(adapters) }))
const store = new DefinitionStore()
for (const definition of [...profileDefinitions(), ...codeSystemResources(terminology.dictionary.systems())]) store.add(definition)
const clock = new ManualClock(Date.parse('2026-02-01T00:00:00Z'))
const validator = openValidator({ definitions: [store], settings: { bestPractice: 'ignore', displayErrors: false, clock } })

/** Name and intents of every sample: those of the base plans, and the good cases of the connected systems. */
const samples: readonly (readonly [string, () => readonly ResourceIntent[]])[] = [
  ...hl7Samples().map(({ name, expected }) => [name, () => (JSON.parse(expected) as { intents: ResourceIntent[] }).intents] as const),
  ...siteSamples(adapters).map(sample => [sample.name, () => mapSiteSample(sample, mappings).intents] as const),
]

describe('what the mapping samples produce', () => {
  const met = new Set<Known>()
  for (const [name, intents] of samples) {
    it(name, () => {
      for (const { type, id, content } of intents().filter(({ standing }) => standing === 'speak')) {
        const profile = profileOfType.get(type)
        const resource: JsonObject = { resourceType: type, id, ...content }
        const findings = validator.validate(resource, { profiles: profile === undefined ? [] : [profile] })
        const strange = findings.filter(finding => isSerious(finding) && !explained(finding, name))
        expect(strange.map(({ fault }) => [name, fault.code, fault.at, fault.args])).to.deep.equal([])
      }
    })
  }

  it('needs every explanation', () => {
    expect(known.filter(one => !met.has(one)).map(one => one.finds)).to.deep.equal([])
  })

  function explained(finding: Finding, sample: string): boolean {
    const reason = known.find(one => matches(finding, one) && (one.in === 'any' || one.in.includes(sample)))
    if (reason) met.add(reason)
    return reason !== undefined
  }
})

function isSerious({ severity }: Finding): boolean {
  return severity === 'error' || severity === 'fatal'
}

/** `validator.minimum Encounter.status`: the code, and what stands in its arguments or place. */
function matches({ fault }: Finding, { finds }: Known): boolean {
  const [code, what] = finds.split(' ') as [string, string]
  const place = fault.at?.replace(/\[\d+\]/g, '')
  return fault.code === code && [fault.args?.['key'], fault.args?.['path'], fault.args?.['code'], place].includes(what)
}
