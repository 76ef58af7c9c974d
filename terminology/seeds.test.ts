// The committed seeds: clean but for what is accepted, every exception still needed, the README's table fresh, known facts in place.
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { withMapTable } from '../bin/import/map-table.ts'
import { allFindings, checkSeeds, isLoinc } from './check.ts'
import { readExceptions, readSeeds } from './load.ts'
import type { SeedFile } from './seed.ts'

const seeds = readSeeds()
const exceptions = readExceptions()

describe('terminology seeds', () => {
  it('are clean but for what somebody accepted', () => {
    expect(checkSeeds(seeds, exceptions)).to.deep.equal([])
  })

  it('accept nothing that is no longer found', () => {
    const found = new Set(allFindings(seeds).map(finding => `${finding.where} ${finding.code}`))
    const stale = exceptions
      .filter(exception => exception.kind === 'accepted')
      .flatMap(exception => exception.codes.map(code => `${exception.where} ${code}`).filter(key => !found.has(key)))
    expect(stale).to.deep.equal([])
  })

  it('are described by the README', () => {
    const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8')
    expect(withMapTable(readme), 'run node bin/import-terminology.ts').to.equal(readme)
  })

  it('hold the Chinese tables, the v2 tables and the FHIR systems', () => {
    const systems = seeds.flatMap(file => file.systems)
    expect(systems.filter(system => /^(CV|DE|GB|WS|SD|EPR)/.test(system.id)).length).to.equal(460)
    expect(systems.filter(system => system.id.startsWith('v2-')).length).to.be.greaterThan(75)
    expect(systems.every(system => system.edition !== '' && system.status !== undefined)).to.equal(true)
  })

  it('keep the names of codes whose licence does not allow more', () => {
    const loinc = seeds.flatMap(file => file.systems).filter(system => system.url === 'http://loinc.org')
    expect(loinc.flatMap(system => system.codes).every(([, display]) => display === '')).to.equal(true)
  })
})

describe('checkSeeds', () => {
  const seed = (changes: Partial<SeedFile>): SeedFile => ({ family: 'f', note: '', source: '', systems: [], maps: [], ...changes })
  const sex = {
    id: 'sex',
    url: 'urn:oid:1.2.3',
    oid: '1.2.3',
    name: {},
    edition: '1',
    status: 'invented',
    content: 'complete',
    codes: [['1', '男']],
  } as const
  const map = { name: 'm', source: sex.url, target: sex.url, title: { zh: '', en: '' }, status: 'invented' } as const

  const cases: [string, SeedFile, string][] = [
    [
      'a code twice',
      seed({
        systems: [
          {
            ...sex,
            codes: [
              ['1', '男'],
              ['1', '女'],
            ],
          },
        ],
      }),
      'the code stands twice',
    ],
    ['a code twice over two parts', seed({ systems: [sex, sex] }), 'the code stands twice'],
    ['a padded code', seed({ systems: [{ ...sex, codes: [[' 1', '男']] }] }), 'the code is empty or padded'],
    ['a wrong OID', seed({ systems: [{ ...sex, oid: '1..2' }] }), '1..2 is not an OID'],
    ['an OID of two systems', seed({ systems: [sex, { ...sex, id: 'b', url: 'urn:x' }] }), 'two systems have this OID'],
    ['an id of two systems', seed({ systems: [sex, { ...sex, oid: '1.2.4', url: 'urn:x' }] }), 'two systems have this id'],
    ['a map to nowhere', seed({ systems: [sex], maps: [{ ...map, rows: [['1', '7']] }] }), 'sex has no code 7'],
    ['a map from nowhere', seed({ systems: [sex], maps: [{ ...map, rows: [['9', '1']] }] }), 'the source system has no such code'],
    [
      'a map of an unknown system',
      seed({ systems: [sex], maps: [{ ...map, source: 'urn:y', rows: [] }] }),
      'the source system urn:y is not known',
    ],
    [
      'a map to an unknown system',
      seed({ systems: [sex], maps: [{ ...map, rows: [['1', '1', { system: 'urn:y' }]] }] }),
      'the target system urn:y is not known',
    ],
    [
      'a source code twice',
      seed({
        systems: [sex],
        maps: [
          {
            ...map,
            rows: [
              ['1', '1'],
              ['1', null],
            ],
          },
        ],
      }),
      'the source code stands twice',
    ],
    [
      'two maps of one name',
      seed({
        systems: [sex],
        maps: [
          { ...map, rows: [] },
          { ...map, rows: [] },
        ],
      }),
      'two maps have this name',
    ],
    [
      'rows for a map that is not there',
      seed({ additions: [{ map: 'x', reason: '', rows: [] }] }),
      'rows are added to a map that is not there',
    ],
  ]
  for (const [what, file, problem] of cases) {
    it(`objects to ${what}`, () => {
      expect(checkSeeds([file], []).map(finding => finding.problem)).to.deep.equal([problem])
    })
  }

  it('knows the check digit of LOINC', () => {
    expect(['6690-2', '718-7', '2823-3', '14682-9', 'LA19710-5'].every(isLoinc)).to.equal(true)
    expect(['6690-3', '718', 'X-1', '12345678-1'].some(isLoinc)).to.equal(false)
  })
})
