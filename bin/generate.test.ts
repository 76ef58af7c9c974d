// The committed tables are what the generator makes of the definitions today.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { generatedFiles } from './generate.ts'

describe('generated tables', () => {
  const root = join(import.meta.dirname, '..')
  let files = new Map<string, string>()
  before(() => {
    files = generatedFiles()
  })

  it('are fresh: `npm run generate` would change nothing', () => {
    for (const [path, text] of files) expect(readFileSync(join(root, path), 'utf8') === text, path).to.equal(true)
    expect(files.size).to.equal(7)
  })

  it('name their source and licence', () => {
    for (const [path, text] of files) expect(JSON.parse(text).source, path).to.match(/HL7 FHIR R4 .* CC0/)
  })
})
