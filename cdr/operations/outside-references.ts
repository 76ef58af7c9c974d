// What stored bodies refer to that is in nobody's compartment, found in their bytes without parsing them.
import type { StoredVersion } from '#kernel/ports/storage.ts'

/** Types that support a record without being part of it. */
const outsideTypes: ReadonlySet<string> = new Set([
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'Medication',
  'HealthcareService',
  'Device',
  'Substance',
])

/** Stored JSON has no space after a colon, and a quote inside a string is escaped: these bytes are a Reference and nothing else. */
const mark = Buffer.from('"reference":"')
const quote = 0x22

/** Each once, in the order they are met; what is among `entries` itself is left out. */
export function outsideReferences(entries: readonly StoredVersion[]): { type: string; id: string }[] {
  const found = new Map<string, { type: string; id: string }>()
  for (const { body } of entries) {
    for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at)) {
      const start = at + mark.length
      at = body.indexOf(quote, start)
      const name = body.toString('latin1', start, at)
      const slash = name.indexOf('/')
      if (found.has(name) || !outsideTypes.has(name.slice(0, slash))) continue
      const id = name.slice(slash + 1)
      if (!id.includes('/')) found.set(name, { type: name.slice(0, slash), id })
    }
  }
  for (const { type, id } of entries) found.delete(`${type}/${id}`)
  return [...found.values()]
}
