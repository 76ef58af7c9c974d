// A shared document out of its bytes: strict about XML, tolerant about CDA. Whether it is a good one, conformance/documents says.
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { XmlDocument, XmlElement } from '../xml/model.ts'
import { readXml } from '../xml/read.ts'
import { attribute, child, children } from './elements.ts'
import { documentLimits } from './limits.ts'
import type { CdaDocument, CdaSection } from './model.ts'
import { readNarrative } from './narrative.ts'
import { readEntries } from './read-entry.ts'
import { readAuthor, readEncounter, readOrganization, readParent, readParticipant, readPatient, readSigner } from './read-header.ts'
import { readCode, readId, readText, stated } from './read-value.ts'
import { cdaNamespace } from './vocabulary.ts'

/** Faults `xml.…`, `charset.…`, and `document.not-cda` for XML of another kind. */
export function readCda(bytes: Uint8Array): Result<{ readonly xml: XmlDocument; readonly document: CdaDocument }> {
  const xml = readXml(bytes, { limits: documentLimits, comments: false })
  if (!xml.ok) return xml
  const { root } = xml.value
  if (root.name !== 'ClinicalDocument' || root.namespace !== cdaNamespace) {
    return failed(
      fault('document.not-cda', { at: `/${root.name}`, args: { name: root.name.slice(0, 60), namespace: root.namespace.slice(0, 120) } }),
    )
  }
  return ok({ xml: xml.value, document: documentOf(root) })
}

function documentOf(root: XmlElement): CdaDocument {
  const signer = child(root, 'legalAuthenticator')
  const replaced = children(root, 'relatedDocument').find(related => attribute(related, 'typeCode') === 'RPLC')
  return {
    templateRoots: children(root, 'templateId').flatMap(id => attribute(id, 'root') ?? []),
    id: readId(child(root, 'id')) ?? {},
    code: readCode(child(root, 'code')) ?? {},
    title: readText(child(root, 'title')) ?? '',
    effectiveTime: attribute(child(root, 'effectiveTime'), 'value') ?? '',
    confidentiality: readCode(child(root, 'confidentialityCode')) ?? {},
    language: attribute(child(root, 'languageCode'), 'code') ?? '',
    patient: readPatient(child(root, 'recordTarget')),
    authors: children(root, 'author').map(readAuthor),
    custodian: readOrganization(child(root, 'custodian', 'assignedCustodian', 'representedCustodianOrganization')) ?? {},
    authenticators: children(root, 'authenticator').map(readSigner),
    participants: children(root, 'participant').map(readParticipant),
    sections: sectionsIn(root).map(readSection),
    ...stated<Partial<CdaDocument>>({
      setId: readId(child(root, 'setId')),
      version: attribute(child(root, 'versionNumber'), 'value'),
      legalAuthenticator: signer && readSigner(signer),
      replaces: readParent(child(replaced, 'parentDocument')),
      encounter: readEncounter(child(root, 'componentOf', 'encompassingEncounter')),
    }),
  }
}

/** Sections of the body; some writers leave structuredBody out. */
export function sectionsIn(root: XmlElement): XmlElement[] {
  return children(root, 'component').flatMap(component => {
    const body = child(component, 'structuredBody')
    const holders = body ? children(body, 'component') : [component]
    return holders.flatMap(holder => children(holder, 'section'))
  })
}

function readSection(section: XmlElement): CdaSection {
  const text = child(section, 'text')
  return {
    code: readCode(child(section, 'code')) ?? {},
    narrative: text ? readNarrative(text).nodes : [],
    entries: children(section, 'entry').flatMap(entry => readEntries(entry)),
    ...stated<Partial<CdaSection>>({ title: readText(child(section, 'title')) }),
  }
}
