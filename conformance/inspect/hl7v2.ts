// An HL7 v2 message looked at (chapters 2 and 2A): bytes, header, segments in their structure, fields by the dictionary; each finding with its place.
import { decodeMessage } from '#formats/hl7v2/declared-charset.ts'
import { checkHeader, messageKind, readHeader } from '#formats/hl7v2/header.ts'
import { type Message, parseMessage } from '#formats/hl7v2/message.ts'
import { parsePath } from '#formats/hl7v2/path.ts'
import { knownTypes, structureOf } from '#formats/hl7v2/structure/events.ts'
import { groupMessage } from '#formats/hl7v2/structure/groups.ts'
import { type Fault, fault } from '#kernel/fault.ts'
import type { Severity } from '#kernel/ports/validator.ts'
import { checkFields } from './hl7v2-fields.ts'
import { type LinePlace, linesOf, offsetPlace, windowOf } from './hl7v2-places.ts'
import type { Inspected, TextFinding } from './inspected.ts'

const findingsMax = 500

export function inspectHl7v2(framed: Uint8Array): Inspected {
  const bytes = unframed(framed)
  const decoded = decodeMessage(bytes)
  if (!decoded.ok) {
    const { fault: trouble } = decoded
    return { kind: 'hl7v2', findings: [{ severity: 'error', fault: trouble, ...offsetPlace(bytes, Number(trouble.at ?? 0)) }] }
  }
  const { text, charset } = decoded.value
  const header = readHeader(text)
  if (!header.ok) return { kind: 'hl7v2', text, charset, findings: [{ severity: 'error', fault: header.fault, line: 1, column: 1 }] }
  const name = messageKind(header.value)
  const message = parseMessage(text, { charset })
  if (!message.ok) return { kind: 'hl7v2', name, text, charset, findings: [brokenAt(message.fault, text)] }
  const found: [Severity, Fault][] = checkHeader(header.value).map(trouble => ['error', trouble])
  const structure = structureOf(header.value)
  if (structure === undefined && header.value.type !== '') found.push(['warning', foreign(header.value.type, name)])
  const { faults, unplaced } = groupMessage(message.value, structure)
  for (const trouble of faults) found.push([trouble.code === 'hl7.segment-missing' ? 'error' : 'warning', trouble])
  for (const segment of unplaced)
    if (!segment.name.startsWith('Z'))
      found.push([
        'information',
        fault('inspect.segment-unknown', { at: segment.position(), args: { segment: segment.name, structure: structure! } }),
      ])
  found.push(...checkFields(message.value))
  const place = linesOf(text)
  const findings = found.slice(0, findingsMax).map(([severity, trouble]) => inMessage(severity, trouble, message.value, place))
  return { kind: 'hl7v2', name, text, charset, findings: findings.sort((a, b) => (a.line ?? endless) - (b.line ?? endless)) }
}

const endless = Number.MAX_SAFE_INTEGER

function foreign(type: string, name: string): Fault {
  return knownTypes.has(type)
    ? fault('hl7.event-unsupported', { at: 'MSH[1]-9', args: { type: name } })
    : fault('hl7.type-unsupported', { at: 'MSH[1]-9', args: { type: name } })
}

/** What a file saved from a socket still has around it: 0x0B before, 0x1C 0x0D behind. */
function unframed(bytes: Uint8Array): Uint8Array {
  const start = bytes[0] === 0x0b ? 1 : 0
  let end = bytes.length
  while (end > start && (bytes[end - 1] === 0x0d || bytes[end - 1] === 0x0a)) end--
  return bytes[end - 1] === 0x1c ? bytes.subarray(start, end - 1) : bytes.subarray(start)
}

function inMessage(severity: Severity, trouble: Fault, message: Message, place: (offset: number) => LinePlace): TextFinding {
  const path = parsePath(trouble.at ?? '')
  const window = path && windowOf(message, path)
  if (!window) return { severity, fault: trouble }
  return { severity, fault: trouble, ...place(window.from), ...(window.to > window.from ? { length: window.to - window.from } : {}) }
}

/** Faults of reading count in segments; where the text stands is one line for each of them. */
function brokenAt(trouble: Fault, text: string): TextFinding {
  const line = Number(trouble.args?.['line'] ?? 1)
  const lines = text.split(/\r\n|[\r\n]/)
  return { severity: 'error', fault: trouble, line, column: 1, length: Math.max(1, lines[line - 1]?.length ?? 1) }
}
