// OID words: the national roots that identifiers and code systems are named by (WS/T 682; roots as used in WS/T 500 documents).

/** A national OID as the `system` of a FHIR Identifier or Coding. */
export function urnOid(oid: string): string {
  return `urn:oid:${oid}`
}

/** The dotted OID of a `urn:oid:` system, or undefined for any other URI. */
export function oidOf(system: string): string | undefined {
  return system.startsWith('urn:oid:') ? system.slice(8) : undefined
}

export function isOid(text: string): boolean {
  return /^[0-2](\.(0|[1-9]\d*))+$/.test(text)
}

const national = '2.16.156.10011'

/** Identifier roots (`id/@root` in Chinese CDA). */
export const idRoots = {
  document: `${national}.1.1`,
  healthRecord: `${national}.1.2`,
  idCard: `${national}.1.3`,
  staffEntity: `${national}.1.4`,
  organization: `${national}.1.5`,
  staffAuthor: `${national}.1.7`,
  pathologyNumber: `${national}.1.8`,
  outpatientNumber: `${national}.1.11`,
  inpatientNumber: `${national}.1.12`,
  medicalRecordNumber: `${national}.1.13`,
  specimenNumber: `${national}.1.14`,
  healthCard: `${national}.1.19`,
  prescriptionNumber: `${national}.1.20`,
  room: `${national}.1.21`,
  bed: `${national}.1.22`,
  requestForm: `${national}.1.24`,
  department: `${national}.1.26`,
  ward: `${national}.1.27`,
  imagingReport: `${national}.1.32`,
  labReport: `${national}.1.33`,
} as const

/** Code-system roots. */
export const codeRoots = {
  documentType: `${national}.2.4`,
  dataElement: `${national}.2.2.1`,
  /** CV tables of WS 364: `.n`. */
  valueDomain: `${national}.2.3.1`,
  /** Tables inside one data element: `.n`. */
  elementTable: `${national}.2.3.2`,
  /** GB and international systems: `.n`. */
  standard: `${national}.2.3.3`,
} as const

export const documentTemplateRoot = `${national}.2.1.1`
