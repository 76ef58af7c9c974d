// What a corrected value said before: somebody may have acted on it. Corrections are rare, so each is looked up in the history.
import type { Reader } from '#kernel/ports/storage.ts'
import { ok, type Result } from '#kernel/result.ts'
import { resourceOf } from './chart.ts'
import { valueText } from './observation.ts'
import type { Entry } from './page.ts'

const corrected: ReadonlySet<unknown> = new Set(['corrected', 'amended'])
const lookedUpMax = 50
const versionsMax = 20

/** The last differing value before the present one, by id of the Observation. */
export async function valuesBefore(entries: readonly Entry[], reader: Reader): Promise<Result<ReadonlyMap<string, string>>> {
  const wanted = entries.filter(({ stored, resource }) => stored.version > 1 && corrected.has(resource['status'])).slice(0, lookedUpMax)
  const before = new Map<string, string>()
  for (const { stored, resource } of wanted) {
    const history = await reader.history('Observation', stored.id, { count: versionsMax, beforeVersion: stored.version })
    if (!history.ok) return history
    const now = valueText(resource)
    const earlier = history.value.filter(each => each.body.length > 0).map(each => valueText(resourceOf(each)))
    const was = earlier.find(value => value !== now && value !== '')
    if (was !== undefined) before.set(stored.id, was)
  }
  return ok(before)
}
