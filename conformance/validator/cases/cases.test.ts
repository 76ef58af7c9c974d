// The validator by cases: each file is a subject of the standard, each case a resource and the findings it gives, `code at`.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { parse } from 'yaml'
import { ManualClock } from '#kernel/clock.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Finding } from '#kernel/ports/validator.ts'
import { DefinitionStore, openValidator } from '../validator.ts'

type Case = {
  readonly name: string
  readonly resource: JsonObject
  readonly profiles?: readonly string[]
  /** Warnings, or hints too, are part of what is expected. */
  readonly warnings?: boolean
  readonly information?: boolean
  readonly finds?: readonly string[]
}
type Subject = { readonly subject: string; readonly definitions?: readonly JsonObject[]; readonly cases: readonly Case[] }

const folder = import.meta.dirname
const settings = { bestPractice: 'ignore', clock: new ManualClock(Date.UTC(2026, 10, 23)) } as const

function counts({ severity }: Finding, { warnings, information }: Case): boolean {
  return severity === 'error' || severity === 'fatal' || (severity === 'warning' ? (warnings ?? false) : (information ?? false))
}

for (const file of readdirSync(folder).filter(name => name.endsWith('.yaml'))) {
  const { subject, definitions, cases } = parse(readFileSync(join(folder, file), 'utf8')) as Subject
  describe(`the validator: ${subject}`, () => {
    const store = new DefinitionStore()
    for (const definition of definitions ?? []) store.add(definition)
    const validator = openValidator({ definitions: [store], settings })
    for (const one of cases) {
      it(one.name, () => {
        const before = JSON.stringify(one.resource)
        const findings = validator.validate(one.resource, { profiles: one.profiles ?? [] }).filter(finding => counts(finding, one))
        expect(findings.map(({ fault }) => `${fault.code.replace('validator.', '')} ${fault.at ?? ''}`.trim())).to.deep.equal(
          one.finds ?? [],
        )
        expect(JSON.stringify(one.resource)).to.equal(before)
      })
    }
  })
}
