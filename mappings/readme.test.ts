// The reference for interface analysts lists every function, with its words, and every pattern.
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { elementFunctions } from './functions/element-functions.ts'
import { patterns, textFunctions } from './functions/text-functions.ts'

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8')

describe('the reference of mapping plans', () => {
  for (const [name, { says }] of Object.entries({ ...textFunctions, ...elementFunctions })) {
    it(`tells what ${name} does`, () => {
      const line = readme.split('\n').find(text => text.startsWith(`| \`${name}(`))
      expect(line).to.contain(says.zh).and.to.contain(says.en)
    })
  }

  it('names every pattern', () => {
    for (const pattern of Object.keys(patterns)) expect(readme).to.contain(`\`${pattern}\``)
  })
})
