// `npm run golden`: compares what the base plans make of the samples with what is expected; `-- --accept` writes the expectations anew.
import { writeFileSync } from 'node:fs'
import { must } from '#kernel/result.ts'
import { openMappings } from '#mappings/mappings.ts'
import { hl7Samples, mapSample, printMapped } from '#mappings/samples.ts'
import { loadTerminology } from '#terminology/load.ts'

const accept = process.argv.includes('--accept')
const mappings = must(openMappings({ codeMaps: must(loadTerminology()).maps }))
let different = 0
for (const { name, text, expected, expectedFile } of hl7Samples()) {
  const made = printMapped(mapSample(text, mappings))
  if (made === expected) continue
  different++
  if (accept) writeFileSync(expectedFile, made)
  process.stdout.write(`${name} ${accept ? 'accepted' : 'differs'}\n`)
}
process.stdout.write(
  `${different === 0 ? 'all as expected' : `${different} ${accept ? 'written' : 'different; look at them, then --accept'}`}\n`,
)
process.exitCode = different > 0 && !accept ? 1 : 0
