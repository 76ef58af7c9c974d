// A message through the pure part of the pipeline with the trace on: what the console's biography and the mapping preview show. Nothing is stored.

import type { CharsetName } from '#formats/charset/names.ts'
import { parseJson } from '#formats/fhir/json/read.ts'
import { decodeMessage } from '#formats/hl7v2/declared-charset.ts'
import { messageKind, readHeader } from '#formats/hl7v2/header.ts'
import { parseMessage } from '#formats/hl7v2/message.ts'
import type { Mapped } from '#kernel/intent.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { CompiledPlan } from '#kernel/ports/mapper.ts'
import type { CodingPass } from '#kernel/ports/terminology.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import type { Channel } from '../channels/channel.ts'
import type { Traced } from '../console/engine.ts'
import { decodeKept } from '../journal/decode-kept.ts'
import { valuesAt } from '../journal/reading-json.ts'
import type { TraceRequest } from '../running-engine.ts'

export type TraceTools = {
  readonly plan: (channel: Channel, type: string, tenant: TenantCode) => Result<CompiledPlan<unknown>>
  readonly coding: (tenant: TenantCode) => CodingPass
}

export function traceMessage(request: TraceRequest, tools: TraceTools): Result<Traced> {
  const read = request.channel.format === 'hl7v2' ? readHl7(request) : readJson(request)
  if (!read.ok) return read
  const { message, type, text, charset } = read.value
  const plan = tools.plan(request.channel, type, request.tenant)
  if (!plan.ok) return plan
  const { tenant, source, facility, receivedAtMs } = request
  const mapped = plan.value.map(message, {
    tenant,
    source,
    facility,
    zone: request.channel.zone,
    receivedAtMs,
    traced: true,
    preview: request.charset === undefined,
  })
  if (!mapped.ok) return mapped
  const { intents, gaps } = tools.coding(tenant).code(mapped.value.intents, source)
  const coded: Mapped = { ...mapped.value, intents, gaps: [...mapped.value.gaps, ...gaps] }
  return ok({ text, charset, plan: `${plan.value.name} ${plan.value.hash}`, mapped: mapped.value, coded, bundle: bundleOf(coded) })
}

type Read = { readonly message: unknown; readonly type: string; readonly text: string; readonly charset: string }

function readHl7({ bytes, charset }: TraceRequest): Result<Read> {
  const decoded = charset === undefined ? decodeMessage(bytes) : decodeKept(bytes, charset)
  if (!decoded.ok) return decoded
  const { text, charset: found } = decoded.value
  const header = readHeader(text)
  if (!header.ok) return header
  const message = parseMessage(text, { charset: found as CharsetName })
  return message.ok ? ok({ message: message.value, type: messageKind(header.value), text, charset: found }) : message
}

function readJson({ bytes, channel }: TraceRequest): Result<Read> {
  const value = parseJson(bytes)
  if (!value.ok) return value
  const type = valuesAt(value.value, channel.envelope.type.split('.'))[0] ?? ''
  return ok({ message: value.value, type, text: bytes.toString('utf8'), charset: 'utf-8' })
}

/** What the message says, as a collection of each resource once (what is only likely stands under what is stated); ids are those the repository would use. */
function bundleOf(mapped: Mapped): JsonObject {
  const resources = new Map<string, JsonObject>()
  for (const { type, id, content } of mapped.intents) {
    const fullUrl = `${type}/${id}`
    resources.set(fullUrl, { resourceType: type, id, ...resources.get(fullUrl), ...content })
  }
  const entry = [...resources].map(([fullUrl, resource]) => ({ fullUrl, resource }))
  return { resourceType: 'Bundle', type: 'collection', entry }
}
