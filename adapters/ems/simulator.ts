// The 120 centre: vehicle states of a run from dispatch, the pre-hospital record from the crew's tablet; JSON over HTTP. See contract.md.
import { ageAt, printed } from '../content/china-time.ts'
import { type EmsRun, nameOnRecord, type RunState } from '../content/ems-run.ts'
import { decimal, jsonBytes } from '../content/json-text.ts'
import { type Draft, type Simulator, simulate } from '../content/simulator.ts'
import { runStatement } from '../content/statement.ts'
import { emptyRuns, hospitalStory, together } from '../content/story.ts'
import type { EmsStoryEvent, StoryEvent } from '../content/story-event.ts'

/** Names of `ems-vehicle-state` for the states of a run. */
const stateNames: Readonly<Record<RunState, string>> = {
  VS02: '已派车（接收任务）',
  VS03: '已出车',
  VS04: '到达现场',
  VS05: '伤病员上车',
  VS06: '离开现场（送院途中）',
  VS07: '到达医院',
  VS08: '交接完成',
}

const vitalUnits: Readonly<Record<string, string>> = { T: '℃', P: '次/分', R: '次/分', SBP: 'mmHg', DBP: 'mmHg', SPO2: '%', GLU: 'mmol/L' }

export const simulator: Simulator = (seed, clock, pace) =>
  simulate({
    seed,
    clock,
    pace,
    story: (world, rate) => together(hospitalStory(world, 'ZJJ', rate), hospitalStory(world, 'QPJW', rate), emptyRuns(world, rate)),
    say: (event, serial) => (event.about === 'ems' ? message(event, serial) : undefined),
  })

function message(told: StoryEvent & EmsStoryEvent, serial: number): Draft {
  const { run, stage } = told.event
  const head = { id: `EMS${String(serial).padStart(9, '0')}`, time: printed(told.eventMs) }
  if (stage === 'record') {
    return {
      kind: 'prehospital-record',
      bytes: jsonBytes({ kind: 'prehospital-record', ...head, sender: 'EMS-EPCR', ...record(run) }),
      intent: {
        words: `院前病历 ${run.number} ${nameOnRecord(run)}：${run.impression.name}`,
        eventMs: told.eventMs,
        statements: [runStatement(run, 'VS08', true)],
      },
    }
  }
  const name = stage === 'ended' ? `任务终止（${run.abnormalEnd?.name}）` : stateNames[stage]
  return {
    kind: 'vehicle-state',
    bytes: jsonBytes({
      kind: 'vehicle-state',
      ...head,
      sender: 'EMS-DISPATCH',
      run: task(run),
      state: stage === 'ended' ? null : { code: stage, name },
      ...(run.abnormalEnd && stage === 'ended' ? { abnormalEnd: coded(run.abnormalEnd) } : {}),
    }),
    intent: { words: `${run.vehicle} ${name} ${run.number}`, eventMs: told.eventMs, statements: [runStatement(run, stage, false)] },
  }
}

/** What the dispatcher knows: no patient yet. */
function task(run: EmsRun): object {
  const { address } = run.person
  return {
    number: run.number,
    callTime: printed(run.callMs),
    reason: coded(run.reason),
    priority: coded(run.priority),
    scene: { ...coded(run.scene), address: `${address.province}${address.district}${address.town}${address.line}` },
    station: coded(run.station),
    vehicle: run.vehicle,
    crew: run.crew,
    destination: run.destination ? { code: run.destination.hospital, name: run.destination.name } : null,
  }
}

function record(run: EmsRun): object {
  const at = (state: RunState) => (run.times[state] === undefined ? null : printed(run.times[state]))
  return {
    run: {
      number: run.number,
      vehicle: run.vehicle,
      destination: run.destination ? { code: run.destination.hospital, name: run.destination.name } : null,
    },
    patient: patient(run),
    times: {
      call: printed(run.callMs),
      dispatched: at('VS02'),
      departed: at('VS03'),
      arrivedScene: at('VS04'),
      contact: at('VS05'),
      leftScene: at('VS06'),
      arrivedHospital: at('VS07'),
      handover: at('VS08'),
    },
    chiefComplaint: run.complaint,
    impression: { code: run.impression.code, name: run.impression.name },
    vitals: run.vitals.map(({ atMs, values, missing }) => ({
      time: printed(atMs),
      items: [
        ...Object.entries(values).map(([item, value]) => ({
          item,
          state: 'measured',
          value: item === 'T' || item === 'GLU' ? decimal(value, 1) : value,
          ...(vitalUnits[item] ? { unit: vitalUnits[item] } : {}),
        })),
        ...missing.map(({ item, reason }) => ({ item, state: reason })),
      ],
    })),
    measures: run.measures.map(({ code, name, atMs }) => ({ code, name, time: printed(atMs) })),
    physician: run.crew.physician,
  }
}

/** Of an unknown patient: sex and an estimated age, nothing else. */
function patient(run: EmsRun): object {
  const { person } = run
  const age = ageAt(person.birthDate, run.callMs)
  const seen = { name: nameOnRecord(run), sex: person.sex === 'M' ? '1' : '2' }
  if (run.unknown) return { ...seen, estimatedAge: Math.round(age / 10) * 10 }
  return {
    ...seen,
    birthDate: person.birthDate,
    age,
    idCard: person.idCard ?? null,
    phone: person.phone,
    allergies: person.allergies.map(allergy => allergy.name),
  }
}

function coded({ code, name }: { readonly code: string; readonly name: string }): object {
  return { code, name }
}
