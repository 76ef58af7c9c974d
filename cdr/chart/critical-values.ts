// Critical values (危急值) that somebody may still have to act on: the newest value of every item, as long as it is critical.
import type { JsonObject } from '#kernel/json.ts'
import { list, oneOf, object as shape, string } from '#platform/http/schema.ts'
import { flagOf, flags, isCritical } from './flags.ts'
import { itemOf, measured } from './observation.ts'

export const criticalSchema = list(
  shape({ id: string, key: string, name: string, text: string, unit: string, flag: oneOf(...flags), at: string }),
)

/** The newest value of every item that was critical; a later normal value takes it off again. Bodies without a flag at all are not parsed. */
export function criticalOf(newestFirst: readonly { readonly body: Buffer; read(): JsonObject }[]) {
  const mentioned = newestFirst.some(({ body }) => criticalMarks.some(mark => body.includes(mark)))
  if (!mentioned) return []
  const seen = new Set<string>()
  return newestFirst.flatMap(({ read }) => {
    const observation = read()
    const item = itemOf(observation)
    if (seen.has(item.key)) return []
    seen.add(item.key)
    const flag = flagOf(observation)
    if (!isCritical(flag)) return []
    const { id, text: said, unit, at } = measured(observation, 0)
    return [{ id, key: item.key, name: item.name, text: said, unit, flag, at }]
  })
}

const criticalMarks = ['"HH"', '"LL"', '"AA"', '"HU"', '"LU"']
