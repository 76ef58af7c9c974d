// Made-up resources and searches over a small world, so that most searches find something and many rows collide.
import fc from 'fast-check'
import type { IndexEntry, IndexRows } from '#kernel/index-entry.ts'
import type { Filter, Prefix, SearchPlan, SortKey } from '#kernel/search-plan.ts'
import type { Change } from './ledger.ts'

const day = 86_400_000
const start = 1_700_000_000_000
const type = 'Observation'

const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j')
const patients = ['p1', 'p2', 'p3']
const systems = ['', 'http://loinc.org', 'urn:oid:2.16.156.10011.1.33']
const codes = ['718-7', '血红蛋白', 'x']
const texts = ['王小明', '王小红', '欧阳珅', '阿卜杜拉·买买提', 'muller', 'muller\u001fMüller', 'mull', '𠮷野家', '𠮷', '']
const uris = ['http://a.example/fhir', 'http://a.example/fhir/ValueSet/1', 'http://a.example/fhirx', 'urn:oid:1.2.3']
const units = ['|', 'http://unitsofmeasure.org|g']
const times = [0, 0.4, 1, 2, 2.5, 40, 400].map(days => start + days * day)
const numbers = [-5, 0, 0.5, 1, 5.4, 5.5, 100]
const prefixes: readonly Prefix[] = ['eq', 'ne', 'lt', 'gt', 'ge', 'le', 'sa', 'eb', 'ap']

const intervals = fc
  .tuple(fc.constantFrom(...times), fc.constantFrom(1, 1000, day, 30 * day, 400 * day), fc.nat({ max: 9 }))
  .map(([from, length, open]) => ({
    from: open === 0 ? Number.NEGATIVE_INFINITY : from,
    to: open === 1 ? Number.POSITIVE_INFINITY : from + length,
  }))

const ranges = fc.tuple(fc.constantFrom(...numbers), fc.constantFrom(0, 0, 0.1, 10)).map(([low, width]) => ({ low, high: low + width }))

/** Parameter `code` is in every place of a chart as well; its rows must agree with `codes`. */
const entries: fc.Arbitrary<IndexEntry> = fc.oneof(
  fc.record({
    kind: fc.constant('token' as const),
    param: fc.constantFrom('code', 'status'),
    system: fc.constantFrom(...systems),
    code: fc.constantFrom(...codes),
  }),
  fc.record({
    kind: fc.constant('hashed' as const),
    param: fc.constant('identifier'),
    system: fc.constantFrom(...systems),
    digest: fc.constantFrom('aa', 'bb'),
  }),
  fc.record({ kind: fc.constant('string' as const), param: fc.constantFrom('name', 'note'), text: fc.constantFrom(...texts) }),
  intervals.map(interval => ({ kind: 'date' as const, param: 'period', ...interval })),
  fc.record({
    kind: fc.constant('reference' as const),
    param: fc.constantFrom('subject', 'focus'),
    type: fc.constantFrom('Patient', 'Encounter'),
    id: fc.constantFrom(...patients),
  }),
  fc.record({ kind: fc.constant('uri' as const), param: fc.constant('source'), uri: fc.constantFrom(...uris) }),
  fc.tuple(ranges, fc.constantFrom(...units)).map(([range, unit]) => ({ kind: 'number' as const, param: 'value', ...range, unit })),
)

const rows: fc.Arbitrary<IndexRows> = fc
  .record({
    entries: fc.uniqueArray(entries, { maxLength: 9, selector: entry => Object.values(entry).join('\u001f') }),
    patients: fc.uniqueArray(fc.constantFrom(...patients), { maxLength: 2 }),
    whenMs: fc.option(fc.constantFrom(...times), { nil: undefined }),
  })
  .map(({ entries, patients, whenMs }) => ({
    entries: whenMs === undefined ? entries : [...entries, { kind: 'date' as const, param: 'date', from: whenMs, to: whenMs + 1000 }],
    patients,
    codes: entries.flatMap(entry => (entry.kind === 'token' && entry.param === 'code' ? [`${entry.system}|${entry.code}`] : [])),
    ...(whenMs === undefined ? {} : { whenMs }),
  }))

const changes: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant(type), id: ids, rows }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant(type), id: ids, remove: fc.constant(true) }) },
)

/** Transactions one after the other; some change a resource more than once. */
export const histories: fc.Arbitrary<Change[][]> = fc.array(fc.array(changes, { minLength: 1, maxLength: 6 }), {
  minLength: 1,
  maxLength: 8,
})

const asked = fc.constantFrom(...prefixes)
const optional = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined })

const leaves: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({
    op: fc.constant('token' as const),
    param: fc.constantFrom('code', 'status', 'never'),
    system: optional(systems),
    code: optional([...codes, 'unknown']),
  }),
  fc.record({
    op: fc.constant('hashed' as const),
    param: fc.constant('identifier'),
    system: optional(systems),
    digest: fc.constantFrom('aa', 'bb', 'cc'),
  }),
  fc.record({
    op: fc.constant('string' as const),
    param: fc.constantFrom('name', 'note'),
    match: fc.constantFrom('prefix' as const, 'exact' as const, 'contains' as const),
    text: fc.constantFrom(...texts.slice(0, -1), '小', '小明', '珅', 'l', '野', '明', 'ler'),
  }),
  fc
    .tuple(asked, fc.constantFrom('date', 'period'), intervals)
    .map(([prefix, param, interval]) => ({ op: 'date' as const, param, prefix, ...interval })),
  fc
    .tuple(asked, ranges, optional([...units, 'unknown']))
    .map(([prefix, range, unit]) => ({ op: 'number' as const, param: 'value', prefix, ...range, unit })),
  fc.record({
    op: fc.constant('reference' as const),
    param: fc.constantFrom('subject', 'focus'),
    type: fc.constantFrom('Patient', 'Encounter'),
    id: fc.constantFrom(...patients, 'nobody'),
  }),
  fc.record({
    op: fc.constant('uri' as const),
    param: fc.constant('source'),
    match: fc.constantFrom('exact' as const, 'below' as const, 'above' as const),
    uri: fc.constantFrom(...uris, 'http://a.example/fhir/ValueSet/1/x', 'http://a.example'),
  }),
  fc.record({
    op: fc.constant('missing' as const),
    param: fc.constantFrom('code', 'status', 'identifier', 'name', 'period', 'subject', 'source', 'value', 'never'),
    missing: fc.boolean(),
  }),
  fc.record({ op: fc.constant('id' as const), ids: fc.array(fc.oneof(ids, fc.constant('nobody')), { maxLength: 4 }) }),
  fc.tuple(asked, fc.nat({ max: 30 }), fc.constantFrom(1, 1000, 5000)).map(([prefix, seconds, length]) => ({
    op: 'lastUpdated' as const,
    prefix,
    from: start + seconds * 1000,
    to: start + seconds * 1000 + length,
  })),
  fc.record({
    op: fc.constant('patient' as const),
    ids: fc.uniqueArray(fc.constantFrom(...patients, 'nobody'), { minLength: 1, maxLength: 2 }),
  }),
)

const filters: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>(tie => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 5, arbitrary: leaves },
    { weight: 3, arbitrary: fc.record({ op: fc.constant('and' as const), of: fc.array(tie('filter'), { maxLength: 3 }) }) },
    { weight: 2, arbitrary: fc.record({ op: fc.constant('or' as const), of: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constant('not' as const), of: tie('filter') }) },
  ),
})).filter

const sortKeys: fc.Arbitrary<SortKey> = fc
  .record({
    key: fc.constantFrom(
      { param: '_id', kind: 'id' as const },
      { param: '_lastUpdated', kind: 'lastUpdated' as const },
      { param: 'date', kind: 'when' as const },
      { param: 'period', kind: 'date' as const },
      { param: 'name', kind: 'string' as const },
      { param: 'status', kind: 'token' as const },
      { param: 'value', kind: 'number' as const },
      { param: 'source', kind: 'uri' as const },
    ),
    descending: fc.boolean(),
  })
  .map(({ key, descending }) => ({ ...key, descending }))

export const plans: fc.Arbitrary<SearchPlan> = fc.record({
  type: fc.constant(type),
  where: filters,
  sort: fc.array(sortKeys, { maxLength: 2 }),
  count: fc.integer({ min: 1, max: 5 }),
  total: fc.constantFrom('none' as const, 'accurate' as const),
  at: fc.constant({}),
})
