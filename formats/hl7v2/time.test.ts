// Times: every precision, offsets, zones, China's summer times; the same on machines in any zone.
import { spawnSync } from 'node:child_process'
import { expect } from 'chai'
import fc from 'fast-check'
import { must } from '#kernel/result.ts'
import { parseMessage } from './message.ts'
import { parseTime, parseTimeOfDay, readTime } from './parse-time.ts'
import { formatTime } from './time.ts'
import { isZone, offsetMinutes, offsetMinutesAt } from './zone.ts'

const shanghai = 'Asia/Shanghai'

/** Text, zone, and what it is as FHIR date, dateTime, instant, and as the stretch of time it means. */
const readable: [string, string, string, string, string | undefined, string, string][] = [
  ['2026', shanghai, '2026', '2026', undefined, '2025-12-31T16:00:00.000Z', '2026-12-31T16:00:00.000Z'],
  ['202602', shanghai, '2026-02', '2026-02', undefined, '2026-01-31T16:00:00.000Z', '2026-02-28T16:00:00.000Z'],
  ['20240229', shanghai, '2024-02-29', '2024-02-29', undefined, '2024-02-28T16:00:00.000Z', '2024-02-29T16:00:00.000Z'],
  ['2026010508', shanghai, '2026-01-05', '2026-01-05', undefined, '2026-01-05T00:00:00.000Z', '2026-01-05T01:00:00.000Z'],
  ['202601050830', shanghai, '2026-01-05', '2026-01-05T08:30:00+08:00', undefined, '2026-01-05T00:30:00.000Z', '2026-01-05T00:31:00.000Z'],
  [
    '20260105083015',
    shanghai,
    '2026-01-05',
    '2026-01-05T08:30:15+08:00',
    '2026-01-05T08:30:15+08:00',
    '2026-01-05T00:30:15.000Z',
    '2026-01-05T00:30:16.000Z',
  ],
  [
    '20260105083015.1',
    shanghai,
    '2026-01-05',
    '2026-01-05T08:30:15.1+08:00',
    '2026-01-05T08:30:15.1+08:00',
    '2026-01-05T00:30:15.100Z',
    '2026-01-05T00:30:15.200Z',
  ],
  [
    '20260105083015.1230',
    shanghai,
    '2026-01-05',
    '2026-01-05T08:30:15.1230+08:00',
    '2026-01-05T08:30:15.1230+08:00',
    '2026-01-05T00:30:15.123Z',
    '2026-01-05T00:30:15.124Z',
  ],
  [
    '20260105083015-0500',
    shanghai,
    '2026-01-05',
    '2026-01-05T08:30:15-05:00',
    '2026-01-05T08:30:15-05:00',
    '2026-01-05T13:30:15.000Z',
    '2026-01-05T13:30:16.000Z',
  ],
  ['20260105+0900', shanghai, '2026-01-05', '2026-01-05', undefined, '2026-01-04T15:00:00.000Z', '2026-01-05T15:00:00.000Z'],
  [
    '20260105083015+0000',
    shanghai,
    '2026-01-05',
    '2026-01-05T08:30:15+00:00',
    '2026-01-05T08:30:15+00:00',
    '2026-01-05T08:30:15.000Z',
    '2026-01-05T08:30:16.000Z',
  ],
  [
    '19880701120000',
    shanghai,
    '1988-07-01',
    '1988-07-01T12:00:00+09:00',
    '1988-07-01T12:00:00+09:00',
    '1988-07-01T03:00:00.000Z',
    '1988-07-01T03:00:01.000Z',
  ],
  [
    '19880101120000',
    shanghai,
    '1988-01-01',
    '1988-01-01T12:00:00+08:00',
    '1988-01-01T12:00:00+08:00',
    '1988-01-01T04:00:00.000Z',
    '1988-01-01T04:00:01.000Z',
  ],
  // The day summer time began has 23 hours, the day it ended 25.
  ['19880417', shanghai, '1988-04-17', '1988-04-17', undefined, '1988-04-16T16:00:00.000Z', '1988-04-17T15:00:00.000Z'],
  ['19880911', shanghai, '1988-09-11', '1988-09-11', undefined, '1988-09-10T15:00:00.000Z', '1988-09-11T16:00:00.000Z'],
  // Half past one came twice: the first; half past two never came: the offset before.
  [
    '19880911013000',
    shanghai,
    '1988-09-11',
    '1988-09-11T01:30:00+09:00',
    '1988-09-11T01:30:00+09:00',
    '1988-09-10T16:30:00.000Z',
    '1988-09-10T16:30:01.000Z',
  ],
  [
    '19880417023000',
    shanghai,
    '1988-04-17',
    '1988-04-17T02:30:00+08:00',
    '1988-04-17T02:30:00+08:00',
    '1988-04-16T18:30:00.000Z',
    '1988-04-16T18:30:01.000Z',
  ],
  ['19410701', shanghai, '1941-07-01', '1941-07-01', undefined, '1941-06-30T15:00:00.000Z', '1941-07-01T15:00:00.000Z'],
  [
    '20260705083015',
    'America/New_York',
    '2026-07-05',
    '2026-07-05T08:30:15-04:00',
    '2026-07-05T08:30:15-04:00',
    '2026-07-05T12:30:15.000Z',
    '2026-07-05T12:30:16.000Z',
  ],
  [
    '20261101013000',
    'America/New_York',
    '2026-11-01',
    '2026-11-01T01:30:00-04:00',
    '2026-11-01T01:30:00-04:00',
    '2026-11-01T05:30:00.000Z',
    '2026-11-01T05:30:01.000Z',
  ],
  [
    '20260308023000',
    'America/New_York',
    '2026-03-08',
    '2026-03-08T02:30:00-05:00',
    '2026-03-08T02:30:00-05:00',
    '2026-03-08T07:30:00.000Z',
    '2026-03-08T07:30:01.000Z',
  ],
  [
    '20260105083015',
    'Asia/Kathmandu',
    '2026-01-05',
    '2026-01-05T08:30:15+05:45',
    '2026-01-05T08:30:15+05:45',
    '2026-01-05T02:45:15.000Z',
    '2026-01-05T02:45:16.000Z',
  ],
  ['0099', 'UTC', '0099', '0099', undefined, '0099-01-01T00:00:00.000Z', '0100-01-01T00:00:00.000Z'],
]

const unreadable = [
  ...[
    '',
    '0',
    '202',
    '20261',
    '202613',
    '20260100',
    '20260230',
    '20230229',
    '19000229',
    '00000000',
    '0000',
    '2026010524',
    '202601050860',
    '20260105083060',
  ],
  ...[
    '20260105083015.',
    '20260105083015.12345',
    '202601050830.5',
    '20260105083015+08',
    '20260105083015+1500',
    '20260105083015+0860',
    '20260105083015Z',
    '2026-01-05',
  ],
  ...[' 20260105', '20260105 ', '2026010508301', '二〇二六', '20260105+', '20260105083015+08:00', '""', '２０２６'],
]

describe('formats/hl7v2 time', () => {
  for (const [text, zone, date, dateTime, instant, from, to] of readable) {
    it(`${text} in ${zone}`, () => {
      const time = parseTime(text, zone)!
      expect([time.date, time.dateTime, time.instant]).to.deep.equal([date, dateTime, instant])
      expect([new Date(time.fromMs).toISOString(), new Date(time.toMs).toISOString()]).to.deep.equal([from, to])
    })
  }

  for (const text of unreadable) it(`${JSON.stringify(text)} is no time`, () => expect(parseTime(text, shanghai)).to.equal(undefined))

  it('is no more precise than TS.2 says', () => {
    const degrees = ['Y', 'L', 'D', 'H', 'M', 'S', '', '?'].map(degree => parseTime('20260105083015.25', shanghai, degree)!.dateTime)
    const day = '2026-01-05'
    const full = `${day}T08:30:15.25+08:00`
    expect(degrees).to.deep.equal(['2026', '2026-01', day, day, `${day}T08:30:00+08:00`, `${day}T08:30:15+08:00`, full, full])
    expect(parseTime('2026', shanghai, 'S')!.dateTime).to.equal('2026')
  })

  it('reads times of day', () => {
    const texts = ['0830', '083015', '083015.25', '0830+0800', '08', '2460', '', 'noon'].map(parseTimeOfDay)
    expect(texts).to.deep.equal(['08:30:00', '08:30:15', '08:30:15.25', '08:30:00', undefined, undefined, undefined, undefined])
  })

  it('reads a field, or says which field is wrong', () => {
    const message = must(parseMessage('MSH|^~\\&|A\rPID|1||1||a||19880701^D|M\rPID|2||1||a||1988x'))
    expect(must(readTime(message.segments[1]!, shanghai, 7))?.date).to.equal('1988-07-01')
    expect(must(readTime(message.segments[1]!, shanghai, 29))).to.equal(undefined)
    const wrong = readTime(message.segments[2]!, shanghai, 7)
    expect(wrong.ok || [wrong.fault.code, wrong.fault.at, wrong.fault.args]).to.deep.equal([
      'hl7.bad-time',
      'PID[2]-7[1]',
      { field: 'PID-7' },
    ])
  })

  it('knows zones by name', () => {
    expect([isZone(shanghai), isZone('UTC'), isZone('Asia/Nowhere'), isZone('')]).to.deep.equal([true, true, false, false])
  })

  it('has the summer times of China as the zone database has them', () => {
    const wrong: string[] = []
    for (let instant = Date.UTC(1985, 0, 1); instant < Date.UTC(1993, 0, 1); instant += 1_800_000) {
      const offset = offsetMinutesAt(instant, shanghai)
      const wallClock = instant + offset * 60_000
      const repeated = offsetMinutesAt(instant - 3_600_000, shanghai) > offset
      if (!repeated && offsetMinutes(wallClock, shanghai) !== offset) wrong.push(new Date(instant).toISOString())
    }
    expect(wrong).to.deep.equal([])
  })

  it('what is formatted is read again', () => {
    const zone = fc.constantFrom(shanghai, 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'UTC')
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1950, 0, 2), max: Date.UTC(2100, 0, 1) }), zone, (instant, name) => {
        const second = Math.floor(instant / 1000) * 1000
        const written = formatTime(second, name)
        expect(parseTime(written, 'UTC')!.fromMs).to.equal(second)
        // Without its offset it is the same, unless clocks were set back over it.
        const bare = parseTime(written.slice(0, 14), name)!
        expect([second, second - 3_600_000, second - 1_800_000]).to.include(bare.fromMs)
      }),
      { numRuns: 300 },
    )
  })

  it('gives nothing that FHIR would refuse, and never throws', () => {
    const dateTime =
      /^(\d{4})(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?([+-]((0\d|1[0-3]):[0-5]\d|14:00)))?)?)?$/
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 16 })
    const tail = fc.constantFrom('', '.', '.5', '.1234', '+0800', '-1400', '.5+0530', 'Z')
    fc.assert(
      fc.property(fc.tuple(fc.constantFrom('', '1988', '202601', '19880417', '19880911'), digits, tail), parts => {
        const time = parseTime(parts.join(''), shanghai)
        if (!time) return
        expect(time.dateTime).to.match(dateTime)
        expect(time.toMs).to.be.greaterThan(time.fromMs)
      }),
      { numRuns: 1000 },
    )
  })

  for (const machine of ['Asia/Shanghai', 'America/New_York', 'UTC']) {
    it(`does not ask the machine, here one in ${machine}`, () => {
      const texts = readable.map(([text, zone]) => [text, zone])
      const program = `
        import { parseTime } from ${JSON.stringify(new URL('./parse-time.ts', import.meta.url).href)}
        import { formatTime } from ${JSON.stringify(new URL('./time.ts', import.meta.url).href)}
        const read = ${JSON.stringify(texts)}.map(([text, zone]) => { const t = parseTime(text, zone); return [t.dateTime, t.fromMs, t.toMs] })
        process.stdout.write(JSON.stringify([new Date(0).getTimezoneOffset(), read, formatTime(582_000_000_000, 'Asia/Shanghai')]))`
      const done = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
        env: { ...process.env, TZ: machine },
        encoding: 'utf8',
      })
      expect(done.stderr).to.equal('')
      const [, read, formatted] = JSON.parse(done.stdout) as [number, unknown[], string]
      expect(read).to.deep.equal(
        readable.map(([text, zone, , dateTime]) => [dateTime, parseTime(text, zone)!.fromMs, parseTime(text, zone)!.toMs]),
      )
      expect(formatted).to.equal('19880611114000+0900')
    })
  }
})
