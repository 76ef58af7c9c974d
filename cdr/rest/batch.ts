// batch (http.html#batch): each entry on its own, with an answer of its own; and the door through which a transaction comes.
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Answer } from './answer.ts'
import { answeredEntry, type EntryAnswer } from './bundle-answers.ts'
import { type RequestEntry, readRequestBundle } from './bundle-entries.ts'
import { writeBundle } from './bundle-writer.ts'
import { basesOf, type Call, type Rest } from './call.ts'
import { dispatch } from './dispatch.ts'
import { transaction } from './transaction.ts'

/** POST to the base: a Bundle of one or the other kind. */
export async function bundle(call: Call, rest: Rest): Promise<Result<Answer>> {
  const asked = readRequestBundle(call.resource ?? {}, basesOf(call.caller))
  if (!asked.ok) return asked
  const { type, entries } = asked.value
  if (type === 'batch') return batch(call, entries, rest)
  const wrong = entries.find(entry => !entry.ok)
  if (wrong && !wrong.ok) return wrong
  return transaction(
    call,
    entries.map(entry => (entry as { value: RequestEntry }).value),
    rest,
  )
}

/** Verbs in the order FHIR gives them; entries of one verb side by side, so that their writes share a commit group. */
const order = [['DELETE'], ['POST'], ['PUT', 'PATCH'], ['GET', 'HEAD']]
const entriesAtOnceMax = 32

async function batch(call: Call, entries: readonly Result<RequestEntry>[], rest: Rest): Promise<Result<Answer>> {
  const { caller } = call
  const answers: EntryAnswer[] = entries.map(entry => (entry.ok ? {} : answeredEntry(entry, caller.language)))
  for (const methods of order) {
    const waiting = entries.flatMap(entry => (entry.ok && methods.includes(entry.value.method) ? [entry.value] : []))
    let next = 0
    const work = async () => {
      for (let entry = waiting[next++]; entry; entry = waiting[next++]) {
        const answer = await answerEntry(entry, call, rest)
        answers[entry.index] = answeredEntry(answer, caller.language)
      }
    }
    await Promise.all(Array.from({ length: Math.min(entriesAtOnceMax, waiting.length) }, work))
  }
  return ok({ status: 200, body: writeBundle({ type: 'batch-response' }, answers) })
}

function answerEntry(entry: RequestEntry, call: Call, rest: Rest): Promise<Result<Answer>> | Result<Answer> {
  if (entry.path.length === 0) return failed(fault('fhir.bundle-invalid', { at: entry.at, args: { reason: 'Bundle → Bundle' } }))
  const prefer = entry.method === 'GET' ? call.headers.prefer : (call.headers.prefer ?? 'return=minimal')
  return dispatch({ ...entry, caller: call.caller, headers: { ...entry.headers, prefer } }, rest)
}
