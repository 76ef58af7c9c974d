// Visits as clinicians sort them: lanes by class, departments by the hospital's own name, who is here now, masked numbers.
import { expect } from 'chai'
import type { JsonObject } from '#kernel/json.ts'
import { departmentOf } from './departments.ts'
import { legalStatusExtension, legalStatusOf } from './legal-status.ts'
import { maskNumber } from './mask.ts'
import { isStay } from './stay.ts'
import { laneOf, visitOf } from './visits.ts'

const ofClass = (code: string, more: JsonObject = {}): JsonObject => ({
  resourceType: 'Encounter',
  status: 'in-progress',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code },
  ...more,
})

describe('the lane of a visit', () => {
  for (const [code, lane] of [
    ['AMB', 'outpatient'],
    ['EMER', 'emergency'],
    ['IMP', 'inpatient'],
    ['OBSENC', 'inpatient'],
    ['FLD', 'prehospital'],
    ['XXX', 'other'],
  ] as const)
    it(`is ${lane} for ${code}`, () => expect(laneOf(ofClass(code), 'hospital')).to.equal(lane))

  it('is pre-hospital for whatever a 120 centre does, and a check-up by its type', () => {
    expect(laneOf(ofClass('EMER'), 'centre')).to.equal('prehospital')
    expect(laneOf(ofClass('XXX', { type: [{ text: '健康体检' }] }), 'hospital')).to.equal('checkup')
    expect(laneOf({ class: { system: 'urn:own', code: 'IMP' } }, 'hospital')).to.equal('other')
    expect(laneOf({}, undefined)).to.equal('other')
  })
})

describe('the department of a visit', () => {
  const known = new Map([['Z03', '骨科']])
  const service = (...codings: JsonObject[]): JsonObject => ({ serviceType: { coding: codings } })
  it('has the name of the hospital, before the national subject that was coded beside it', () => {
    expect(departmentOf(service({ code: 'Z03' }, { code: 'A04.03', display: '骨科专业' }), known)).to.equal('骨科')
    expect(departmentOf(service({ code: 'Z99' }, { code: 'A04.03', display: '骨科专业' }), known)).to.equal('骨科专业')
    expect(departmentOf(service({ code: 'Z03', display: '创伤骨科' }), known)).to.equal('创伤骨科')
    expect(departmentOf(service({ code: 'Z99' }), known)).to.equal('Z99')
    expect(departmentOf({ serviceProvider: { display: '朱家角人民医院' } }, known)).to.equal('朱家角人民医院')
  })

  it('is not repeated as the place of a clinic without beds', () => {
    const context = { tenant: 'ZJJ', departments: known, tools: { tenant: () => undefined } }
    const at = (place: string) =>
      visitOf({ ...service({ code: 'Z03' }), location: [{ location: { display: place }, status: 'active' }] }, 1, context)
    expect(at('Z03').place).to.equal('')
    expect(at('ZW4 07 19').place).to.equal('ZW4 07 19')
  })
})

describe('who is here now', () => {
  const nowMs = Date.parse('2026-11-23T12:00:00+08:00')
  const since = (start: string, code: string, status = 'in-progress') => isStay(ofClass(code, { status, period: { start } }), nowMs)
  it('is an inpatient until the end is said', () => {
    expect(since('2020-01-01T00:00:00+08:00', 'IMP')).to.equal(true)
    expect(since('2020-01-01T00:00:00+08:00', 'IMP', 'finished')).to.equal(false)
  })
  it('is an emergency patient for 72 hours', () => {
    expect(since('2026-11-20T12:30:00+08:00', 'EMER')).to.equal(true)
    expect(since('2026-11-20T11:30:00+08:00', 'EMER')).to.equal(false)
  })
  it('is nobody else', () => {
    expect(since('2026-11-23T11:00:00+08:00', 'AMB')).to.equal(false)
    expect(isStay({}, nowMs)).to.equal(false)
  })
})

describe('the legal status of a psychiatric stay', () => {
  it('is what the hospital stated, in its words', () => {
    const stated = { url: legalStatusExtension, valueCodeableConcept: { coding: [{ code: '3', display: '非自愿住院（危害他人安全）' }] } }
    expect(legalStatusOf({ extension: [{ url: 'urn:other' }, stated] })).to.equal('非自愿住院（危害他人安全）')
    expect(legalStatusOf({})).to.equal('')
  })
})

describe('numbers before anybody asks to see them', () => {
  it('keep their ends', () => {
    expect(maskNumber('110105194912310021')).to.equal('110105********0021')
    expect(maskNumber('13800001234')).to.equal('138****1234')
    expect(maskNumber('12345')).to.equal('1***5')
    expect(maskNumber('12')).to.equal('**')
    expect(maskNumber('')).to.equal('')
  })
})
