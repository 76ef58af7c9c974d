// `npm run conformance`: runs the public test suites that lie beside the checkout and prints passed / total of each.
import { join } from 'node:path'
import { fhirpathR4 } from './fhirpath-r4.ts'
import { type CaseResult, isPresent, type Suite, suitesFolder } from './suite.ts'
import { v2FhirPairs } from './v2-fhir-pairs.ts'
import { validatorSuites } from './validator-r4.ts'

const suites: readonly Suite[] = [fhirpathR4, v2FhirPairs, ...validatorSuites]

function report(suite: Suite, results: readonly CaseResult[]): boolean {
  const failed = results.filter(result => !result.passed)
  const contradicting = failed.filter(result => result.clause !== undefined)
  const shares = results.flatMap(({ share }) => share ?? [])
  const mean =
    shares.length === 0
      ? ''
      : `, ${((shares.reduce((a, b) => a + b, 0) / shares.length) * 100).toFixed(1)} % of what ${shares.length} cases expect`
  print(`${suite.name}: ${results.length - failed.length} / ${results.length} passed${mean}`)
  for (const { name, detail, clause } of failed) {
    print(`  ✗ ${name}: ${detail ?? ''}`)
    if (clause) print(`    contradicts the specification: ${clause}`)
  }
  return failed.length === contradicting.length
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

const wanted = process.argv.slice(2)
const chosen = suites.filter(suite => wanted.length === 0 || wanted.includes(suite.folder))
const present = chosen.filter(isPresent)
for (const suite of chosen) if (!isPresent(suite)) print(`${suite.name}: not run, there is no ${join(suitesFolder, suite.folder)}`)
let clean = true
for (const suite of present) clean = report(suite, await suite.run(join(suitesFolder, suite.folder))) && clean
process.exit(clean ? 0 : 1)
