// Laws of every plan, on samples that are damaged at random: nothing throws, tracing changes nothing, and what was mapped before changes nothing.
import { expect } from 'chai'
import { array, assert, constantFrom, integer, oneof, property, record, string, tuple } from 'fast-check'
import { messageKind, readHeader } from '#formats/hl7v2/header.ts'
import { parseMessage } from '#formats/hl7v2/message.ts'
import type { Mapped } from '#kernel/intent.ts'
import type { MapContext } from '#kernel/ports/mapper.ts'
import { must, type Result } from '#kernel/result.ts'
import { loadTerminology } from '#terminology/load.ts'
import { Mappings, openMappings } from './mappings.ts'
import { hl7Samples, sampleContext } from './samples.ts'

const codeMaps = must(loadTerminology()).maps
const warm = must(openMappings({ codeMaps }))
const samples = hl7Samples()

type Damage = { readonly segment: number; readonly field: number; readonly value: string; readonly how: 'set' | 'drop' | 'repeat' }

const values = oneof(
  constantFrom(
    '',
    '""',
    '^^^',
    '~~',
    '&',
    '^"^&&',
    '张三',
    '古丽娜尔·阿不都热依木',
    '𠮷䶮^珅',
    '20260230',
    '2026',
    '5.10',
    '<5',
    '-0',
    '1e999',
  ),
  constantFrom('990118194912310017^^^PRC^NI', 'A^B^99LIS^C^D^LN', '\\S\\x\\F\\', '\\.br\\', '\\Z', '\\H', '#', '%23|', 'x'.repeat(5_000)),
  string({ unit: 'binary', maxLength: 30 }).map(text => text.replace(/[\r\n|]/g, '')),
)
const damages = array(
  record({
    segment: integer({ min: 1, max: 30 }),
    field: integer({ min: 1, max: 50 }),
    value: values,
    how: constantFrom('set', 'set', 'set', 'drop', 'repeat'),
  }),
  { maxLength: 6 },
)
const damaged = tuple(constantFrom(...samples), damages).map(([{ text }, list]) => list.reduce(damage, text))

function damage(text: string, { segment, field, value, how }: Damage): string {
  const segments = text.split('\r').filter(line => line !== '')
  const at = 1 + (segment % Math.max(1, segments.length - 1))
  if (at >= segments.length) return text
  if (how === 'drop') segments.splice(at, 1)
  else if (how === 'repeat') segments.splice(at, 0, segments[at]!)
  else {
    const fields = segments[at]!.split('|')
    while (fields.length <= field) fields.push('')
    fields[field] = value
    segments[at] = fields.join('|')
  }
  return segments.join('\r')
}

function map(text: string, mappings: Mappings, options: Partial<MapContext> = {}): Result<Mapped> {
  const message = must(parseMessage(text))
  const plan = must(mappings.planFor({ format: 'hl7v2' }, messageKind(must(readHeader(text)))))
  return plan.map(message, { ...sampleContext(message), ...options })
}

/** As it would be stored: decimals as written, members in order. */
const printed = (mapped: Result<Mapped>): string => {
  if (!mapped.ok) return JSON.stringify(mapped)
  const { intents, merges, gaps, faults } = mapped.value
  return JSON.stringify({ intents, merges, gaps, faults })
}

describe('laws of mapping', () => {
  it('a traced run makes what a plain one makes', () => {
    assert(
      property(damaged, text => {
        expect(printed(map(text, warm, { traced: true }))).to.equal(printed(map(text, warm)))
      }),
      { numRuns: 400 },
    )
  })

  it('a message makes the same whatever was mapped before it', () => {
    const cold = new Map(samples.map(({ name, text }) => [name, printed(map(text, new Mappings({ codeMaps })))]))
    assert(
      property(damaged, text => {
        map(text, warm)
        for (const sample of samples.slice(0, 3)) expect(printed(map(sample.text, warm))).to.equal(cold.get(sample.name))
      }),
      { numRuns: 100 },
    )
    for (const { name, text } of samples) expect(printed(map(text, warm))).to.equal(cold.get(name))
  })

  it('a damaged message makes the same in a memory that is full as in an empty one', () => {
    assert(
      property(damaged, text => {
        expect(printed(map(text, warm))).to.equal(printed(map(text, new Mappings({ codeMaps }))))
      }),
      { numRuns: 25 },
    )
  })

  it('a preview makes something of every message, and marks what has no key', () => {
    assert(
      property(damaged, text => {
        const preview = map(text, warm, { preview: true })
        expect(preview.ok).to.equal(true)
      }),
      { numRuns: 200 },
    )
  })

  it('every element of a traced run has a rule, and every source it names is populated', () => {
    assert(
      property(damaged, text => {
        const mapped = map(text, warm, { traced: true })
        if (!mapped.ok) return
        for (const { intent, path, rule } of mapped.value.trace!) {
          expect(mapped.value.intents[intent], path).not.to.equal(undefined)
          expect(rule).to.match(/^\S+#/)
        }
      }),
      { numRuns: 100 },
    )
  })
})
