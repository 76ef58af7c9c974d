// `npx huilian validate`: checks files of FHIR, HL7 v2 and CDA; nothing is stored, nothing is asked of a network.
import { readArguments } from './validate/arguments.ts'

const asked = readArguments(process.argv.slice(2))
if (typeof asked === 'string') {
  process.stderr.write(asked)
  process.exitCode = 2
} else {
  const { run } = await import('./validate/run.ts')
  process.exitCode = run(asked)
}
