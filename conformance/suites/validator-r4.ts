// The official validator suite for R4: the same verdict as the reference validator, and the same number of errors, by tier.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseResource } from '#formats/fhir/json/read.ts'
import { parseXmlResource } from '#formats/fhir/xml/read.ts'
import { ManualClock } from '#kernel/clock.ts'
import { faultText } from '#kernel/fault.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Finding } from '#kernel/ports/validator.ts'
import type { ValidatorSettings } from '../validator/settings.ts'
import { DefinitionStore, openValidator, type Validator } from '../validator/validator.ts'
import { isError } from '../validator/walk/findings.ts'
import type { CaseResult, Suite } from './suite.ts'
import { disagreements } from './validator-r4-clauses.ts'

type Step = { source: string; supporting?: string[]; assumeValidRestReferences?: boolean; java?: unknown }

export type ValidatorCase = {
  name: string
  file: string
  module?: string
  supporting?: string[]
  profiles?: string[]
  supporting5?: string[]
  profile?: Step
  examples?: boolean
  fetcher?: string
  validateReference?: string
  validateContains?: string
  noHtmlInMarkdown?: boolean
  'security-checks'?: boolean
  'allowed-extension-domain'?: string
  'allow-comments'?: boolean
  'best-practice'?: string
  'r5-bundle-relative-reference-policy'?: string
  'x-expected-java': { fatal?: number; error?: number; warning?: number; information?: number }
  'x-tier': 'A' | 'B' | 'M'
}

type Judge = (errors: number, expected: number) => boolean

/** Level 1: an error is there or not. */
const verdict: Judge = (errors, expected) => errors > 0 === expected > 0
/** Level 2: the same number of errors. */
const count: Judge = (errors, expected) => errors === expected

export const validatorSuites: readonly Suite[] = (['A', 'B'] as const).flatMap(tier => [
  { name: `FHIR validator R4, tier ${tier}: same verdict`, folder: 'validator-r4', run: folder => run(folder, tier, verdict) },
  { name: `FHIR validator R4, tier ${tier}: same number of errors`, folder: 'validator-r4', run: folder => run(folder, tier, count) },
])

function run(folder: string, tier: 'A' | 'B', agrees: Judge): readonly CaseResult[] {
  const cases = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as { 'test-cases': ValidatorCase[] }
  return cases['test-cases'].filter(one => one['x-tier'] === tier).map(one => judge(one, folder, agrees))
}

function judge(one: ValidatorCase, folder: string, agrees: Judge): CaseResult {
  const errors = validateCase(one, folder).base.filter(isError)
  const { error = 0, fatal = 0 } = one['x-expected-java']
  const name = `${one.module ?? 'general'}/${one.name}`
  if (agrees(errors.length, error + fatal)) return { name, passed: true }
  const { why, weAreRight } = disagreements[one.name] ?? { why: 'not yet explained', weAreRight: false }
  const detail = `${error + fatal} errors there, ${errors.length} here: ${errors.slice(0, 3).map(print).join(' | ')}`
  return { name, passed: false, detail: weAreRight ? detail : `${detail} — ${why}`, ...(weAreRight ? { clause: why } : {}) }
}

/** Findings on the file by itself, and against the profile of the case where it has one. */
export function validateCase(one: ValidatorCase, folder: string): { base: readonly Finding[]; profiled?: readonly Finding[] } {
  const store = new DefinitionStore()
  for (const file of [...(one.supporting ?? []), ...(one.profiles ?? []), ...(one.supporting5 ?? [])]) load(join(folder, file), store)
  const text = readFileSync(join(folder, one.file), 'utf8')
  const format = one.file.endsWith('.xml') ? 'xml' : 'json'
  const validator = openValidator({ definitions: [store], settings: settingsOf(one) })
  const base = validator.validateText(text, { format })
  if (!one.profile) return { base }
  for (const file of one.profile.supporting ?? []) load(join(folder, file), store)
  const source = load(join(folder, one.profile.source), store)
  validator.refresh()
  return { base, profiled: profiled(validator, text, format, String(source?.['url'])) }
}

function profiled(validator: Validator, text: string, format: 'json' | 'xml', url: string): readonly Finding[] {
  return validator.validateText(text, { format, profiles: [url] })
}

function settingsOf(one: ValidatorCase): Partial<ValidatorSettings> {
  return {
    clock: new ManualClock(Date.UTC(2026, 10, 23)),
    bestPractice: (one['best-practice']?.toLowerCase().replace('hint', 'information') as 'warning' | undefined) ?? 'ignore',
    examples: one.examples ?? true,
    contained: one.validateContains !== 'IGNORE',
    unknownExtensions: false,
    security: one['security-checks'] ?? false,
    markdownHtml: one.noHtmlInMarkdown ? 'error' : 'ignore',
    comments: one['allow-comments'] ?? false,
    extensionDomains: one['allowed-extension-domain'] ? [one['allowed-extension-domain']] : [],
    restReferences: one.profile?.assumeValidRestReferences ?? false,
    references: one.validateReference === 'CHECK_EXISTS_AND_TYPE' ? 'exists' : 'ignore',
    strictRelativeReferences: one['r5-bundle-relative-reference-policy'] === 'always',
  }
}

function load(path: string, store: DefinitionStore): JsonObject | undefined {
  if (!existsSync(path)) return undefined
  const bytes = readFileSync(path)
  const read = path.endsWith('.xml') ? parseXmlResource(bytes) : parseResource(bytes)
  if (!read.ok) return undefined
  const entries = read.value['resourceType'] === 'Bundle' ? ((read.value['entry'] as JsonObject[] | undefined) ?? []) : []
  for (const entry of entries) store.add(entry['resource'] as JsonObject)
  store.add(read.value)
  return read.value
}

function print({ fault }: Finding): string {
  return `${fault.at}: ${faultText(fault, 'en').slice(0, 160)}`
}
