// Loads document definitions from a set of files: one `common` file, any number of `document` files.
import type { DocumentSpec } from '#formats/cda/spec.ts'
import type { CodeMaps } from '#kernel/ports/terminology.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { readEntries } from '../../language/entry.ts'
import { Findings, findingsFault } from '../../language/finding.ts'
import type { PlanFiles } from '../../load-plans.ts'
import type { Definition } from './definition.ts'
import { readDefinition } from './read-definition.ts'

/** By code, in the order of the files. Faults `plan.syntax`, `plan.rule-invalid`; all findings are its causes. */
export function loadDefinitions(
  files: PlanFiles,
  catalogue: ReadonlyMap<string, DocumentSpec>,
  codes: CodeMaps,
): Result<ReadonlyMap<string, Definition>> {
  const findings = new Findings()
  const roots = [...files].map(([file, text]) => ({ file, text, entry: readEntries(text, file, findings) }))
  const common = roots.find(({ entry }) => entry?.get('common'))?.entry
  common?.allow(['common', 'systems', 'displays', 'staff', 'header'])
  const definitions = new Map<string, Definition>()
  for (const { file, text, entry } of roots) {
    if (!entry || entry === common) continue
    const definition = readDefinition(text, file, { findings, catalogue, codes, common })
    if (!definition) continue
    if (definitions.has(definition.code)) entry.wrong(`${definition.code} is defined already`)
    definitions.set(definition.code, definition)
  }
  return findings.count > 0 ? failed(findingsFault(findings.list())) : ok(definitions)
}
