// Acknowledgements (HL7 v2 chapter 2.9 and 2.14.8, 2.14.5): MSH turned round, MSA, and one ERR for each fault.

import { encode } from '#formats/charset/encode.ts'
import { type CharsetName, charsetLabels, charsetNamed } from '#formats/charset/names.ts'
import { type Fault, faultAnswer, faultText, type Language } from '#kernel/fault.ts'
import { type Delimiters, encodingCharacters, usualDelimiters } from './delimiters.ts'
import { escapeText } from './escape.ts'
import type { Header } from './header.ts'
import { parsePath } from './path.ts'

/** Original mode answers AA, AE, AR; in enhanced mode CA, CE, CR say whether the message was taken, the others what became of it. */
export type AckCode = 'AA' | 'AE' | 'AR' | 'CA' | 'CE' | 'CR'

export type AckRequest = {
  /** Undefined when no MSH could be read: usual delimiters and an empty MSA-2 then. */
  readonly header: Header | undefined
  readonly code: AckCode
  /** MSH-10 of the acknowledgement itself. */
  readonly controlId: string
  /** MSH-7, as `formatTime` (time.ts) writes it. */
  readonly time: string
  readonly faults: readonly Fault[]
  /** The character set the message was read in; undefined when it could not be decoded. */
  readonly charset: CharsetName | undefined
}

/** Text and bytes of an acknowledgement, in a character set the sender has shown to know. */
export type Ack = { readonly text: string; readonly bytes: Buffer; readonly charset: CharsetName }

/**
 * Builds an acknowledgement. Errors are told in Chinese, with the sentence of the fault catalogue, where the sender's character set can hold it, else in English.
 */
export function buildAck(request: AckRequest): Ack {
  const charset = answerCharset(request)
  const language: Language = charset === 'us-ascii' || charset === 'iso-8859-1' ? 'en' : 'zh'
  const text = ackText(request, charset, language)
  const encoded = encode(text, charset)
  if (encoded.ok) return { text, bytes: encoded.value, charset }
  // A declared one-byte character set, but names beyond it in the header: the bytes of the message were UTF-8 or GB18030 all the same.
  const fallback = encode(text.toWellFormed(), 'utf-8')
  return { text, bytes: fallback.ok ? fallback.value : Buffer.from(text), charset: 'utf-8' }
}

/** The code that answers these faults: AA without any, AR where one rejects, else AE; in enhanced mode CA, CR, CE. */
export function ackCode(faults: readonly Fault[], mode: 'original' | 'accept' = 'original'): AckCode {
  const letter = mode === 'original' ? 'A' : 'C'
  if (faults.length === 0) return `${letter}A`
  return faults.some(fault => faultAnswer(fault).ack === 'AR') ? `${letter}R` : `${letter}E`
}

export type AckModes = {
  /** Enhanced as soon as MSH-15 or MSH-16 is valued. */
  readonly enhanced: boolean
  readonly accept: AckCondition
  readonly application: AckCondition
}

/** Table 0155: always, never, on error or reject only, on success only. */
export type AckCondition = 'AL' | 'NE' | 'ER' | 'SU'

/** Which acknowledgements the sender asks for; original mode is one application acknowledgement, always. */
export function ackModes(header: Header): AckModes {
  const { acceptAck, applicationAck } = header
  if (acceptAck === '' && applicationAck === '') return { enhanced: false, accept: 'NE', application: 'AL' }
  return { enhanced: true, accept: condition(acceptAck), application: condition(applicationAck) }
}

export function wantsAck(condition: AckCondition, success: boolean): boolean {
  return condition === 'AL' || condition === (success ? 'SU' : 'ER')
}

/** An empty field of the two means never; an unknown value is answered rather than not. */
function condition(written: string): AckCondition {
  if (written === '') return 'NE'
  return written === 'NE' || written === 'ER' || written === 'SU' ? written : 'AL'
}

/** What the sender wrote in; where that was plain ASCII, what it declares. */
function answerCharset({ header, charset }: AckRequest): CharsetName {
  if (charset !== undefined && charset !== 'us-ascii') return charset
  return (header && charsetNamed(header.charset)) ?? 'us-ascii'
}

function ackText({ header, code, controlId, time, faults }: AckRequest, charset: CharsetName, language: Language): string {
  const delimiters = header?.delimiters ?? usualDelimiters
  const echo = (field: number): string => header?.segment.slice(field, 0) ?? ''
  const line = (...fields: string[]): string => `${joined(fields, delimiters.field)}\r`
  const version = header?.version ?? ''
  const firstText = faults[0] ? written(faultText(faults[0], language), delimiters) : ''
  const msh = line(
    'MSH',
    encodingCharacters(delimiters),
    ...[5, 6, 3, 4].map(echo),
    time,
    '',
    ackType(header, delimiters),
    written(controlId, delimiters),
    echo(11) || 'P',
    echo(12) || '2.5.1',
    ...['', '', '', '', ''],
    echo(18) || (charset === 'us-ascii' ? '' : charsetLabels[charset].hl7),
  )
  const errors = faults.map(fault => line('ERR', ...errorFields(fault, version, delimiters, language)))
  return msh + line('MSA', code, echo(10), firstText) + errors.join('')
}

/** `ACK^A01^ACK`; versions before 2.3.1 know no structure, and 2.1 no event in an acknowledgement. */
function ackType(header: Header | undefined, delimiters: Delimiters): string {
  if (!header || header.trigger === '' || header.version === '2.1') return 'ACK'
  const parts = ['ACK', written(header.trigger, delimiters)]
  return (isBefore(header.version, '2.3.1') ? parts : [...parts, 'ACK']).join(delimiters.component)
}

/** ERR-1 in the form of versions before 2.5, and ERR-2 to ERR-8 of 2.5 and later, which older receivers pass over. */
function errorFields(fault: Fault, version: string, delimiters: Delimiters, language: Language): string[] {
  const { error } = faultAnswer(fault)
  const component = (...parts: string[]): string => joined(parts, delimiters.component)
  const path = fault.at === undefined ? undefined : parsePath(fault.at)
  const orBlank = (number: number): string => (number > 0 ? String(number) : '')
  const place = path ? [path.segment, String(Math.max(1, path.occurrence)), orBlank(path.field)] : []
  const exact = path && path.field > 0 ? [path.repetition, path.component, path.subcomponent].map(orBlank) : []
  const coded = [error, errorTexts[error] ?? errorTexts['207']!, 'HL70357']
  const oldForm = isBefore(version, '2.5') ? component(...[...place, '', '', ''].slice(0, 3), coded.join(delimiters.subcomponent)) : ''
  const text = written(faultText(fault, language), delimiters)
  return [oldForm, component(...place, ...exact), component(...coded), 'E', written(fault.code, delimiters), '', '', text]
}

/** Parts between separators, without separators at the end. */
function joined(parts: readonly string[], separator: string): string {
  const last = parts.findLastIndex(part => part !== '')
  return parts.slice(0, last + 1).join(separator)
}

/** Table 0357. */
const errorTexts: Readonly<Record<string, string>> = {
  '100': 'Segment sequence error',
  '101': 'Required field missing',
  '102': 'Data type error',
  '103': 'Table value not found',
  '200': 'Unsupported message type',
  '201': 'Unsupported event code',
  '202': 'Unsupported processing id',
  '203': 'Unsupported version id',
  '204': 'Unknown key identifier',
  '205': 'Duplicate key identifier',
  '206': 'Application record locked',
  '207': 'Application internal error',
}

/** Versions compare by their numbers; one that cannot be read counts as new. */
function isBefore(version: string, limit: string): boolean {
  const numbers = (text: string): number[] => text.split('.').map(Number)
  const [major = 0, minor = 0, patch = 0] = numbers(version)
  const [limitMajor = 0, limitMinor = 0, limitPatch = 0] = numbers(limit)
  if (version === '' || Number.isNaN(major + minor + patch)) return false
  return major - limitMajor < 0 || (major === limitMajor && (minor < limitMinor || (minor === limitMinor && patch < limitPatch)))
}

/** A value for a field; where the message has no escape character, its delimiters become blanks. */
function written(value: string, delimiters: Delimiters): string {
  return (
    escapeText(value, delimiters) ?? [...value].map(character => (Object.values(delimiters).includes(character) ? ' ' : character)).join('')
  )
}
