// The work of `huilian validate`: opens the validator with its packages, looks at each file, writes what was found.
import { readFileSync, statSync } from 'node:fs'
import { type InspectTools, inspectText } from '#conformance/inspect/inspect.ts'
import type { Inspected } from '#conformance/inspect/inspected.ts'
import { systemClock } from '#kernel/clock.ts'
import { type Fault, fault, faultText } from '#kernel/fault.ts'
import { limits } from '#kernel/limits.ts'
import { must } from '#kernel/result.ts'
import { loadTerminology } from '#terminology/load.ts'
import { openHouseDocuments } from '../../house-documents.ts'
import { openHouseValidator } from '../../house-validator.ts'
import type { ValidateArguments } from './arguments.ts'
import { filesOf } from './files.ts'
import { bar, count, endOfBar, fileBlock, jsonLine, noCounts, sumLine } from './report.ts'

/** The exit code: 0 when nothing has an error, 1 when something has, 2 when a package cannot be used. */
export function run({ paths, profiles, packages, json, language }: ValidateArguments): number {
  const troubles: Fault[] = []
  const tools = openTools(packages, trouble => troubles.push(trouble))
  if (troubles.length > 0) {
    process.stderr.write(`${troubles.map(trouble => faultText(trouble, language)).join('\n')}\n`)
    return 2
  }
  const files = filesOf(paths)
  const showsBar = files.length > 1 && process.stderr.isTTY
  const counts = noCounts()
  for (const file of files) {
    if (showsBar) process.stderr.write(bar(counts.files, files.length, file))
    const inspected = inspectFile(file, tools, profiles)
    count(counts, inspected)
    if (showsBar) process.stderr.write(endOfBar)
    if (json) process.stdout.write(jsonLine(file, inspected, language))
    else if (inspected.findings.length > 0 || files.length === 1) process.stdout.write(fileBlock(file, inspected, language))
  }
  if (!json) process.stdout.write(sumLine(counts, language))
  return counts.invalid > 0 ? 1 : 0
}

/** Documents are checked by tables of their own, opened when the first document comes. */
function openTools(packages: readonly string[], onTrouble: (trouble: Fault) => void): InspectTools {
  const terminology = must(loadTerminology())
  const { base } = openHouseValidator({ dictionary: terminology.dictionary, clock: systemClock, packages, onTrouble })
  let documents: InspectTools['documents'] | undefined
  const checker = () => (documents ??= must(openHouseDocuments(terminology)).checker)
  return { validator: base, documents: { check: bytes => checker().check(bytes) } }
}

/** What cannot be read is a finding too: the others are still checked. */
function inspectFile(file: string, tools: InspectTools, profiles: readonly string[]): Inspected {
  const unreadable = (trouble: Fault): Inspected => ({ kind: 'unknown', findings: [{ severity: 'fatal', fault: trouble }] })
  try {
    if (file !== '-' && statSync(file).size > limits.httpBodyBytesMax)
      return unreadable(fault('inspect.file-too-large', { args: { file, max: limits.httpBodyBytesMax } }))
    return inspectText(readFileSync(file === '-' ? 0 : file), tools, profiles)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
    return unreadable(fault('inspect.file-unreadable', { args: { file } }))
  }
}
