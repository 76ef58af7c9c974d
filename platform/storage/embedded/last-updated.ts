// `meta.lastUpdated` as it stands in a canonical body: what `_lastUpdated` searches by is what the reader of the body sees.

/** It stands in the head of the body, behind type, id and versionId. */
const headCharactersMax = 400
const pattern = /"lastUpdated":"([^"]{20,35})"/

/** Milliseconds; undefined when the body does not say. */
export function lastUpdatedOf(body: string): number | undefined {
  const found = pattern.exec(body.slice(0, headCharactersMax))?.[1]
  const ms = found === undefined ? Number.NaN : Date.parse(found)
  return Number.isNaN(ms) ? undefined : ms
}
