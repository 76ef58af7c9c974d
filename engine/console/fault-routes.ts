// Messages in trouble, grouped by what is wrong with them: mend the cause once, then replay the group.
import type { MessageStatus } from '#kernel/envelope.ts'
import { messageName } from '#kernel/envelope.ts'
import { type Fault, faultHint, faultText, type Language } from '#kernel/fault.ts'
import type { StoredMessage } from '#kernel/ports/storage.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { Call, Route } from '#platform/http/route.ts'
import { boolean, instantMs, integer, list, object, string } from '#platform/http/schema.ts'
import type { MessageTools } from './message-routes.ts'

const troubled: readonly MessageStatus[] = ['failed', 'rejected', 'quarantined', 'retrying']
/** The newest are looked at; beyond that the counts are said to be a part. */
const messagesMax = 5_000
const pageRows = 1_000

const group = object({
  fault: string,
  text: string,
  'hint?': string,
  places: list(object({ at: string, count: integer })),
  channels: list(string),
  count: integer,
  firstMs: instantMs,
  lastMs: instantMs,
  example: string,
})

export function faultRoutes(tools: MessageTools): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/faults',
      right: 'messages.read',
      tag: 'messages',
      summary: '按故障归类的消息 · messages in trouble, grouped by fault',
      query: { channel: string, since: instantMs },
      answer: object({ groups: list(group), complete: boolean }),
      handle: call => readGroups(call, tools),
    },
  ]
}

async function readGroups(call: Call, tools: MessageTools): Promise<Result<unknown>> {
  const reader = tools.storage.reader(call.scope)
  const messages: StoredMessage[] = []
  const { channel, since } = call.query as { channel?: string; since?: number }
  for (let before: Parameters<typeof reader.messages>[0]['before']; messages.length < messagesMax; ) {
    const page = await reader.messages({ channel, sinceMs: since, statuses: troubled, before, limit: pageRows })
    if (!page.ok) return page
    messages.push(...page.value)
    if (page.value.length < pageRows) return ok({ groups: groupsOf(messages, call.language), complete: true })
    before = page.value.at(-1)
  }
  return ok({ groups: groupsOf(messages, call.language), complete: false })
}

/** Newest first within a group, the largest group first. Pure. */
export function groupsOf(messages: readonly StoredMessage[], language: Language) {
  const byFault = Map.groupBy(messages, message => message.faults[0]?.code ?? '')
  const groups = [...byFault].flatMap(([code, members]) => {
    const fault = members[0]!.faults[0]
    return fault ? [groupOf(code, fault, members, language)] : []
  })
  return groups.sort((a, b) => b.count - a.count)
}

function groupOf(code: string, fault: Fault, members: readonly StoredMessage[], language: Language) {
  const times = members.map(message => message.receivedAtMs)
  const places = Map.groupBy(members, message => withoutNumbers(message.faults[0]?.at ?? ''))
  return {
    fault: code,
    text: faultText(fault, language),
    hint: faultHint(fault, language) || undefined,
    places: [...places].map(([at, of]) => ({ at, count: of.length })).sort((a, b) => b.count - a.count),
    channels: [...new Set(members.map(message => message.channel))],
    count: members.length,
    firstMs: Math.min(...times),
    lastMs: Math.max(...times),
    example: messageName(members[0]!),
  }
}

/** `OBX[17]-5[2]` and `OBX[3]-5` are the same trouble. */
function withoutNumbers(at: string): string {
  return at.replace(/\[\d+\]/g, '')
}
