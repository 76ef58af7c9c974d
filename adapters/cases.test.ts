// The cases of every contract: good ones read without a fault, malformed ones with the very fault that cases.json promises.
import { readdirSync, readFileSync } from 'node:fs'
import { Ajv, type ErrorObject } from 'ajv'
import { expect } from 'chai'
import { parseJson } from '#formats/fhir/json/read.ts'
import { decodeMessage } from '#formats/hl7v2/declared-charset.ts'
import { checkHeader, readHeader } from '#formats/hl7v2/header.ts'
import { type Message, parseMessage } from '#formats/hl7v2/message.ts'
import { frame, MllpDecoder } from '#formats/hl7v2/mllp.ts'
import { structureOf } from '#formats/hl7v2/structure/events.ts'
import { groupMessage } from '#formats/hl7v2/structure/groups.ts'
import { type Fault, fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'

type Case = {
  readonly file: string
  readonly zh: string
  readonly en: string
  /** First answer: an HL7 acknowledgement code or an HTTP status. */
  readonly answer: 'AA' | 'AE' | 'AR' | 200 | 400 | 413
  readonly fault?: string
  readonly at?: string
  /** What becomes of a message that was taken. */
  readonly status?: 'processed' | 'filtered' | 'failed'
}

const hl7Systems = ['zjj-his', 'zjj-lis', 'zjj-pacs', 'qpjw-his']
const jsonSystems = ['insurance', 'ems']

/** Found only when a plan meets the message, or when no plan takes it. */
const later = /^(map\.|hl7\.(event|type)-unsupported$|hl7\.bad-time$)/

const folder = (system: string) => new URL(`${system}/cases/`, import.meta.url)
const casesOf = (system: string) => JSON.parse(readFileSync(new URL('cases.json', folder(system)), 'utf8')) as Case[]
const bytesOf = (system: string, { file }: Case) => readFileSync(new URL(file, folder(system)))

for (const system of [...hl7Systems, ...jsonSystems]) {
  describe(`${system}: cases`, () => {
    const cases = casesOf(system)

    it('name every file, and every file is named', () => {
      const files = readdirSync(folder(system)).filter(name => name !== 'cases.json')
      expect(cases.map(entry => entry.file).sort()).to.deep.equal(files.sort())
    })

    it('have good and malformed ones, each told in both languages', () => {
      expect(cases.filter(entry => entry.fault === undefined).length).to.be.at.least(4)
      expect(cases.filter(entry => entry.fault !== undefined).length).to.be.at.least(1)
      expect(cases.every(entry => /\p{Script=Han}/u.test(entry.zh) && /^[\x20-\x7e]+$/.test(entry.en))).to.equal(true)
    })

    for (const entry of cases) {
      it(`${entry.file}: ${entry.fault ?? 'no fault'}`, () => {
        const found = hl7Systems.includes(system) ? hl7Fault(bytesOf(system, entry)) : jsonFault(system, bytesOf(system, entry))
        if (entry.fault === undefined || later.test(entry.fault)) expect(found).to.equal(undefined)
        else expect([found?.code, entry.at && found?.at]).to.deep.equal([entry.fault, entry.at])
      })
    }
  })
}

/** The first fault of reception: framing, decoding, header, segments, required segments. */
function hl7Fault(bytes: Buffer): Fault | undefined {
  const event = new MllpDecoder().push(frame(bytes))[0]!
  if (event.kind === 'fault') return event.fault
  const message = readMessage(event.bytes)
  if (!message.ok) return message.fault
  const structure = structureOf(message.value.head)
  return groupMessage(message.value.message, structure).faults[0]
}

function readMessage(bytes: Buffer): Result<{ message: Message; head: { type: string; trigger: string; structure: string } }> {
  const decoded = decodeMessage(bytes)
  if (!decoded.ok) return decoded
  const header = readHeader(decoded.value.text)
  if (!header.ok) return header
  const [wrong] = checkHeader(header.value)
  if (wrong) return failed(wrong)
  const message = parseMessage(decoded.value.text)
  return message.ok ? ok({ message: message.value, head: header.value }) : message
}

function jsonFault(system: string, bytes: Buffer): Fault | undefined {
  const parsed = parseJson(bytes)
  if (!parsed.ok) return parsed.fault
  const schema = JSON.parse(readFileSync(new URL(`${system}/message.schema.json`, import.meta.url), 'utf8')) as object
  const validate = new Ajv({ strict: false }).compile(schema)
  if (validate(JSON.parse(bytes.toString('utf8')))) return undefined
  return schemaFault(validate.errors![0]!)
}

function schemaFault(error: ErrorObject): Fault {
  const path = error.instancePath.slice(1).replaceAll('/', '.')
  if (error.keyword !== 'required') return fault('json.value-invalid', { at: path, args: { field: path, reason: error.message ?? '' } })
  const field = [path, (error.params as { missingProperty: string }).missingProperty].filter(part => part !== '').join('.')
  return fault('json.field-missing', { at: field, args: { field } })
}
