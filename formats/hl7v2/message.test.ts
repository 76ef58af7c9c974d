// The lazy model against the plain reading of the standard: split everywhere, join again, count from one.
import { expect } from 'chai'
import fc from 'fast-check'
import { must } from '#kernel/result.ts'
import { type Delimiters, encodingCharacters } from './delimiters.ts'
import { setRaw, setValue } from './edit.ts'
import { escapeText, unescapeText } from './escape.ts'
import { type Message, parseMessage } from './message.ts'
import { every, formatPath, type Path, parsePath, readAll, readPath } from './path.ts'
import { nullValue } from './segment.ts'

const order = [
  'MSH|^~\\&|LIS|ZJJ|PLAT|HUB|20260105083015||ORU^R01^ORU_R01|L1|P|2.5.1||||||UNICODE UTF-8',
  'PID|1||880123^^^ZJJ&2.16.156.1&ISO^MR~310118^^^MPS^NI||张小明^^^^^^L~Zhang^Xiaoming^^^^^L||19800101|""|||上海市青浦区 \\T\\ 朱家角镇^^上海',
  'OBX|1|NM|718-7^血红蛋白^LN||5.10|g/L||||F',
  'OBX|2|FT|1^备注^L||第一行\\.br\\第二行\\.sp2\\完\\H\\重\\N\\要~再来||||||F',
  'NTE',
  'NTE|',
].join('\r')
const message = must(parseMessage(order))

/** Delimiters as a sender may choose them: 2 to 6 different printable characters. */
const delimiters: fc.Arbitrary<Delimiters> = fc
  .uniqueArray(fc.constantFrom(..."|^~\\&#$%*!@;:,/+=-_?<>[]{}()`'"), { minLength: 2, maxLength: 6 })
  .map(characters => ({
    field: characters[0]!,
    component: characters[1]!,
    repetition: characters[2] ?? '',
    escape: characters[3] ?? '',
    subcomponent: characters[4] ?? '',
    truncation: characters[5] ?? '',
  }))

/** Values with every character that means something, beside ordinary ones. */
const anyValue = fc
  .array(fc.constantFrom(...'|^~\\&#$%*!@;:,/+=-_?<>[]{}()`\'"', 'F', 'X41', '.br', '张', '𠮷', '\ud842', 'a', ' ', '\n', '\v', ''), {
    maxLength: 12,
  })
  .map(parts => parts.join(''))

function splitBy(text: string, separator: string): string[] {
  return separator === '' ? [text] : text.split(separator)
}

/** A part as the standard's plain words say: split, take the n-th; 0 takes the whole. */
function part(text: string, separator: string, number: number): string {
  return number === 0 ? text : (splitBy(text, separator)[number - 1] ?? '')
}

describe('formats/hl7v2 message', () => {
  describe('reading', () => {
    const cases: [string, string, string][] = [
      ['MSH-1', '|', '|'],
      ['MSH-2', '^~\\&', '^~\\&'],
      ['MSH-2.1', '^~\\&', '^~\\&'],
      ['MSH-3', 'LIS', 'LIS'],
      ['MSH-9.3', 'ORU_R01', 'ORU_R01'],
      ['MSH-18', 'UNICODE UTF-8', 'UNICODE UTF-8'],
      ['MSH-19', '', ''],
      ['PID-3.1', '880123', '880123'],
      ['PID-3.4', 'ZJJ&2.16.156.1&ISO', 'ZJJ&2.16.156.1&ISO'],
      ['PID-3.4.2', '2.16.156.1', '2.16.156.1'],
      ['PID-3[2].5', 'NI', 'NI'],
      ['PID-3[3].1', '', ''],
      ['PID-5[2].2.1', 'Xiaoming', 'Xiaoming'],
      ['PID-5[2].2.2', '', ''],
      ['PID-7.1.1', '19800101', '19800101'],
      ['PID-7.2', '', ''],
      ['PID-8', nullValue, ''],
      ['PID-9', '', ''],
      ['PID-11.1', '上海市青浦区 \\T\\ 朱家角镇', '上海市青浦区 & 朱家角镇'],
      ['PID-99', '', ''],
      ['OBX[2]-5', '第一行\\.br\\第二行\\.sp2\\完\\H\\重\\N\\要', '第一行\n第二行\n\n完重要'],
      ['OBX[2]-5[2]', '再来', '再来'],
      ['OBX[3]-5', '', ''],
      ['ZZZ-1', '', ''],
    ]
    for (const [text, raw, value] of cases) {
      it(text, () => {
        const path = parsePath(text)!
        const segment = message.segment(path.segment, Math.max(1, path.occurrence))
        expect(segment?.slice(path.field, Math.max(1, path.repetition), path.component, path.subcomponent) ?? '').to.equal(raw)
        expect(readPath(message, path)).to.equal(value)
      })
    }

    it('tells the whole field from its repetitions', () => {
      const pid = message.segment('PID')!
      expect(pid.slice(3, 0)).to.equal('880123^^^ZJJ&2.16.156.1&ISO^MR~310118^^^MPS^NI')
      expect([pid.repetitions(3), pid.repetitions(7), pid.repetitions(9), pid.repetitions(99)]).to.deep.equal([2, 1, 0, 0])
      expect(message.segments.map(segment => segment.fieldCount)).to.deep.equal([18, 11, 10, 11, 0, 1])
    })

    it('names every place', () => {
      expect(message.segments[3]!.position(5, 2, 1)).to.equal('OBX[2]-5[2].1')
      expect(message.segments[1]!.position()).to.equal('PID[1]')
      expect([message.find('OBX'), message.find('OBX', 3), message.find('OBX', 4), message.count('NTE')]).to.deep.equal([2, 3, -1, 2])
    })

    it('reads all values of a path', () => {
      const all = (text: string): string[] => readAll(message, parsePath(text)!)
      expect(all('PID-3.1')).to.deep.equal(['880123', '310118'])
      expect(all('PID-3[2].1')).to.deep.equal(['310118'])
      expect(all('OBX[*]-1')).to.deep.equal(['1', '2'])
      expect(all('OBX[2]-1')).to.deep.equal(['2'])
      expect(all('PV1-19')).to.deep.equal([])
    })

    it('takes bytes of the message charset from \\X..\\', () => {
      const withBytes = (charset: 'gb18030' | 'utf-8', digits: string): string =>
        must(parseMessage(`MSH|^~\\&|A\rNTE|1||\\X${digits}\\`, { charset })).segments[1]!.value(3)
      expect(withBytes('gb18030', 'D5C5')).to.equal('张')
      expect(withBytes('utf-8', 'E5BCA0')).to.equal('张')
      expect(withBytes('utf-8', 'D5C5')).to.equal('\\XD5C5\\')
    })
  })

  describe('line ends', () => {
    const names = (text: string): string =>
      must(parseMessage(text))
        .segments.map(segment => segment.text.replaceAll('\n', '⏎'))
        .join(' ')
    const cases: [string, string, string][] = [
      ['CR', 'MSH|^~\\&|A\rPID|1\r', 'MSH|^~\\&|A PID|1'],
      ['CRLF', 'MSH|^~\\&|A\r\nPID|1\r\n', 'MSH|^~\\&|A PID|1'],
      ['LF', 'MSH|^~\\&|A\nPID|1\n', 'MSH|^~\\&|A PID|1'],
      ['none at the end', 'MSH|^~\\&|A\rPID|1', 'MSH|^~\\&|A PID|1'],
      ['LF inside a value', 'MSH|^~\\&|A\rNTE|1||a\nb\r', 'MSH|^~\\&|A NTE|1||a⏎b'],
      ['LF before a segment', 'MSH|^~\\&|A\nPID|1\rNTE|1||a\nb', 'MSH|^~\\&|A PID|1 NTE|1||a⏎b'],
      ['blank lines', '\r\nMSH|^~\\&|A\r\r \rPID|1\r\x00', 'MSH|^~\\&|A PID|1'],
    ]
    for (const [title, text, expected] of cases) it(title, () => expect(names(text)).to.equal(expected))

    it('counts lines for the person who looks', () => {
      const at = (text: string): string | undefined => {
        const parsed = parseMessage(text)
        return parsed.ok ? undefined : parsed.fault.at
      }
      expect(at('MSH|^~\\&|A\rPID|1\r\rbad|1')).to.equal('4:1')
      expect(at('MSH|^~\\&|A\r\nPID|1\r\nbad|1')).to.equal('3:1')
    })
  })

  describe('laws', () => {
    const soup = fc
      .tuple(
        delimiters,
        fc.array(fc.tuple(fc.constantFrom('PID', 'OBX', 'ZZ1', 'NTE'), fc.string({ unit: 'binary', maxLength: 40 }), fc.array(anyValue)), {
          maxLength: 6,
        }),
      )
      .map(([used, segments]) => {
        const lines = segments.map(([name, noise, values]) =>
          `${name}${used.field}${noise}${used.field}${values.join(used.component)}`.replace(/[\r\n]/g, ' '),
        )
        return { used, text: [`MSH${used.field}${encodingCharacters(used)}${used.field}APP`, ...lines].join('\r') }
      })

    it('every place reads as the standard says, in any order', () => {
      const place = fc.tuple(
        fc.integer({ min: 0, max: 7 }),
        fc.integer({ min: 0, max: 4 }),
        fc.integer({ min: 0, max: 4 }),
        fc.integer({ min: 0, max: 3 }),
      )
      fc.assert(
        fc.property(soup, fc.array(place, { minLength: 1, maxLength: 30 }), ({ used, text }, places) => {
          const parsed = must(parseMessage(text))
          parsed.segments.slice(1).forEach(segment => {
            const fields = segment.text.split(used.field)
            expect(segment.fieldCount).to.equal(fields.length - 1)
            for (const [field, repetition, component, subcomponent] of places) {
              const whole = field === 0 ? '' : (fields[field] ?? '')
              const repeated = part(whole, used.repetition, repetition)
              const narrowed = part(repeated, used.component, component)
              const expected = component === 0 ? repeated : part(narrowed, used.subcomponent, subcomponent)
              const label = `${segment.name}-${field}[${repetition}].${component}.${subcomponent}`
              // Without a repetition stated, components are those of the first.
              if (repetition > 0) expect(segment.slice(field, repetition, component, subcomponent), label).to.equal(expected)
              if (repetition > 0 || component === 0) {
                const value = expected === nullValue ? '' : unescapeText(expected, used)
                expect(segment.value(field, repetition, component, subcomponent), label).to.equal(
                  repetition === 0 ? unescapeText(whole === nullValue ? '' : whole, used) : value,
                )
              }
              if (field > 0) expect(segment.repetitions(field), label).to.equal(whole === '' ? 0 : splitBy(whole, used.repetition).length)
            }
          })
        }),
        { numRuns: 300 },
      )
    })

    it('what is read is printed again', () => {
      fc.assert(
        fc.property(soup, fc.constantFrom('\r', '\r\n', '\n'), ({ text, used }, end) => {
          const written = text.replaceAll('\r', end)
          const parsed = must(parseMessage(written))
          const printed = parsed.segments.map(segment => [segment.name, ...fieldTexts(parsed, segment.index)].join(used.field)).join(end)
          expect(parsed.text).to.equal(written)
          expect(printed).to.equal(written)
        }),
      )
    })

    it('what is escaped is unescaped again, and holds no delimiter', () => {
      fc.assert(
        fc.property(delimiters, anyValue, (used, value) => {
          const escaped = escapeText(value, used)
          if (used.escape === '') return escaped === undefined || escaped === value
          expect(unescapeText(escaped!, used)).to.equal(value)
          for (const name of ['field', 'component', 'repetition', 'subcomponent'] as const) {
            if (used[name] !== '') expect(escaped).not.to.contain(used[name])
          }
          expect(escaped).not.to.match(/[\r\n\v\x1c]/)
          return true
        }),
        { numRuns: 500 },
      )
    })

    it('what is set is got again, and nothing else changes', () => {
      const path = fc.record({
        field: fc.integer({ min: 1, max: 12 }),
        repetition: fc.integer({ min: 0, max: 3 }),
        component: fc.integer({ min: 0, max: 4 }),
        subcomponent: fc.integer({ min: 0, max: 3 }),
      })
      fc.assert(
        fc.property(soup, path, anyValue, ({ used, text }, place, value) => {
          const parsed = must(parseMessage(text))
          const segment = parsed.segments[1]
          fc.pre(segment !== undefined && value !== nullValue)
          const where: Path = {
            segment: segment!.name,
            occurrence: 1,
            ...place,
            subcomponent: place.component === 0 ? 0 : place.subcomponent,
          }
          const changed = setValue(parsed, where, value)
          if (!changed.ok) return Object.values(used).includes('')
          expect(readPath(changed.value, where)).to.equal(value)
          expect(changed.value.segments.length).to.equal(parsed.segments.length)
          parsed.segments.forEach((before, index) => {
            const after = changed.value.segments[index]!
            if (index !== 1) expect(after.text).to.equal(before.text)
            else
              for (let field = 1; field <= before.fieldCount; field++)
                if (field !== place.field) expect(after.slice(field, 0)).to.equal(before.slice(field, 0))
          })
          return true
        }),
        { numRuns: 500 },
      )
    })

    it('a path is its text', () => {
      const number = fc.integer({ min: 1, max: 900 })
      const optional = fc.oneof(fc.constant(0), number, fc.constant(every))
      const path = fc
        .record({
          occurrence: optional,
          field: fc.oneof(fc.constant(0), number),
          repetition: optional,
          component: fc.oneof(fc.constant(0), number),
          subcomponent: fc.oneof(fc.constant(0), number),
        })
        .map(({ occurrence, field, repetition, component, subcomponent }): Path => {
          const inner = field > 0 ? component : 0
          return {
            segment: 'ZP1',
            occurrence,
            field,
            repetition: field > 0 ? repetition : 0,
            component: inner,
            subcomponent: inner > 0 ? subcomponent : 0,
          }
        })
      fc.assert(
        fc.property(path, one => {
          expect(parsePath(formatPath(one))).to.deep.equal(one)
        }),
      )
      for (const wrong of [
        '',
        'PID-',
        'PI-3',
        'pid-3',
        'PID-0',
        'PID-3[0]',
        'PID-3.0',
        'PID.3',
        'PID-3.1.1.1',
        'PID-3[]',
        'PID-3 ',
        '12:4',
      ]) {
        expect(parsePath(wrong), wrong).to.equal(undefined)
      }
    })
  })

  describe('editing', () => {
    const set = (path: string, value: string): string => {
      const changed = setValue(message, parsePath(path)!, value)
      return changed.ok ? changed.value.text.split('\r')[['MSH', 'PID'].indexOf(path.slice(0, 3))]! : changed.fault.code
    }
    it('fills what is missing before the place', () => {
      expect(set('PID-13[2].4.2', 'x')).to.equal(`${message.segments[1]!.text}||~^^^&x`)
      expect(set('MSH-10', 'N2')).to.equal(message.header.text.replace('|L1|', '|N2|'))
    })
    it('refuses what cannot be', () => {
      expect(set('MSH-1', '#')).to.equal('hl7.bad-value')
      expect(set('MSH-2', '#')).to.equal('hl7.bad-value')
      const missing = setValue(message, parsePath('PV1-2')!, 'I')
      expect(missing.ok || missing.fault.code).to.equal('hl7.segment-missing')
      const structured = setRaw(message, parsePath('PID-5')!, '王|五')
      expect(structured.ok || structured.fault.code).to.equal('hl7.bad-value')
    })
    it('sets raw text and clears', () => {
      expect(
        must(setRaw(message, parsePath('PID-5')!, '王^五'))
          .segment('PID')!
          .value(5, 1, 2),
      ).to.equal('五')
      expect(
        must(setRaw(message, parsePath('PID-7')!, nullValue))
          .segment('PID')!
          .slice(7),
      ).to.equal(nullValue)
    })
  })
})

function fieldTexts(parsed: Message, index: number): string[] {
  const segment = parsed.segments[index]!
  return Array.from({ length: segment.fieldCount }, (_, at) => segment.slice(at + 1, 0)).slice(segment.name === 'MSH' ? 1 : 0)
}
