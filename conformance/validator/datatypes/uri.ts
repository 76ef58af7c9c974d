// uri, url, canonical, oid and uuid (datatypes.html#uri).
import type { TextCheck } from '../program/primitive.ts'

const uuid = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/
const oid = /^[0-2](?:\.(?:0|[1-9]\d*))+$/

const uri: TextCheck = (text, run) => {
  if (text.startsWith('oid:')) run.error('validator.uri-oid')
  if (text.startsWith('uuid:')) run.error('validator.uri-uuid')
  if (/\s/.test(text)) return run.error('validator.uri-white-space', { found: text })
  if (text.startsWith('urn:uuid:') && !uuid.test(text.slice(9).split('#')[0]!)) run.error('validator.uuid', { found: text })
  if (text.startsWith('urn:oid:') && !oid.test(text.slice(8))) run.error('validator.oid', { found: text })
}

export const uriChecks: Readonly<Record<string, TextCheck>> = {
  uri,
  url: uri,
  canonical: (text, run) => {
    uri(text, run)
    const isAbsolute = /^(?:[a-zA-Z][a-zA-Z0-9+.-]*:|#)/.test(text)
    if (!isAbsolute) run.error('validator.canonical-absolute', { found: text })
  },
  oid: (text, run) => {
    if (!text.startsWith('urn:oid:') || !oid.test(text.slice(8))) run.error('validator.oid', { found: text })
  },
  uuid: (text, run) => {
    if (!text.startsWith('urn:uuid:') || !uuid.test(text.slice(9))) run.error('validator.uuid', { found: text })
  },
}
