// The DocumentReference of a shared document (documentreference.html of R4): where the registry finds it, what it replaces, and the hash of its bytes.
import { hash } from 'node:crypto'
import type { JsonObject } from '#kernel/json.ts'
import { codeRoots, documentTemplateRoot, idRoots, urnOid } from '#kernel/oid.ts'
import type { DocumentIdentity, PreparedIssue } from '#kernel/ports/documents.ts'
import { shanghaiInstant } from '../store/body.ts'
import type { Work } from './produce.ts'

export const documentMediaType = 'text/xml'

export type Registered = Pick<Work, 'tenant' | 'change' | 'writer' | 'tools'> & {
  readonly id: string
  readonly prepared: PreparedIssue
  readonly identity: DocumentIdentity
  readonly bytes: Uint8Array
  /** Id of the DocumentReference it replaces. */
  readonly replaces: string | undefined
}

export function documentReference(registered: Registered): JsonObject {
  const { tenant, id, change, writer, identity, prepared, replaces } = registered
  const system = urnOid(idRoots.document)
  const { subject, encounter, authors, clinicalTime } = prepared.registration
  const custodian = registered.tools.custodian(tenant)
  return {
    resourceType: 'DocumentReference',
    id,
    masterIdentifier: { system, value: identity.number },
    identifier: [{ use: 'secondary', system, value: identity.setNumber }],
    status: 'current',
    docStatus: identity.version > 1 ? 'amended' : 'final',
    type: { coding: [{ system: urnOid(codeRoots.documentType), code: writer.code, display: writer.title }], text: writer.title },
    ...(subject && { subject }),
    date: shanghaiInstant(identity.writtenAtMs),
    ...(authors.length > 0 && { author: [...authors] }),
    custodian: { identifier: { system: urnOid(idRoots.organization), value: custodian.code }, display: custodian.name },
    ...(replaces !== undefined && { relatesTo: [{ code: 'replaces', target: { reference: `DocumentReference/${replaces}` } }] }),
    securityLabel: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'N' }] }],
    content: [contentOf(registered)],
    context: {
      ...(encounter && { encounter: [encounter] }),
      ...(clinicalTime !== undefined && { period: { start: clinicalTime } }),
      related: [{ reference: `${change.type}/${change.id}` }],
    },
  }
}

/** The hash is SHA-1, as R4 wants it; the store keeps the bytes by SHA-256. */
function contentOf({ tenant, id, writer, identity, bytes }: Registered): JsonObject {
  return {
    attachment: {
      contentType: documentMediaType,
      language: 'zh-CN',
      url: `/api/documents/${tenant}/${id}/xml`,
      size: bytes.length,
      hash: hash('sha1', bytes, 'base64'),
      title: writer.title,
      creation: shanghaiInstant(identity.writtenAtMs),
    },
    format: { system: urnOid(documentTemplateRoot), code: writer.templateRoot },
  }
}
