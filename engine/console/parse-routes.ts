// The parsed stage: an HL7 v2 message as a tree of named parts, of a kept message or of one that is only tried out.

import type { Decoded } from '#formats/charset/decode.ts'
import { decodeMessage } from '#formats/hl7v2/declared-charset.ts'
import { parseMessage } from '#formats/hl7v2/message.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { Call, Route } from '#platform/http/route.ts'
import { boolean, faultSchema, list, object, string } from '#platform/http/schema.ts'
import { decodeKept } from '../journal/decode-kept.ts'
import { describeFault, type MessageTools, messageOf, note } from './message-routes.ts'
import { partSchema, partsOf } from './parsed-message.ts'

const answer = object({ text: string, charset: string, segments: list(partSchema), complete: boolean, faults: list(faultSchema) })

export function parseRoutes(tools: MessageTools): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/messages/{id}/parsed',
      right: 'message-bodies.read',
      tag: 'messages',
      summary: '按段、字段、组件拆开的消息 · the message taken apart',
      answer,
      handle: call => readParsed(call, tools),
    },
    {
      method: 'POST',
      path: '/api/hl7v2/parsed',
      right: 'mappings.preview',
      tag: 'mappings',
      summary: '拆开一条 HL7 v2 消息，不入库 · take a message apart without storing it',
      body: 'bytes',
      answer,
      handle: call => ok(parsed(decodeMessage(call.bytes), call.bytes, call)),
    },
  ]
}

async function readParsed(call: Call, tools: MessageTools): Promise<Result<unknown>> {
  const message = await messageOf(call, tools)
  if (!message.ok) return message
  const noted = note(call, message.value, 'view-message', tools)
  if (!noted.ok) return noted
  const record = await tools.log.read(message.value.tenant, message.value.position)
  if (!record.ok) return record
  const { bytes } = record.value
  return ok(parsed(decodeKept(bytes, message.value.charset), bytes, call))
}

/** What cannot be decoded or read is shown as it is, with the fault that says where it breaks. */
function parsed(decoded: Result<Decoded>, bytes: Buffer, call: Call) {
  if (!decoded.ok) {
    const faults = [describeFault(decoded.fault, call.language)]
    return { text: bytes.toString('latin1'), charset: '', segments: [], complete: true, faults }
  }
  const { text, charset } = decoded.value
  const message = parseMessage(text, { charset })
  if (!message.ok) return { text, charset, segments: [], complete: true, faults: [describeFault(message.fault, call.language)] }
  return { text, charset, ...partsOf(message.value), faults: [] }
}
