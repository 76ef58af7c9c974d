// The stored body: JSON with resourceType, id and meta first, decimals as received; versionId and lastUpdated are written in before storage and never re-walked.
import type { JsonObject, JsonValue } from '#kernel/json.ts'

export const tagSystem = 'urn:huilian:tag'
/** The resource was only mentioned so far: nobody has spoken about it. */
export const provisionalTag = { system: tagSystem, code: 'provisional', display: '暂存' }
/** A version that came too late to be current: it shows what was true at its time. */
export const lateTag = { system: tagSystem, code: 'late', display: '迟到' }

export type BodyMeta = { readonly versionId: number; readonly lastUpdatedMs: number; readonly rest?: JsonObject }

export function printBody(type: string, id: string, meta: BodyMeta, content: JsonObject): string {
  const { resourceType: _type, id: _id, meta: _meta, ...elements } = content
  const { versionId: _versionId, lastUpdated: _lastUpdated, ...rest } = meta.rest ?? {}
  const head = {
    resourceType: type,
    id,
    meta: { versionId: String(meta.versionId), lastUpdated: shanghaiInstant(meta.lastUpdatedMs), ...rest },
  }
  return JSON.stringify(Object.assign(head, elements))
}

/** The elements of a stored resource, without what the platform writes itself. */
export function contentOf(resource: JsonObject): JsonObject {
  const { resourceType: _type, id: _id, meta: _meta, ...content } = resource
  return content
}

export function metaOf(resource: JsonObject): JsonObject {
  const meta = resource['meta']
  return typeof meta === 'object' && meta !== null && !Array.isArray(meta) ? (meta as JsonObject) : {}
}

export function withTag(meta: JsonObject, tag: JsonObject): JsonObject {
  return { ...meta, tag: [...withoutTagList(meta, tag['code'])!, tag] }
}

export function withoutTag(meta: JsonObject, code: string): JsonObject {
  const tags = withoutTagList(meta, code)
  const { tag: _tag, ...rest } = meta
  return tags.length > 0 ? { ...rest, tag: tags } : rest
}

export function hasTag(meta: JsonObject, code: string): boolean {
  return withoutTagList(meta, code).length !== tagsOf(meta).length
}

/** `2026-11-23T12:04:05.123+08:00`: the platform's own times are written in Beijing time, 29 characters. */
export function shanghaiInstant(ms: number): string {
  return `${new Date(ms + 8 * 3_600_000).toISOString().slice(0, 23)}+08:00`
}

function withoutTagList(meta: JsonObject, code: JsonValue | undefined): JsonValue[] {
  return tagsOf(meta).filter(tag => (tag as JsonObject)['system'] !== tagSystem || (tag as JsonObject)['code'] !== code)
}

function tagsOf(meta: JsonObject): JsonValue[] {
  return Array.isArray(meta['tag']) ? meta['tag'] : []
}
