// Searches one by one: every filter, every prefix, every sort, said as a table.
import { expect } from 'chai'
import { ManualClock } from '#kernel/clock.ts'
import type { IndexEntry } from '#kernel/index-entry.ts'
import type { Storage } from '#kernel/ports/storage.ts'
import { must } from '#kernel/result.ts'
import type { Filter, Prefix, SearchPlan, SortKey } from '#kernel/search-plan.ts'
import { systemPrincipal } from '#kernel/tenant.ts'
import { Bench, codeOf, type Engine } from './engine.ts'
import { commitOf, Ledger } from './ledger.ts'

const scope = { principal: systemPrincipal('test'), tenants: ['ZJJ'] }
const loinc = 'http://loinc.org'

const token = (param: string, system: string, code: string): IndexEntry => ({ kind: 'token', param, system, code })
const date = (from: number, to: number): IndexEntry => ({ kind: 'date', param: 'date', from, to })
const number = (low: number, high = low): IndexEntry => ({ kind: 'number', param: 'value', low, high, unit: 'ucum|g' })

/** id → entries; all lie in the chart of patient p at the time of their letter. */
const world: Readonly<Record<string, readonly IndexEntry[]>> = {
  a: [
    token('code', loinc, '718-7'),
    token('status', '', 'final'),
    date(0, 10),
    number(5),
    { kind: 'string', param: 'name', text: '王小明' },
  ],
  b: [
    token('code', 'urn:x', '718-7'),
    token('status', '', 'amended'),
    date(10, 20),
    number(6),
    { kind: 'string', param: 'name', text: '欧阳珅' },
  ],
  c: [
    token('code', loinc, '2345-7'),
    date(5, Number.POSITIVE_INFINITY),
    number(5, 7),
    { kind: 'uri', param: 'url', uri: 'http://a.example/fhir/ValueSet/1' },
  ],
  d: [
    token('code', loinc, '718-7'),
    token('code', 'urn:x', 'LX1'),
    { kind: 'hashed', param: 'identifier', system: 'urn:id', digest: 'f00d' },
    { kind: 'reference', param: 'encounter', type: 'Encounter', id: 'e1' },
    { kind: 'string', param: 'name', text: 'muller\u001fMüller' },
  ],
  e: [],
}

const asDate = (prefix: Prefix, from: number, to: number): Filter => ({ op: 'date', param: 'date', prefix, from, to })
const asNumber = (prefix: Prefix, low: number, high = low): Filter => ({ op: 'number', param: 'value', prefix, low, high })
const asName = (match: 'prefix' | 'exact' | 'contains', text: string): Filter => ({ op: 'string', param: 'name', match, text })
const asUrl = (match: 'exact' | 'below' | 'above', uri: string): Filter => ({ op: 'uri', param: 'url', match, uri })
const patient: Filter = { op: 'patient', ids: ['p'] }

const found: readonly [what: string, filter: Filter, ids: string][] = [
  ['a token of a system', { op: 'token', param: 'code', system: loinc, code: '718-7' }, 'ad'],
  ['a token of every system', { op: 'token', param: 'code', code: '718-7' }, 'abd'],
  ['a token without a system', { op: 'token', param: 'status', system: '', code: 'final' }, 'a'],
  ['every token of a system', { op: 'token', param: 'code', system: 'urn:x' }, 'bd'],
  ['a token nobody has', { op: 'token', param: 'code', system: 'urn:unknown', code: '718-7' }, ''],
  ['a hashed token', { op: 'hashed', param: 'identifier', system: 'urn:id', digest: 'f00d' }, 'd'],
  ['a hashed token of every system', { op: 'hashed', param: 'identifier', digest: 'f00d' }, 'd'],
  ['a text by its beginning', asName('prefix', '王'), 'a'],
  ['a text by its middle', asName('contains', '小明'), 'a'],
  ['a text by one character of it', asName('contains', '珅'), 'b'],
  ['a folded text', asName('prefix', 'mul'), 'd'],
  ['a text as it is spelled', asName('exact', 'muller\u001fMüller'), 'd'],
  ['no text by its folded form alone when exactness is asked', asName('exact', 'muller'), ''],
  ['eq dates', asDate('eq', 0, 10), 'a'],
  ['ne dates', asDate('ne', 0, 10), 'bc'],
  ['gt dates', asDate('gt', 0, 10), 'bc'],
  ['lt dates', asDate('lt', 5, 10), 'a'],
  ['ge dates', asDate('ge', 10, 20), 'bc'],
  ['le dates', asDate('le', 5, 10), 'a'],
  ['sa dates', asDate('sa', 0, 10), 'b'],
  ['eb dates', asDate('eb', 10, 20), 'a'],
  ['ap dates', asDate('ap', 9, 11), 'abc'],
  ['eq numbers', asNumber('eq', 4.5, 5.5), 'a'],
  ['ne numbers', asNumber('ne', 4.5, 5.5), 'bc'],
  ['gt numbers', asNumber('gt', 5), 'bc'],
  ['lt numbers', asNumber('lt', 6), 'ac'],
  ['ge numbers', asNumber('ge', 6), 'bc'],
  ['le numbers', asNumber('le', 5), 'a'],
  ['sa numbers', asNumber('sa', 5), 'b'],
  ['eb numbers', asNumber('eb', 6), 'a'],
  ['ap numbers', asNumber('ap', 5.5, 6.5), 'bc'],
  ['numbers of a unit', { ...asNumber('gt', 5), unit: 'ucum|mg' } as Filter, ''],
  ['a reference', { op: 'reference', param: 'encounter', type: 'Encounter', id: 'e1' }, 'd'],
  ['a URI', asUrl('exact', 'http://a.example/fhir/ValueSet/1'), 'c'],
  ['URIs below one', asUrl('below', 'http://a.example/fhir'), 'c'],
  ['no URI that only begins alike', asUrl('below', 'http://a.example/fh'), ''],
  ['URIs above one', asUrl('above', 'http://a.example/fhir/ValueSet/1/x'), 'c'],
  ['what lacks a parameter', { op: 'missing', param: 'date', missing: true }, 'de'],
  ['what has a parameter', { op: 'missing', param: 'code', missing: false }, 'abcd'],
  ['ids', { op: 'id', ids: ['e', 'a', 'nobody'] }, 'ae'],
  ['a chart', patient, 'abcde'],
  ['a code in a chart', { op: 'and', of: [patient, { op: 'token', param: 'code', code: '718-7' }] }, 'abd'],
  [
    'nothing in the chart of another',
    {
      op: 'and',
      of: [
        { op: 'patient', ids: ['q'] },
        { op: 'token', param: 'code', code: '718-7' },
      ],
    },
    '',
  ],
  ['all of several', { op: 'and', of: [asDate('ge', 0, 10), asNumber('gt', 5)] }, 'bc'],
  ['one of several', { op: 'or', of: [asName('prefix', '王'), asUrl('below', 'http://a.example/')] }, 'ac'],
  ['what is not', { op: 'not', of: { op: 'token', param: 'status', system: '', code: 'final' } }, 'bcde'],
  ['nothing of none', { op: 'or', of: [] }, ''],
  ['everything', { op: 'and', of: [] }, 'abcde'],
]

const sorted: readonly [sort: readonly SortKey[], ids: string][] = [
  [[{ param: '_id', kind: 'id', descending: false }], 'abcde'],
  [[{ param: '_id', kind: 'id', descending: true }], 'edcba'],
  [[{ param: '_lastUpdated', kind: 'lastUpdated', descending: true }], 'edcba'],
  [
    [
      { param: 'date', kind: 'date', descending: false },
      { param: '_id', kind: 'id', descending: true },
    ],
    'acbed',
  ],
  [
    [
      { param: 'date', kind: 'date', descending: true },
      { param: '_id', kind: 'id', descending: false },
    ],
    'bcade',
  ],
  [
    [
      { param: 'value', kind: 'number', descending: false },
      { param: '_id', kind: 'id', descending: false },
    ],
    'acbde',
  ],
  [
    [
      { param: 'name', kind: 'string', descending: false },
      { param: '_id', kind: 'id', descending: false },
    ],
    'dbace',
  ],
  [
    [
      { param: 'status', kind: 'token', descending: false },
      { param: '_id', kind: 'id', descending: false },
    ],
    'bacde',
  ],
  [
    [
      { param: 'url', kind: 'uri', descending: true },
      { param: '_id', kind: 'id', descending: false },
    ],
    'cabde',
  ],
]

export function searchContract(engine: Engine): void {
  describe('a search', () => {
    const bench = new Bench(engine, new ManualClock(0))
    let storage: Storage

    beforeEach(async () => {
      storage = await bench.open()
      const changes = Object.entries(world).map(([id, entries], i) => ({
        type: 'Observation',
        id,
        rows: {
          entries,
          patients: ['p'],
          codes: entries.flatMap(entry => (entry.kind === 'token' && entry.param === 'code' ? [`${entry.system}|${entry.code}`] : [])),
          whenMs: i,
        },
      }))
      const ledger = new Ledger()
      for (const change of changes) must(await storage.commit(commitOf('ZJJ', ledger.puts([change]))))
    })

    const search = async (where: Filter, more: Partial<SearchPlan> = {}) => {
      const plan: SearchPlan = { type: 'Observation', where, sort: [], count: 20, total: 'accurate', at: {}, ...more }
      return must(await storage.reader(scope).search(plan))
    }
    const ids = (page: { entries: readonly { id: string }[] }) => page.entries.map(entry => entry.id).join('')

    it('finds', async () => {
      for (const [what, filter, expected] of found) {
        const page = await search(filter)
        expect([...ids(page)].sort().join(''), what).to.equal(expected)
        expect(page.total, what).to.equal(expected.length)
        expect(page.next, what).to.equal(undefined)
      }
    })

    it('sorts, what lacks the value last', async () => {
      const everything: Filter = { op: 'and', of: [] }
      for (const [sort, expected] of sorted) {
        for (const where of [everything, patient, { op: 'not', of: { op: 'id', ids: ['x'] } } as const])
          expect(ids(await search(where, { sort })), JSON.stringify([where, sort])).to.equal(expected)
      }
    })

    it('walks a chart newest clinical date first', async () => {
      expect(ids(await search(patient))).to.equal('edcba')
      expect(ids(await search(patient, { sort: [{ param: 'date', kind: 'when', descending: true }], count: 2 }))).to.equal('ed')
    })

    it('counts without giving, and estimates', async () => {
      const page = await search(patient, { count: 0 })
      expect([page.entries.length, page.total, page.next]).to.deep.equal([0, 5, undefined])
      expect((await search(patient, { total: 'estimate' })).total).to.equal(5)
      expect((await search(patient, { total: 'none' })).total).to.equal(undefined)
      expect((await search(patient, { type: 'Nothing' })).total).to.equal(0)
    })

    it('refuses cursors of other searches and made-up ones', async () => {
      const page = await search(patient, { count: 2 })
      const reader = storage.reader(scope)
      const plan: SearchPlan = { type: 'Observation', where: patient, sort: [], count: 2, total: 'none', at: {} }
      for (const after of ['', 'x', Buffer.from('{}').toString('base64url'), page.next!.slice(0, -4)])
        expect(codeOf(await reader.search({ ...plan, after })), after).to.equal('store.cursor')
      expect(codeOf(await reader.search({ ...plan, type: 'Patient', after: page.next! }))).to.equal('store.cursor')
      expect(codeOf(await reader.search({ ...plan, at: { ZJJ: 99 } }))).to.equal('store.cursor')
    })
  })
}
