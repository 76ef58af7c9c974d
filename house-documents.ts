// The shared documents with what they are checked by: opened alike by the thread that makes them and by the one that shows them.
import { documentChecker } from '#conformance/documents/check.ts'
import type { DocumentChecker } from '#kernel/ports/documents.ts'
import { ok, type Result } from '#kernel/result.ts'
import { type Documents, openDocuments } from '#mappings/cda/documents.ts'
import type { Terminology } from '#terminology/load.ts'
import { oidUse } from '#terminology/oid-registry.ts'

export type HouseDocuments = Documents & { readonly checker: DocumentChecker }

export function openHouseDocuments({ maps, dictionary }: Terminology): Result<HouseDocuments> {
  const documents = openDocuments({ codes: maps, book: dictionary })
  if (!documents.ok) return documents
  const { specs } = documents.value
  return ok({
    ...documents.value,
    checker: documentChecker({ specs, book: dictionary, knowsOid: oid => oidUse(oid, dictionary) !== undefined }),
  })
}
