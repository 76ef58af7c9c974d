// Concept maps and their snapshot: what the plans and the CDA writer rely on, tenant edits over the seeds, and the hash that follows them.
import { expect } from 'chai'
import { must } from '#kernel/result.ts'
import { loadTerminology } from './load.ts'
import { checkEdit, editRecord, editUndone, type MapEdit, readEdit, withEdits } from './map-edits.ts'

const { dictionary, maps } = must(loadTerminology())
const edit = (changes: Partial<MapEdit> = {}): MapEdit => ({
  map: 'zjj-lis-item-to-loinc',
  code: 'CREA',
  target: { system: 'http://loinc.org', code: '14682-9' },
  equivalence: 'equivalent',
  by: 'user:analyst',
  atMs: 1,
  ...changes,
})

describe('CodeMapSnapshot', () => {
  const translations: [string, string, string | undefined][] = [
    ['v2-0001-to-administrative-gender', 'F', 'female'],
    ['v2-0001-to-administrative-gender', 'X', undefined],
    ['v2-0001-to-administrative-gender', '2', 'female'],
    ['v2-0002-to-marital-status', '20', 'M'],
    ['v2-0004-to-encounter-class', 'I', 'IMP'],
    ['v2-0002-to-marital-status', 'M', 'M'],
    ['v2-0085-to-observation-status', 'C', 'corrected'],
    ['v2-0123-to-diagnostic-report-status', 'F', 'final'],
    ['v2-0038-to-request-status', 'CM', 'completed'],
    ['v2-0136-to-boolean', 'Y', 'true'],
    ['v2-0078-to-observation-interpretation', 'HH', 'HH'],
    ['v2-0203-to-v2-0203', 'MR', 'MR'],
    ['gb-2261-1-to-administrative-gender', '1', 'male'],
    ['gb-2261-1-to-administrative-gender', '9', 'unknown'],
    ['gb-2261-2-to-marital-status', '10', 'S'],
    ['gb-2261-2-to-marital-status', '90', 'UNK'],
    ['gb-4761-to-role-code', '1', 'SPS'],
    ['gb-4761-to-role-code', '51', 'FTH'],
    ['cv09-00-404-to-encounter-class', '3', 'IMP'],
    ['cv09-00-404-to-encounter-class', '03', 'IMP'],
    ['cv06-00-226-to-discharge-disposition', '5', 'exp'],
    ['cv04-50-005-to-loinc-answer', '4', 'LA28449-9'],
    ['administrative-gender-to-gb-2261-1', 'female', '2'],
    ['unit-to-ucum', '×10^9/L', '10*9/L'],
    ['unit-to-ucum', 'μmol/L', 'umol/L'],
    ['zjj-lis-item-to-loinc', 'HGB', '718-7'],
    ['zjj-department-to-sd01-01-003-00', 'Z11', 'A20'],
    ['zjj-department-to-sd01-01-003-00', 'ZA03', undefined],
  ]
  for (const [map, code, target] of translations) {
    it(`${map}: ${code} → ${target ?? 'nothing'}`, () => {
      expect(maps.translate(map, code)?.code).to.equal(target)
    })
  }

  it('gives the display of the target system', () => {
    expect(maps.translate('gb-2261-1-to-administrative-gender', '1')).to.deep.equal({
      system: 'http://hl7.org/fhir/administrative-gender',
      code: 'male',
      display: 'Male',
    })
    expect(maps.translate('administrative-gender-to-gb-2261-1', 'male')?.display).to.equal('男性')
  })

  it('tells a decision for no target from no decision', () => {
    expect(maps.map('v2-0190-to-address-use')!.decides('C')).to.equal(true)
    expect(maps.translate('v2-0190-to-address-use', 'nonsense')).to.equal(undefined)
    expect(maps.map('v2-0190-to-address-use')!.decides('nonsense')).to.equal(false)
  })

  it('knows which maps there are', () => {
    expect(maps.has('v2-0001-to-administrative-gender')).to.equal(true)
    expect(maps.has('constructor')).to.equal(false)
    expect(maps.translate('constructor', 'x')).to.equal(undefined)
  })

  it('has the same hash on every load', () => {
    expect(must(loadTerminology()).maps.hash).to.equal(maps.hash)
  })

  it('has every required status of HL7 v2 results', () => {
    for (const code of 'ABCDFINOPRSUVWX') expect(maps.translate('v2-0085-to-observation-status', code), code).to.not.equal(undefined)
    for (const code of 'OISAPCRFXMN') expect(maps.translate('v2-0123-to-diagnostic-report-status', code), code).to.not.equal(undefined)
  })
})

describe('map edits', () => {
  it('lie over the seeds in a new snapshot and leave the old one as it was', () => {
    expect(maps.translate('zjj-lis-item-to-loinc', 'CREA')).to.equal(undefined)
    const edited = withEdits(maps, [edit()], dictionary)
    expect(edited.translate('zjj-lis-item-to-loinc', 'CREA')).to.deep.equal({ system: 'http://loinc.org', code: '14682-9' })
    expect(edited.hash).to.not.equal(maps.hash)
    expect(maps.translate('zjj-lis-item-to-loinc', 'CREA')).to.equal(undefined)
    expect(edited.map('v2-0001-to-administrative-gender')).to.equal(maps.map('v2-0001-to-administrative-gender'))
  })

  it('can overrule a seed, and be taken back', () => {
    const edited = withEdits(maps, [edit({ code: 'HGB', target: null })], dictionary)
    expect(edited.translate('zjj-lis-item-to-loinc', 'HGB')).to.equal(undefined)
    expect(edited.map('zjj-lis-item-to-loinc')!.decides('HGB')).to.equal(true)
    expect(withEdits(maps, [], dictionary)).to.equal(maps)
    expect(editUndone(edit())).to.deep.equal({ kind: 'concept-map-entry', key: 'zjj-lis-item-to-loinc|CREA', value: undefined })
  })

  it('come back from their record', () => {
    const record = editRecord(edit())
    expect(must(readEdit({ key: record.key, value: record.value! }))).to.deep.equal(edit())
    for (const value of ['', '{}', '{"map":1}', 'null', '{"map":"m","code":"c","target":{}}']) {
      const read = readEdit({ key: 'k', value })
      expect(read.ok ? undefined : read.fault.code, value).to.equal('terminology.edit-invalid')
    }
  })

  const refusals: [string, Partial<MapEdit>, string][] = [
    ['an unknown map', { map: 'nothing' }, 'terminology.map-unknown'],
    ['a target of another system', { target: { system: 'http://snomed.info/sct', code: '1' } }, 'terminology.target-foreign'],
    [
      'a code the target system does not have',
      {
        map: 'gb-2261-1-to-administrative-gender',
        code: '8',
        target: { system: 'http://hl7.org/fhir/administrative-gender', code: 'man' },
      },
      'terminology.code-unknown',
    ],
  ]
  for (const [what, changes, code] of refusals) {
    it(`are refused for ${what}`, () => {
      const checked = checkEdit(edit(changes), maps, dictionary)
      expect(checked.ok ? undefined : checked.fault.code).to.equal(code)
    })
  }

  it('are taken for a LOINC code outside the shipped fragment', () => {
    expect(checkEdit(edit({ target: { system: 'http://loinc.org', code: '2160-0' } }), maps, dictionary).ok).to.equal(true)
    expect(checkEdit(edit({ target: null }), maps, dictionary).ok).to.equal(true)
  })
})
