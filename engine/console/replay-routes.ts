// Start, watch and stop the replay of many messages: a selection, or everything of one fault.
import type { MessageStatus } from '#kernel/envelope.ts'
import { parseMessageName } from '#kernel/envelope.ts'
import { fault } from '#kernel/fault.ts'
import type { StoredMessage } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Call, Route } from '#platform/http/route.ts'
import { boolean, instantMs, integer, list, object, string } from '#platform/http/schema.ts'
import { type MessageTools, note } from './message-routes.ts'
import { type ReplayTask, ReplayTasks } from './replay-tasks.ts'

const messagesMax = 10_000
const pageRows = 1_000
const replayable: readonly MessageStatus[] = ['processed', 'filtered', 'failed', 'rejected', 'quarantined']

const task = object({
  id: string,
  startedAtMs: instantMs,
  'endedAtMs?': instantMs,
  total: integer,
  done: integer,
  processed: integer,
  failed: integer,
  stopped: boolean,
  troubles: list(object({ id: string, fault: string })),
})

export function replayRoutes(tools: MessageTools): Route[] {
  const tasks = new ReplayTasks(tools.engine, tools.clock)
  return [
    {
      method: 'POST',
      path: '/api/replays',
      right: 'messages.replay',
      tag: 'messages',
      summary: '批量重放：所选消息，或某类故障的全部消息 · replay many messages as a task',
      body: {
        type: 'object',
        properties: {
          ids: { type: 'array', items: { type: 'string', maxLength: 40 }, maxItems: messagesMax },
          fault: { type: 'string', maxLength: 60 },
          channel: { type: 'string', maxLength: 60 },
        },
        anyOf: [{ required: ['ids'] }, { required: ['fault'] }],
        additionalProperties: false,
      },
      answer: task,
      handle: call => start(call, tools, tasks),
    },
    {
      method: 'GET',
      path: '/api/replays',
      right: 'messages.replay',
      tag: 'messages',
      summary: '我的重放任务 · my replay tasks',
      answer: object({ tasks: list(task) }),
      handle: call => ok({ tasks: tasks.of(call.principal.id).map(describeTask) }),
    },
    {
      method: 'DELETE',
      path: '/api/replays/{task}',
      right: 'messages.replay',
      tag: 'messages',
      summary: '停止重放任务 · stop a replay task',
      answer: task,
      handle: call => {
        const found = tasks.get(call.path['task']!, call.principal.id)
        if (!found) return failed(fault('http.not-found'))
        found.stopped = true
        return ok(describeTask(found))
      },
    },
  ]
}

function describeTask({ by: _by, ...shown }: ReplayTask) {
  return shown
}

async function start(call: Call, tools: MessageTools, tasks: ReplayTasks): Promise<Result<unknown>> {
  const asked = call.body as { ids?: readonly string[]; fault?: string; channel?: string }
  const messages = asked.ids ? await named(call, tools, asked.ids) : await ofFault(call, tools, asked.fault!, asked.channel)
  if (!messages.ok) return messages
  const chosen = messages.value.filter(message => replayable.includes(message.status))
  for (const message of chosen) {
    const noted = note(call, message, 'replay', tools)
    if (!noted.ok) return noted
  }
  return ok(describeTask(tasks.start(chosen, call.principal.id)))
}

/** Names of other tenants and of nothing are left out: they look the same. */
async function named(call: Call, tools: MessageTools, ids: readonly string[]): Promise<Result<StoredMessage[]>> {
  const reader = tools.storage.reader(call.scope)
  const found: StoredMessage[] = []
  for (const id of new Set(ids)) {
    const name = parseMessageName(id)
    if (!name || !call.scope.tenants.includes(name.tenant)) continue
    const message = await reader.message(name.tenant, name.seq)
    if (!message.ok) return message
    if (message.value) found.push(message.value)
  }
  return ok(found)
}

async function ofFault(call: Call, tools: MessageTools, faultCode: string, channel: string | undefined): Promise<Result<StoredMessage[]>> {
  const reader = tools.storage.reader(call.scope)
  const found: StoredMessage[] = []
  for (let before: StoredMessage | undefined; found.length < messagesMax; before = found.at(-1)) {
    const page = await reader.messages({ faultCode, channel, statuses: replayable, before, limit: pageRows })
    if (!page.ok) return page
    found.push(...page.value)
    if (page.value.length < pageRows) break
  }
  return ok(found)
}
