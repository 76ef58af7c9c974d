// The national insurance as the hospital's gateway sees it: finished 1101 transactions (who is insured?), request and answer in one envelope, JSON over HTTP. See contract.md.
import { ageAt, printed, stamp } from '../content/china-time.ts'
import { decimal, jsonBytes } from '../content/json-text.ts'
import { type Draft, type Simulator, simulate } from '../content/simulator.ts'
import { type CoverageStatement, inWords } from '../content/statement.ts'
import { hospitalStory } from '../content/story.ts'
import type { InsuranceEvent, StoryEvent } from '../content/story-event.ts'

const area = '310118'

export const simulator: Simulator = (seed, clock, pace) =>
  simulate({
    seed,
    clock,
    pace,
    story: (world, rate) => hospitalStory(world, 'ZJJ', rate),
    say: (event, serial) => (event.about === 'insurance' ? transaction(event, serial) : undefined),
  })

function transaction(event: StoryEvent & InsuranceEvent, serial: number): Draft {
  const { patient, hospital, found } = event
  const msgid = `${hospital.insuranceCode}${stamp(event.atMs)}${String(serial % 10_000).padStart(4, '0')}`
  const body = {
    infno: '1101',
    msgid,
    inf_time: printed(event.atMs),
    fixmedins_code: hospital.insuranceCode,
    request: request(event, msgid),
    response: found ? answer(event, msgid) : refusal(event, msgid),
  }
  const outcome = found ? `参保 ${patient.person.insurance!.insutype}` : '未查到参保信息'
  return {
    kind: '1101',
    bytes: jsonBytes(body),
    intent: {
      words: `${inWords(patient)} 医保人员信息查询：${outcome}`,
      eventMs: event.eventMs,
      statements: found ? [coverage(event)] : [],
    },
  }
}

function request({ patient, hospital, clerk, atMs }: StoryEvent & InsuranceEvent, msgid: string): object {
  const { idCard, insurance, name } = patient.person
  return {
    infno: '1101',
    msgid,
    mdtrtarea_admvs: area,
    insuplc_admdvs: '',
    recer_sys_code: 'FSI_LOCAL',
    dev_no: '',
    dev_safe_info: '',
    cainfo: '',
    signtype: 'SM2',
    infver: 'V1.0',
    opter_type: '1',
    opter: clerk.id,
    opter_name: clerk.name,
    inf_time: printed(atMs),
    fixmedins_code: hospital.insuranceCode,
    fixmedins_name: hospital.name,
    sign_no: `9001${stamp(atMs).slice(0, 8)}`,
    input: {
      data: {
        mdtrt_cert_type: idCard ? '02' : '03',
        mdtrt_cert_no: idCard ?? insurance!.cardNumber,
        card_sn: '',
        begntime: printed(atMs),
        psn_cert_type: '01',
        certno: idCard ?? '',
        psn_name: name.text,
      },
    },
  }
}

function answer({ patient, atMs }: StoryEvent & InsuranceEvent, msgid: string): object {
  const { person } = patient
  const insurance = person.insurance!
  return {
    infcode: 0,
    inf_refmsgid: `310000${stamp(atMs)}${insurance.personNumber.slice(-10)}`,
    refmsg_time: stamp(atMs),
    respond_time: stamp(atMs + 600),
    err_msg: '',
    msgid,
    output: {
      baseinfo: {
        psn_no: insurance.personNumber,
        psn_cert_type: '01',
        certno: person.idCard ?? '',
        psn_name: person.name.text,
        gend: person.sex === 'M' ? '1' : '2',
        naty: person.name.ethnic,
        brdy: person.birthDate,
        age: ageAt(person.birthDate, atMs),
      },
      insuinfo: [
        {
          balc: decimal(Number(insurance.personNumber.slice(-6)) / 100, 2),
          insutype: insurance.insutype,
          psn_type: insurance.insutype === '310' ? (person.employment === '80' ? '12' : '11') : '14',
          psn_insu_stas: '1',
          psn_insu_date: '2015-01-01',
          paus_insu_date: null,
          cvlserv_flag: '0',
          insuplc_admdvs: area,
          emp_name: insurance.insutype === '310' ? '示例单位' : '',
        },
      ],
      idetinfo: [],
    },
  }
}

function refusal({ atMs }: StoryEvent & InsuranceEvent, msgid: string): object {
  return {
    infcode: -1,
    inf_refmsgid: '',
    refmsg_time: stamp(atMs),
    respond_time: stamp(atMs + 400),
    err_msg: '未查询到该人员的参保信息',
    msgid,
    output: null,
  }
}

function coverage({ patient }: InsuranceEvent): CoverageStatement {
  const { name, idCard, insurance } = patient.person
  const card = idCard === undefined ? {} : { idCard }
  return { about: 'coverage', personNumber: insurance!.personNumber, ...card, name: name.text, insutype: insurance!.insutype, active: true }
}
