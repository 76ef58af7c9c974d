// Fixed words of HL7 CDA R2 (POCD_MT000040) as WS/T 500 uses them: namespaces, vocabularies of HL7, the order of the header.

export const cdaNamespace = 'urn:hl7-org:v3'
export const xsiNamespace = 'http://www.w3.org/2001/XMLSchema-instance'

export const cdaTypeId = { root: '2.16.840.1.113883.1.3', extension: 'POCD_MT000040' } as const

/** Code systems of HL7 and others that documents name by OID. */
export const hl7Systems = {
  loinc: '2.16.840.1.113883.6.1',
  ucum: '2.16.840.1.113883.6.8',
  confidentiality: '2.16.840.1.113883.5.25',
  interpretation: '2.16.840.1.113883.5.83',
} as const

/** URIs of FHIR for systems that documents name by OID. */
export const oidByUri: Readonly<Record<string, string>> = {
  'http://loinc.org': hl7Systems.loinc,
  'http://unitsofmeasure.org': hl7Systems.ucum,
  'http://terminology.hl7.org/CodeSystem/v3-Confidentiality': hl7Systems.confidentiality,
  'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation': hl7Systems.interpretation,
}

/** What a template author wrote who knew no OID. */
export const placeholderOid = '2.9999'

export type HeaderElement = {
  readonly name: string
  readonly min: 0 | 1
  readonly max: 1 | typeof many
}

export const many = Number.POSITIVE_INFINITY

/** Children of ClinicalDocument in the one order that schemas accept; `component` is the body. */
export const headerOrder: readonly HeaderElement[] = [
  { name: 'realmCode', min: 1, max: 1 },
  { name: 'typeId', min: 1, max: 1 },
  { name: 'templateId', min: 1, max: many },
  { name: 'id', min: 1, max: 1 },
  { name: 'code', min: 1, max: 1 },
  { name: 'title', min: 1, max: 1 },
  { name: 'effectiveTime', min: 1, max: 1 },
  { name: 'confidentialityCode', min: 1, max: 1 },
  { name: 'languageCode', min: 1, max: 1 },
  { name: 'setId', min: 0, max: 1 },
  { name: 'versionNumber', min: 0, max: 1 },
  { name: 'copyTime', min: 0, max: 1 },
  { name: 'recordTarget', min: 1, max: 1 },
  { name: 'author', min: 1, max: many },
  { name: 'dataEnterer', min: 0, max: 1 },
  { name: 'informant', min: 0, max: many },
  { name: 'custodian', min: 1, max: 1 },
  { name: 'informationRecipient', min: 0, max: many },
  { name: 'legalAuthenticator', min: 0, max: 1 },
  { name: 'authenticator', min: 0, max: many },
  { name: 'participant', min: 0, max: many },
  { name: 'inFulfillmentOf', min: 0, max: many },
  { name: 'documentationOf', min: 0, max: many },
  { name: 'relatedDocument', min: 0, max: many },
  { name: 'authorization', min: 0, max: many },
  { name: 'componentOf', min: 0, max: 1 },
  { name: 'component', min: 1, max: 1 },
]

/** Acts an entry, an entryRelationship or an organizer's component may hold. */
export const actNames: ReadonlySet<string> = new Set([
  'observation',
  'organizer',
  'procedure',
  'substanceAdministration',
  'act',
  'supply',
  'encounter',
  'observationMedia',
  'regionOfInterest',
])
