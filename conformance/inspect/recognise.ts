// Which of the four kinds of text some bytes are, by their first characters: nobody is asked for a file name or a media type.
import type { TextKind } from './inspected.ts'

const headBytesMax = 8192

/** `unknown` also for bytes that are no text. Broken text is taken for what it most looks like, so that its reader can say where it breaks. */
export function recognise(bytes: Uint8Array): TextKind {
  const head = Buffer.from(bytes.subarray(0, headBytesMax))
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
  if (/^\x0b?\s*(?:MSH|FHS|BHS)/.test(head)) return 'hl7v2'
  if (head.startsWith('{')) return 'fhir-json'
  if (!head.startsWith('<')) return 'unknown'
  return rootOf(head) === 'ClinicalDocument' ? 'cda' : 'fhir-xml'
}

/** Name of the root element behind declaration, comments and instructions. */
export function rootOf(head: string): string | undefined {
  let rest = head
  for (let mark = markAt(rest); mark; mark = markAt(rest)) {
    const end = rest.indexOf(mark[1], mark[0].length)
    if (end < 0) return undefined
    rest = rest.slice(end + mark[1].length).trimStart()
  }
  return /^<(?:[\w.-]+:)?([\w.-]+)/.exec(rest)?.[1]
}

/** What may stand before the root, by its first and last characters. */
const marks = [
  ['<?', '?>'],
  ['<!--', '-->'],
  ['<!DOCTYPE', '>'],
] as const

function markAt(text: string): (typeof marks)[number] | undefined {
  return marks.find(([start]) => text.startsWith(start))
}
