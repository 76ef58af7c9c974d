// The trace tells the truth, for every message type of the base plans and of every connected system: 100 elements each.
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { messageKind, readHeader } from '#formats/hl7v2/header.ts'
import { parseMessage } from '#formats/hl7v2/message.ts'
import type { Mapped } from '#kernel/intent.ts'
import { must } from '#kernel/result.ts'
import { loadTerminology } from '#terminology/load.ts'
import { openMappings } from './mappings.ts'
import { hl7Samples, sampleContext } from './samples.ts'
import { mapSiteSample, type SiteSample, siteFiles, siteSamples } from './site-samples.ts'
import { moved, type Subject, unmoved } from './trace-law.ts'
import { hl7Subject, jsonSubject } from './trace-subjects.ts'

const adapters = fileURLToPath(new URL('../adapters/', import.meta.url))
const mappings = must(openMappings({ codeMaps: must(loadTerminology()).maps, overlays: siteFiles(adapters) }))

function map(text: string, traced: boolean): Mapped {
  const message = must(parseMessage(text))
  const plan = must(mappings.planFor({ format: 'hl7v2' }, messageKind(must(readHeader(text)))))
  return must(plan.map(message, { ...sampleContext(message), traced }))
}

/** Where another rule, or another place that names the same ward, happens to say the same. */
const sameOtherwise = [
  /telecom\[\d\]\.system .* > XTN-ContactPoint#XTN\.3 /,
  /telecom\[\d\]\.use .* > XTN-ContactPoint#XTN\.2 /,
  /valueString OBX-Observation#\S+ by OBX\[\d+\]-2/,
  /presentedForm\[1\]\.contentType .* by OBX\[7\]-5\[1\]\.2$/,
  /status ORC-ServiceRequest#ORC-1 by ORC\[1\]-1/,
  /partOf\.display .* by PV1\[1\]-3\[1\]\.[14]\.1$/,
  /status run-Task#status by state\.code$/,
]

/** The law for one message type. */
function keepsTheLaw<P>(name: string, subjects: () => readonly Subject<P>[]): void {
  it(`${name}: a named source changed changes the element`, () => {
    expect(unmoved(subjects()).filter(text => !sameOtherwise.some(known => known.test(text)))).to.deep.equal([])
  })

  it(`${name}: any other place changed leaves the element as it is`, () => {
    expect(moved(subjects())).to.deep.equal([])
  })
}

describe('trace', () => {
  const byStructure = Map.groupBy(hl7Samples(), ({ name }) => name.split('/')[0]!)
  for (const [structure, samples] of byStructure) keepsTheLaw(structure, () => samples.map(({ name, text }) => hl7Subject(name, text, map)))
})

describe('trace of the connected systems', () => {
  const mapOf = (sample: SiteSample) => (text: string, traced: boolean) => mapSiteSample(sample, mappings, traced, text)
  for (const [type, samples] of Map.groupBy(siteSamples(adapters), ({ site, type }) => `${site} ${type}`)) {
    if (samples[0]!.format === 'json') keepsTheLaw(type, () => samples.map(one => jsonSubject(one.name, one.text, mapOf(one))))
    else keepsTheLaw(type, () => samples.map(one => hl7Subject(one.name, one.text, mapOf(one))))
  }
})
