// Generators of documents for property tests: everything the model can say, in awkward words.
import fc from 'fast-check'
import type {
  CdaCode,
  CdaDocument,
  CdaEntry,
  CdaId,
  CdaOrganization,
  CdaParticipation,
  CdaRange,
  CdaSection,
  CdaTime,
  CdaValue,
} from './model.ts'
import { block, type NarrativeNode, words } from './narrative.ts'

const text = fc
  .array(
    fc.constantFrom('欧阳珅', '𠮷', '䶮', '誠', '买买提·艾力', 'A&B', '<', '>', '"', "'", ']]>', ' ', '\n', '±', '5.10', '×10^9/L', 'a'),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .map(parts => parts.join('').trim())
  .filter(joined => joined !== '')
const token = fc.constantFrom('1', '02', 'M26030300038', 'JY-1', 'Z01D02', '990118196005260051')
const oid = fc.constantFrom('2.16.156.10011.1.11', '2.16.156.10011.1.5', '2.16.840.1.113883.6.1', '2.16.156.10011.2.3.3.4')
const ts = fc.constantFrom('2026', '20260303', '20260303160707')
const number = fc.constantFrom('0', '5.10', '-17.20', '0.0010', '123456789012345678901234567890')

function some<T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }, required: readonly (keyof T)[] = []): fc.Arbitrary<T> {
  return fc.record(model, { requiredKeys: required as (keyof T)[] }).filter(value => Object.keys(value).length > 0) as fc.Arbitrary<T>
}

const id: fc.Arbitrary<CdaId> = some<CdaId>({ root: oid, extension: token })
const code: fc.Arbitrary<CdaCode> = some<CdaCode>({ code: token, system: oid, systemName: text, display: text, original: text }, ['code'])
const time: fc.Arbitrary<CdaTime> = fc.oneof(
  fc.record({ value: ts }),
  some<CdaTime>({ low: ts, high: ts }),
  fc.constant({ nullFlavor: 'UNK' }),
)
const organization: fc.Arbitrary<CdaOrganization> = fc.letrec<{ unit: CdaOrganization }>(tie => ({
  unit: some<CdaOrganization>({ id, name: text, within: fc.oneof({ maxDepth: 2 }, fc.record({ name: text }), tie('unit')) }, ['name']),
})).unit
const person = (typed: boolean): fc.Arbitrary<CdaParticipation> =>
  some<CdaParticipation>(
    {
      time,
      id,
      name: text,
      ...(typed ? { typeCode: fc.constant('PRF'), classCode: fc.constant('ASSIGNED'), organization, role: text } : {}),
    },
    ['id', 'name', 'time', ...(typed ? (['typeCode', 'classCode'] as const) : [])],
  )
const author = some<CdaParticipation>({ time, id, name: text, organization }, ['time', 'id', 'name'])
const signer = some<CdaParticipation>({ time, id, name: text, role: text }, ['time', 'id', 'name'])

const value: fc.Arbitrary<CdaValue> = fc.oneof(
  fc.record({ type: fc.constant('ST'), text }),
  fc.record({ type: fc.constant('CD'), code }),
  fc.record({ type: fc.constant('PQ'), value: number, unit: fc.constantFrom('mmol/L', '个/μL', '1') }),
  fc.record({ type: fc.constant('REAL'), value: number }),
  fc.record({ type: fc.constant('TS'), value: ts }),
  fc.record({ type: fc.constant('BL'), value: fc.constantFrom('true', 'false') }),
  fc.record({
    type: fc.constant('IVL_PQ'),
    low: fc.record({ value: number }),
    high: fc.record({ value: number, unit: fc.constant('kg') }),
  }),
  fc.record({ type: fc.constant('CD'), nullFlavor: fc.constantFrom('UNK', 'NI') }),
)
const range: fc.Arbitrary<CdaRange> = some<CdaRange>({ text, low: fc.record({ value: number }), high: fc.record({ value: number }) })
const observation: fc.Arbitrary<CdaEntry> = fc.letrec<{ entry: CdaEntry }>(tie => ({
  entry: some<CdaEntry>(
    {
      act: fc.constant('observation'),
      classCode: fc.constant('OBS'),
      code,
      time,
      value,
      interpretation: code,
      ranges: fc.array(range, { minLength: 1, maxLength: 2 }),
      children: fc.array(
        fc.oneof({ maxDepth: 2 }, fc.record({ act: fc.constant('observation'), classCode: fc.constant('OBS'), code }), tie('entry')),
        {
          minLength: 1,
          maxLength: 2,
        },
      ),
    },
    ['act', 'classCode', 'code'],
  ),
})).entry
const organizer: fc.Arbitrary<CdaEntry> = some<CdaEntry>(
  {
    act: fc.constant('organizer'),
    classCode: fc.constantFrom('BATTERY', 'CLUSTER'),
    code,
    status: fc.constant('completed'),
    time,
    specimen: fc.record({ id, type: code }),
    children: fc.array(observation, { minLength: 1, maxLength: 3 }),
  },
  ['act', 'classCode', 'children'],
)

const cell = text.map(inner => block('td', words(inner)))
const narrative: fc.Arbitrary<readonly NarrativeNode[]> = fc.array(
  fc.oneof(
    text.map(inner => block('paragraph', { kind: 'content', style: 'Bold' as const, children: [words(inner)] }, words(inner))),
    fc.array(cell, { minLength: 1, maxLength: 3 }).map(cells => block('table', block('tbody', block('tr', ...cells)))),
  ),
  { minLength: 1, maxLength: 3 },
)
const section: fc.Arbitrary<CdaSection> = fc.record({
  code,
  narrative,
  entries: fc.array(fc.oneof(observation, organizer), { maxLength: 3 }),
})

export const arbitraryCda: fc.Arbitrary<CdaDocument> = some<CdaDocument>(
  {
    templateRoots: fc.array(oid, { minLength: 1, maxLength: 2 }),
    id,
    code,
    title: text,
    effectiveTime: fc.constant('20260303160707'),
    confidentiality: code,
    language: fc.constant('zh-CN'),
    setId: id,
    version: fc.constantFrom('1', '12'),
    patient: some<CdaDocument['patient']>(
      {
        ids: fc.array(id, { maxLength: 3 }),
        personIds: fc.array(id, { maxLength: 1 }),
        patientType: code,
        name: text,
        sex: code,
        birthTime: ts,
        age: fc.record({ value: fc.constant('65'), unit: fc.constant('岁') }),
        telecom: token,
        address: fc.array(fc.record({ name: fc.constantFrom('township', 'city'), text }), { minLength: 1, maxLength: 2 }),
      },
      ['ids', 'personIds', 'name'],
    ),
    authors: fc.array(author, { minLength: 1, maxLength: 2 }),
    custodian: organization,
    legalAuthenticator: signer,
    authenticators: fc.array(signer, { maxLength: 2 }),
    participants: fc.array(person(true), { maxLength: 2 }),
    replaces: some<NonNullable<CdaDocument['replaces']>>({ id, setId: id, version: fc.constant('1') }, ['id']),
    encounter: some<NonNullable<CdaDocument['encounter']>>({ id, code, time, location: organization }, ['time']),
    sections: fc.array(section, { minLength: 1, maxLength: 3 }),
  },
  [
    ...(['templateRoots', 'id', 'code', 'title', 'effectiveTime', 'confidentiality', 'language', 'patient', 'authors'] as const),
    ...(['custodian', 'authenticators', 'participants', 'sections'] as const),
  ],
)
