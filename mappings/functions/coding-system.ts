// Names of coding systems (HL7 v2 table 0396 and kin) and the URI each has in FHIR (R4 terminologies-systems.html).
import { urnOid } from '#kernel/oid.ts'
import { type Setting, sourceCodeSystem } from './setting.ts'

const uris: Readonly<Record<string, string>> = {
  LN: 'http://loinc.org',
  LOINC: 'http://loinc.org',
  SCT: 'http://snomed.info/sct',
  SCT2: 'http://snomed.info/sct',
  SNM: 'http://snomed.info/sct',
  SNOMED: 'http://snomed.info/sct',
  SNOMEDCT: 'http://snomed.info/sct',
  UCUM: 'http://unitsofmeasure.org',
  I10: 'http://hl7.org/fhir/sid/icd-10',
  I10C: 'http://hl7.org/fhir/sid/icd-10-cm',
  ICD10: 'http://hl7.org/fhir/sid/icd-10',
  'ICD-10': 'http://hl7.org/fhir/sid/icd-10',
  'ICD-10-CM': 'http://hl7.org/fhir/sid/icd-10-cm',
  I9: 'http://hl7.org/fhir/sid/icd-9-cm',
  I9C: 'http://hl7.org/fhir/sid/icd-9-cm',
  I9CDX: 'http://hl7.org/fhir/sid/icd-9-cm',
  I9CP: 'http://hl7.org/fhir/sid/icd-9-cm',
  I11: 'http://id.who.int/icd/release/11/mms',
  C4: 'http://www.ama-assn.org/go/cpt',
  CPTM: 'http://www.ama-assn.org/go/cpt',
  NDC: 'http://hl7.org/fhir/sid/ndc',
  CVX: 'http://hl7.org/fhir/sid/cvx',
  MVX: 'http://terminology.hl7.org/CodeSystem/MVX',
  RXNORM: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  WC: 'http://www.whocc.no/atc',
  ATC: 'http://www.whocc.no/atc',
  DCM: 'http://dicom.nema.org/resources/ontology/DCM',
  ISO3166_1: 'urn:iso:std:iso:3166',
  ISO4217: 'urn:iso:std:iso:4217',
  'ISO+': 'http://unitsofmeasure.org',
  NPI: 'http://hl7.org/fhir/sid/us-npi',
  NCI: 'http://ncimeta.nci.nih.gov',
  CDCREC: 'urn:oid:2.16.840.1.113883.6.238',
  ICDO: 'http://terminology.hl7.org/CodeSystem/icd-o-3',
  ICDO3: 'http://terminology.hl7.org/CodeSystem/icd-o-3',
  /** The Chinese editions, as connected systems usually name them. */
  'ICD-10-GB': urnOid('2.16.156.10011.2.3.3.11'),
  'ICD10-CN': urnOid('2.16.156.10011.2.3.3.11'),
  'ICD-10-CN': urnOid('2.16.156.10011.2.3.3.11'),
  'ICD-9-CM-3': urnOid('2.16.156.10011.2.3.3.12'),
}

/**
 * The URI of a coding system by name: the overlay's, the known one, the HL7 table's own, an OID or URI as it is; a name only the source knows becomes a
 * system of that source. `''` when there is neither name nor OID.
 */
export function codingSystem(name: string, oid: string, setting: Setting): string {
  const stated = name.trim()
  if (stated === '') return /^[0-2](\.\d+)+$/.test(oid) ? urnOid(oid) : ''
  const known = setting.systems.get(stated) ?? uris[stated] ?? uris[stated.toUpperCase()]
  if (known !== undefined) return known
  const table = /^HL7[-_ ]?(\d{1,4})$/i.exec(stated)
  if (table) return hl7Table(table[1]!)
  if (/^[0-2](\.\d+)+$/.test(stated)) return urnOid(stated)
  if (/^(https?|urn):\S+$/.test(stated)) return stated
  return /^[0-2](\.\d+)+$/.test(oid) ? urnOid(oid) : sourceCodeSystem(setting.source, stated)
}

/** `HL70001`, `HL7-1` and `HL71` name table 0001. */
function hl7Table(digits: string): string {
  return `http://terminology.hl7.org/CodeSystem/v2-${digits.padStart(4, '0')}`
}
