// The kit: determinism, numbers that pass every check of form and belong to nobody, values that belong together, a story told in order.
import { expect } from 'chai'
import fc from 'fast-check'
import { decodeAs } from '#formats/charset/decode.ts'
import { encode } from '#formats/charset/encode.ts'
import { readIdCard } from '#kernel/id-card.ts'
import { must } from '#kernel/result.ts'
import { loadTerminology } from '#terminology/load.ts'
import { ageAt, dateOf, dayMs, stamp } from './china-time.ts'
import { content } from './content.ts'
import { emsRun } from './ems-run.ts'
import { examDone, suggestedExams } from './exam.ts'
import { hospitals } from './hospital.ts'
import { idCard } from './id-card.ts'
import { courses, diagnosis, illnessOf } from './illness.ts'
import { corrected, labPanel } from './lab-panel.ts'
import { newborn, person, twin } from './person.ts'
import { Random } from './random.ts'
import { emptyRuns, hospitalStory, together } from './story.ts'
import type { StoryEvent } from './story-event.ts'
import { World } from './world.ts'

const now = Date.parse('2026-03-01T08:00:00+08:00')
const seeds = fc.string({ minLength: 1, maxLength: 8 })
const people = Array.from({ length: 3000 }, (_, i) => person(new Random(`p${i}`), now))

describe('Random', () => {
  it('gives the same numbers for the same seed, others for another', () => {
    const draw = (seed: string) =>
      Array.from(
        { length: 5 },
        (() => {
          const r = new Random(seed)
          return () => r.next()
        })(),
      )
    expect(draw('a')).to.deep.equal(draw('a'))
    expect(draw('a')).to.not.deep.equal(draw('b'))
  })

  it('forks streams that do not depend on what was drawn', () => {
    const used = new Random('a')
    used.next()
    expect(used.fork('x').next()).to.equal(new Random('a').fork('x').next())
  })

  it('stays within its bounds (law)', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: -50, max: 50 }), fc.nat(100), (seed, from, span) => {
        const random = new Random(seed)
        expect(random.next()).to.be.within(0, 1)
        expect(random.integer(from, from + span)).to.be.within(from, from + span)
        expect(random.normal(0, 1)).to.be.within(-3, 3)
        expect(random.logNormal(5, 2)).to.be.greaterThan(0)
      }),
    )
  })

  it('never draws what has no weight', () => {
    const random = new Random('w')
    const drawn = Array.from({ length: 500 }, () => random.weighted(['a', 'b', 'c'], item => (item === 'b' ? 0 : 1)))
    expect(new Set(drawn)).to.deep.equal(new Set(['a', 'c']))
  })
})

describe('identity numbers', () => {
  it('carry birth date and sex in an area that does not exist (law)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 36_000 }), fc.constantFrom('M' as const, 'F' as const), fc.nat(997), (days, sex, sequence) => {
        const birthDate = dateOf(now - days * dayMs)
        const number = idCard(birthDate, sex, sequence)
        expect(number.slice(0, 6)).to.equal('990118')
        expect(readIdCard(number)).to.deep.equal({ number, birthDate, sex: sex === 'M' ? 'male' : 'female' })
      }),
    )
  })
})

describe('people', () => {
  it('are the same for the same seed', () => {
    expect(person(new Random('x'), now)).to.deep.equal(person(new Random('x'), now))
  })

  it('have numbers that agree with them, but for borrowed cards', () => {
    const disagree = people.filter(
      p => p.idCard && (p.idCard.slice(6, 14) !== p.birthDate.replaceAll('-', '') || (Number(p.idCard[16]) % 2 === 1) !== (p.sex === 'M')),
    )
    expect(disagree.length).to.be.greaterThan(0)
    expect(disagree.every(p => p.borrowed)).to.equal(true)
    expect(people.every(p => p.idCard === undefined || readIdCard(p.idCard) !== undefined)).to.equal(true)
  })

  it('have phones of nobody and addresses that do not exist', () => {
    expect(people.every(p => /^12\d{9}$/.test(p.phone) && /^12\d{9}$/.test(p.contact.phone))).to.equal(true)
    expect(people.every(p => /示例|样本|测试|虚构|演示/.test(p.address.line))).to.equal(true)
  })

  it('have awkward names at a low rate, thirty characters at most', () => {
    const styles = Map.groupBy(people, p => p.name.style)
    for (const style of ['rare-character', 'middle-dot', 'thirty-characters', 'latin'] as const)
      expect(styles.get(style)?.length, style).to.be.within(1, 200)
    expect(styles.get('thirty-characters')!.every(p => p.name.text.length === 30)).to.equal(true)
    expect(people.every(p => p.name.text.length <= 30)).to.equal(true)
    const characters = new Set(people.map(p => p.name.text).join(''))
    for (const rare of ['珅', '誠', '𠮷', '䶮']) expect(characters.has(rare), rare).to.equal(true)
  })

  it('can be written in GB18030 and read back', () => {
    const text = people.map(p => p.name.text + p.address.line).join('\n')
    expect(must(decodeAs(must(encode(text, 'gb18030')), 'gb18030')).text).to.equal(text)
  })

  it('include twins and newborns as they are in life', () => {
    const mother = person(new Random('mother'), now, { sex: 'F', ageFrom: 28, ageTo: 32 })
    const child = newborn(new Random('child'), mother, now)
    expect(child)
      .to.include({ birthDate: dateOf(now) })
      .and.not.have.property('idCard')
    expect(child.name.text).to.match(new RegExp(`^${mother.name.text}之[子女]$`))
    const one = person(new Random('one'), now)
    const other = twin(new Random('other'), one, now)
    expect(other).to.deep.include({ birthDate: one.birthDate, address: one.address, twinOf: one.name.text })
    expect(other.idCard === undefined || other.idCard !== one.idCard).to.equal(true)
  })

  it('keep to the ages wished for (law)', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 90 }), (seed, from) => {
        const found = person(new Random(seed), now, { ageFrom: from, ageTo: from + 5 })
        expect(ageAt(found.birthDate, now)).to.be.within(from, from + 5)
      }),
    )
  })
})

describe('diagnoses', () => {
  it('fit age and sex', () => {
    for (const who of people.slice(0, 600)) {
      for (const row of diagnosis(new Random(who.phone), 'ZJJ', who, now)) {
        const age = ageAt(who.birthDate, now)
        expect(row.sex === undefined || row.sex === who.sex, `${row.name} ${who.sex}`).to.equal(true)
        expect(age, row.name).to.be.within(row.ages![0], row.ages![1])
      }
    }
  })

  it('find their illness by the longest prefix', () => {
    expect(illnessOf('E11.100')?.name).to.equal('糖尿病酮症酸中毒')
    expect(illnessOf('E11.900')?.name).to.equal('糖尿病')
    expect(illnessOf('I21.900')?.name).to.equal('急性心肌梗死')
    expect(illnessOf('H25.900')).to.equal(undefined)
  })
})

describe('illnesses and panels', () => {
  const items = new Set(content('lab-items').rows.map(row => row.code))
  const panels = new Set(content('lab-items').panels.map(row => row.code))
  const exams = new Set(
    content('exams')
      .rows.filter(row => row.reports)
      .map(row => row.code),
  )

  it('name items, panels and examinations that exist', () => {
    for (const row of content('illnesses').rows) {
      for (const code of [...Object.keys(row.effects), ...Object.keys(row.coded ?? {})])
        expect(items.has(code), `${row.name} ${code}`).to.equal(true)
      for (const code of row.panels) expect(panels.has(code), `${row.name} ${code}`).to.equal(true)
      for (const code of row.exams) expect(exams.has(code), `${row.name} ${code}`).to.equal(true)
    }
    for (const row of content('panel-items').rows) {
      for (const code of [...row.core, ...(row.optional ?? []), ...(row.female ?? []), ...(row.male ?? [])])
        expect(items.has(code), `${row.panel} ${code}`).to.equal(true)
    }
  })

  it('use the codes of the terminology room', () => {
    const { dictionary, maps } = must(loadTerminology())
    for (const row of content('lab-items').rows) {
      if (row.unit && row.unit !== '-') expect(maps.translate('unit-to-ucum', row.unit), row.unit).to.not.equal(undefined)
    }
    for (const row of content('lab-items').rows) expect(dictionary.display('zjj-lis-item', row.code), row.code).to.equal(row.name)
    for (const row of content('diagnoses').rows) expect(dictionary.display('ICD-10', row.code), row.code).to.equal(row.name)
    const run = emsRun(new Random('r'), {
      number: '1',
      person: people[0]!,
      impression: content('diagnoses').rows.find(d => d.code === 'S06.000')!,
      arrivalMs: now,
      destination: { hospital: 'ZJJ', name: hospitals.ZJJ.name },
    })
    for (const measure of run.measures) expect(dictionary.display('ems-measure', measure.code)).to.equal(measure.name)
    for (const at of run.vitals)
      for (const item of Object.keys(at.values)) expect(dictionary.validateCode('ems-vital', item).ok, item).to.equal(true)
  })
})

describe('labPanel', () => {
  const adult = person(new Random('adult'), now, { sex: 'M', ageFrom: 50, ageTo: 50 })
  const values = (panel: string, seed: string, ill: string[] = []) => {
    const rows = ill.map(code => content('diagnoses').rows.find(row => row.code === code)!)
    const made = labPanel(new Random(seed), new Random('self'), adult, panel, now, courses(new Random(seed), rows))
    return { ...made, of: new Map(made.results.map(r => [r.item.code, Number(r.value)])) }
  }

  it('prints values that belong together (law)', () => {
    fc.assert(
      fc.property(seeds, seed => {
        const cbc = values('CBC', seed).of
        const share = ['NEUT%', 'LYMPH%', 'MONO%', 'EO%', 'BASO%'].reduce((sum, code) => sum + cbc.get(code)!, 0)
        expect(share).to.be.closeTo(100, 0.11)
        expect(cbc.get('NEUT#')!).to.be.closeTo((cbc.get('WBC')! * cbc.get('NEUT%')!) / 100, 0.03)
        expect(cbc.get('HCT')!).to.be.closeTo((cbc.get('RBC')! * cbc.get('MCV')!) / 1000, 0.01)
        const lft = values('LFT', seed).of
        expect(lft.get('GLO')!).to.be.closeTo(lft.get('TP')! - lft.get('ALB')!, 0.11)
        expect(lft.get('DBIL')!).to.be.at.most(lft.get('TBIL')!)
      }),
      { numRuns: 60 },
    )
  })

  it('flags by range and critical limit', () => {
    const potassium = Array.from({ length: 60 }, (_, i) => values('ELEC', `k${i}`, ['E87.500']).results.find(r => r.item.code === 'K')!)
    expect(potassium.some(r => r.flag === 'HH')).to.equal(true)
    for (const r of potassium) {
      const value = Number(r.value)
      expect(r.flag).to.equal(value >= 6.2 ? 'HH' : value <= 2.8 ? 'LL' : value > 5.3 ? 'H' : value < 3.5 ? 'L' : 'N')
    }
  })

  it('shows illness in the values', () => {
    const median = (code: string, panel: string, ill: string[]) =>
      Array.from({ length: 41 }, (_, i) => values(panel, `m${i}`, ill).of.get(code)!).sort((a, b) => a - b)[20]!
    expect(median('CRP', 'INFL', ['J18.900'])).to.be.greaterThan(5 * median('CRP', 'INFL', []))
    expect(median('HGB', 'CBC', ['D50.900'])).to.be.lessThan(0.9 * median('HGB', 'CBC', []))
    expect(median('HSTNI', 'CARD', ['I21.900'])).to.be.greaterThan(50 * median('HSTNI', 'CARD', []))
  })

  it('has 1 to 25 items, and leaves children without a range of their own unflagged', () => {
    const child = person(new Random('child'), now, { ageFrom: 4, ageTo: 4 })
    for (const panel of content('panel-items').rows) {
      const made = labPanel(new Random(panel.panel), new Random('c'), child, panel.panel, now, [])
      expect(made.results.length, panel.panel).to.be.within(1, 25)
      for (const r of made.results) if (r.numeric && r.range === '') expect(['', 'HH', 'LL'], r.item.code).to.include(r.flag)
    }
  })

  it('can be corrected in one item', () => {
    const { results } = values('RFT', 'c')
    const anew = corrected(new Random('c'), results, adult, now)!
    expect(anew.filter((r, i) => r.value !== results[i]!.value).length).to.equal(1)
  })
})

describe('examinations', () => {
  it('fit the diagnosis where a text does', () => {
    const pneumonia = content('diagnoses').rows.find(row => row.code === 'J18.900')!
    const [exam] = suggestedExams(pneumonia, people.find(p => ageAt(p.birthDate, now) > 40)!, now)
    const done = examDone(new Random('e'), exam!, pneumonia, 'P1')
    expect(done.report.impression).to.match(/炎/)
    expect(done.studyUid).to.match(/^2\.25\.\d{1,39}$/)
    expect(examDone(new Random('f'), exam!, pneumonia, 'P1').studyUid).to.equal(done.studyUid)
  })
})

describe('stories', () => {
  const world = () => new World('test', now, 1500)
  const take = (story: Generator<StoryEvent>, count: number) => Array.from({ length: count }, () => story.next().value as StoryEvent)
  const zjj = take(
    hospitalStory(world(), 'ZJJ', () => 200),
    6000,
  )

  it('are the same for the same seed', () => {
    expect(
      take(
        hospitalStory(world(), 'ZJJ', () => 200),
        300,
      ),
    ).to.deep.equal(zjj.slice(0, 300))
    expect(
      take(
        hospitalStory(new World('other', now, 1500), 'ZJJ', () => 200),
        50,
      ),
    ).to.not.deep.equal(zjj.slice(0, 50))
  })

  it('are told in the order of time', () => {
    for (let i = 1; i < zjj.length; i++) expect(zjj[i]!.atMs).to.be.at.least(zjj[i - 1]!.atMs)
    const both = take(
      together(
        hospitalStory(world(), 'QPJW', () => 60),
        emptyRuns(world(), () => 20),
      ),
      800,
    )
    for (let i = 1; i < both.length; i++) expect(both[i]!.atMs).to.be.at.least(both[i - 1]!.atMs)
  })

  it('have every kind of event', () => {
    const triggers = new Set(zjj.flatMap(event => (event.about === 'adt' ? [event.trigger] : [])))
    for (const trigger of ['A01', 'A02', 'A03', 'A04', 'A05', 'A06', 'A08', 'A11', 'A40'])
      expect(triggers.has(trigger as 'A01'), trigger).to.equal(true)
    const states = new Set(zjj.flatMap(event => (event.about === 'lab' ? [event.state] : [])))
    expect(states).to.deep.equal(new Set(['preliminary', 'final', 'corrected']))
    expect(
      zjj.some(event => event.atMs > event.eventMs),
      'late messages',
    ).to.equal(true)
  })

  it('order before they report, and report on orders that stand', () => {
    const ordered = new Map<string, string>()
    for (const event of zjj) {
      if (event.about === 'order') ordered.set(event.order.placer, event.control)
      if (event.about === 'lab' || event.about === 'imaging') expect(ordered.get(event.order.placer), event.order.placer).to.equal('NW')
    }
  })

  it('give every visit a number of its own and one beginning', () => {
    const beginnings = zjj.flatMap(event => (event.about === 'adt' && ['A01', 'A04'].includes(event.trigger) ? [event.visit!.number] : []))
    expect(new Set(beginnings).size).to.equal(beginnings.length)
  })

  it('bring the patient that 120 brings', () => {
    const record = zjj.find(event => event.about === 'ems' && event.event.stage === 'record' && !event.event.run.unknown)!
    const run = record.about === 'ems' ? record.event.run : undefined
    const arrival = zjj.find(event => event.about === 'adt' && event.journey === record.journey && event.trigger === 'A04')!
    expect(arrival.about === 'adt' && arrival.patient.person.name.text).to.equal(run!.person.name.text)
    expect(stamp(run!.times.VS07!) < stamp(arrival.eventMs)).to.equal(true)
  })
})
