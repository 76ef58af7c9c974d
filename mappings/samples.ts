// Samples beside the plans: a message, and what is expected of it (`<name>.expected.json`). `npm run golden -- --accept` writes the expectations anew.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { messageKind, readHeader } from '#formats/hl7v2/header.ts'
import { type Message, parseMessage } from '#formats/hl7v2/message.ts'
import type { Mapped } from '#kernel/intent.ts'
import type { MapContext } from '#kernel/ports/mapper.ts'
import { must } from '#kernel/result.ts'
import type { Mappings } from './mappings.ts'

export type Sample = {
  /** Folder and name: `ADT_A01/admit`. */
  readonly name: string
  readonly text: string
  readonly expectedFile: string
  /** `''` when there is none yet. */
  readonly expected: string
}

const directory = fileURLToPath(new URL('./hl7v2/samples/', import.meta.url))

/** Samples are kept with one segment per line; a message has carriage returns. */
export function hl7Samples(): readonly Sample[] {
  return readdirSync(directory)
    .sort()
    .flatMap(folder => readdirSync(join(directory, folder)).flatMap(file => (file.endsWith('.hl7') ? [sampleOf(folder, file)] : [])))
}

function sampleOf(folder: string, file: string): Sample {
  const name = file.replace(/\.hl7$/, '')
  const expectedFile = join(directory, folder, `${name}.expected.json`)
  return {
    name: `${folder}/${name}`,
    text: readFileSync(join(directory, folder, file), 'utf8').replace(/\r?\n/g, '\r'),
    expectedFile,
    expected: existsSync(expectedFile) ? readFileSync(expectedFile, 'utf8') : '',
  }
}

/** As a channel of the sending facility would call it. */
export function sampleContext(message: Message): MapContext {
  const { header } = message
  const facility = header.value(4, 1, 1)
  return { tenant: facility, facility, source: `${facility}-${header.value(3, 1, 1)}`, zone: 'Asia/Shanghai', receivedAtMs: 0 }
}

/** What the base plans make of a message. */
export function mapSample(text: string, mappings: Mappings, options: Partial<MapContext> = {}): Mapped {
  const message = must(parseMessage(text))
  const plan = must(mappings.planFor({ format: 'hl7v2' }, messageKind(must(readHeader(text)))))
  return must(plan.map(message, { ...sampleContext(message), ...options }))
}

/** Printed so that a change can be read as a difference; decimals stay as received. */
export function printMapped({ intents, merges, gaps, faults }: Mapped): string {
  return `${JSON.stringify({ intents, merges, gaps, faults }, null, 2)}\n`
}
