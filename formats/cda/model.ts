// A shared document as a value (HL7 CDA R2 as WS/T 500 uses it): what the writer lays out and the reader finds. What is absent was not stated.
import type { NarrativeNode } from './narrative.ts'

export type CdaDocument = {
  readonly templateRoots: readonly string[]
  readonly id: CdaId
  readonly code: CdaCode
  readonly title: string
  /** `yyyyMMddHHmmss`, when the document was made. */
  readonly effectiveTime: string
  readonly confidentiality: CdaCode
  readonly language: string
  readonly setId?: CdaId
  readonly version?: string
  readonly patient: CdaPatient
  readonly authors: readonly CdaParticipation[]
  readonly custodian: CdaOrganization
  readonly legalAuthenticator?: CdaParticipation
  readonly authenticators: readonly CdaParticipation[]
  readonly participants: readonly CdaParticipation[]
  /** The document that this one takes the place of (relatedDocument RPLC). */
  readonly replaces?: CdaParent
  readonly encounter?: CdaEncounter
  readonly sections: readonly CdaSection[]
}

/** `root` is an OID, `extension` the number under it; `nullFlavor` stands where a number that must be there is not known. */
export type CdaId = { readonly root?: string; readonly extension?: string; readonly nullFlavor?: string }

/** `system` is an OID; `original` the words that were coded. */
export type CdaCode = {
  readonly code?: string
  readonly system?: string
  readonly systemName?: string
  readonly display?: string
  readonly original?: string
  readonly nullFlavor?: string
}

/** A moment (`value`) or an interval, as `yyyyMMdd[HHmm[ss]]`. */
export type CdaTime = { readonly value?: string; readonly low?: string; readonly high?: string; readonly nullFlavor?: string }

export type CdaPatient = {
  readonly ids: readonly CdaId[]
  /** 患者类型: a Chinese addition. */
  readonly patientType?: CdaCode
  readonly address?: readonly CdaAddressPart[]
  readonly telecom?: string
  /** Numbers of the person, the identity card among them: they stand inside `patient`. */
  readonly personIds: readonly CdaId[]
  readonly name?: string
  readonly sex?: CdaCode
  readonly birthTime?: string
  /** A Chinese addition. */
  readonly age?: { readonly value: string; readonly unit: string }
}

/** `houseNumber`, `streetName`, `township`, `county`, `city`, `state`, `postalCode`. */
export type CdaAddressPart = { readonly name: string; readonly text: string }

/** An author, a signer or another participant. */
export type CdaParticipation = {
  /** Participants only: `PRF`, `NOT` … */
  readonly typeCode?: string
  /** Participants only: class of the entity, `ASSIGNED`, `ECON` … */
  readonly classCode?: string
  readonly time?: CdaTime
  readonly id?: CdaId
  /** In words: 审核医师, 检验技师. */
  readonly role?: string
  readonly name?: string
  readonly organization?: CdaOrganization
}

export type CdaOrganization = { readonly id?: CdaId; readonly name?: string; readonly within?: CdaOrganization }

export type CdaParent = { readonly id: CdaId; readonly setId?: CdaId; readonly version?: string }

export type CdaEncounter = {
  readonly id?: CdaId
  readonly code?: CdaCode
  readonly time: CdaTime
  /** From the bed outwards: bed, room, department, ward, hospital. */
  readonly location?: CdaOrganization
}

export type CdaSection = {
  readonly code: CdaCode
  readonly title?: string
  readonly narrative: readonly NarrativeNode[]
  readonly entries: readonly CdaEntry[]
}

/** A clinical statement; `children` are its components and entryRelationships. */
export type CdaEntry = {
  /** Element name: `observation`, `organizer`, `procedure` … */
  readonly act: string
  /** `OBS`, `BATTERY`, `CLUSTER`, `PROC` … */
  readonly classCode: string
  readonly code?: CdaCode
  readonly status?: string
  readonly time?: CdaTime
  readonly value?: CdaValue
  readonly interpretation?: CdaCode
  readonly specimen?: CdaSpecimen
  readonly performer?: CdaParticipation
  readonly ranges?: readonly CdaRange[]
  readonly children?: readonly CdaEntry[]
  /** Read only: what else an act of another kind says (route, dose, product), by element name. */
  readonly facts?: readonly CdaFact[]
}

export type CdaFact = { readonly name: string; readonly text: string }

export type CdaSpecimen = { readonly id?: CdaId; readonly type?: CdaCode }

/** A reference range as printed, and its limits where it has any. */
export type CdaRange = { readonly text?: string; readonly low?: CdaBound; readonly high?: CdaBound }

export type CdaBound = { readonly value: string; readonly unit?: string }

/** A value of the data type that `type` (xsi:type) names. Numbers are text, digit for digit as received. */
export type CdaValue = {
  readonly type: string
  /** ST, ED. */
  readonly text?: string
  /** PQ, REAL, INT, TS, BL, MO. */
  readonly value?: string
  /** Unit of a PQ, currency of an MO. */
  readonly unit?: string
  /** CD and its kin. */
  readonly code?: CdaCode
  /** IVL_…. */
  readonly low?: CdaBound
  readonly high?: CdaBound
  readonly nullFlavor?: string
}
