// Reads plan files from folders or from memory into sets of plans; names are taken once.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PlanSet } from './language/apply-overlay.ts'
import type { Findings } from './language/finding.ts'
import type { MessagePlan, Overlay, Plan } from './language/plan.ts'
import { readPlanFile } from './language/read-plan.ts'

/** File name → text: plans, and the schemas of JSON messages. */
export type PlanFiles = ReadonlyMap<string, string>

/** Every plan (`.yaml`) and schema of a folder and those below it, by path from the folder; an adapter's folder has its channel beside its plans. */
export function planFilesIn(directory: string, below = ''): PlanFiles {
  const files = new Map<string, string>()
  for (const entry of readdirSync(join(directory, below), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory()) for (const [inner, text] of planFilesIn(directory, path)) files.set(inner, text)
    else if (/\.(yaml|schema\.json)$/.test(entry.name) && entry.name !== 'channel.yaml')
      files.set(path, readFileSync(join(directory, path), 'utf8'))
  }
  return files
}

export type LoadedPlans = PlanSet & { readonly overlays: readonly Overlay[] }

export function loadPlans(files: PlanFiles, findings: Findings): LoadedPlans {
  const plans = new Map<string, Plan>()
  const messages = new Map<string, MessagePlan>()
  const overlays: Overlay[] = []
  for (const [file, text] of files) {
    if (file.endsWith('.json')) continue
    const read = readPlanFile(text, file, findings)
    if (read?.kind === 'overlay') overlays.push(read)
    if (read?.kind === 'plan') take(plans, read, findings)
    if (read?.kind === 'message') take(messages, read, findings)
  }
  return { plans, messages, overlays }
}

function take<T extends Plan | MessagePlan>(into: Map<string, T>, plan: T, findings: Findings): void {
  const known = into.get(plan.name)
  if (known) findings.add(plan.at, '', `${plan.name} is there already: ${known.at.file}`)
  else into.set(plan.name, plan)
}
