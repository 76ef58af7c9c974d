// `npm run golden`: compares what the plans make of the samples, the base's and those of the connected systems, with what is expected; `-- --accept` writes the expectations anew.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { must } from '#kernel/result.ts'
import { openMappings } from '#mappings/mappings.ts'
import { hl7Samples, mapSample, printMapped } from '#mappings/samples.ts'
import { mapSiteSample, siteFiles, siteSamples } from '#mappings/site-samples.ts'
import { loadTerminology } from '#terminology/load.ts'

const accept = process.argv.includes('--accept')
const adapters = fileURLToPath(new URL('../adapters/', import.meta.url))
const mappings = must(openMappings({ codeMaps: must(loadTerminology()).maps, overlays: siteFiles(adapters) }))
let different = 0

function compare(name: string, made: string, expected: string, expectedFile: string): void {
  if (made === expected) return
  different++
  if (accept) mkdirSync(dirname(expectedFile), { recursive: true })
  if (accept) writeFileSync(expectedFile, made)
  process.stdout.write(`${name} ${accept ? 'accepted' : 'differs'}\n`)
}

for (const { name, text, expected, expectedFile } of hl7Samples())
  compare(name, printMapped(mapSample(text, mappings)), expected, expectedFile)
for (const sample of siteSamples(adapters)) {
  if (sample.expectedFile !== '') compare(sample.name, printMapped(mapSiteSample(sample, mappings)), sample.expected, sample.expectedFile)
}
process.stdout.write(
  `${different === 0 ? 'all as expected' : `${different} ${accept ? 'written' : 'different; look at them, then --accept'}`}\n`,
)
process.exitCode = different > 0 && !accept ? 1 : 0
