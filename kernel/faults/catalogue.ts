// The one fault catalogue: every code the platform can answer with, by area. A new fault is a new row in its area's file.
import { documentFaults } from './documents.ts'
import { engineFaults } from './engine.ts'
import { fhirFaults } from './fhir.ts'
import { fhirXmlFaults } from './fhir-xml.ts'
import { fhirpathFaults } from './fhirpath.ts'
import { hl7v2Faults } from './hl7v2.ts'
import { inspectionFaults } from './inspection.ts'
import { jsonFaults } from './json.ts'
import { mappingFaults } from './mapping.ts'
import { packageFaults } from './packages.ts'
import { platformFaults } from './platform.ts'
import type { FaultSpec } from './spec.ts'
import { storageFaults } from './storage.ts'
import { terminologyFaults } from './terminology.ts'
import { validatorFaults } from './validator.ts'
import { validatorCodeFaults } from './validator-codes.ts'
import { validatorResourceFaults } from './validator-resources.ts'
import { xmlFaults } from './xml.ts'

export const catalogue = {
  ...hl7v2Faults,
  ...engineFaults,
  ...mappingFaults,
  ...fhirFaults,
  ...fhirpathFaults,
  ...fhirXmlFaults,
  ...jsonFaults,
  ...inspectionFaults,
  ...packageFaults,
  ...storageFaults,
  ...platformFaults,
  ...terminologyFaults,
  ...xmlFaults,
  ...documentFaults,
  ...validatorFaults,
  ...validatorCodeFaults,
  ...validatorResourceFaults,
} satisfies Record<string, FaultSpec>

export type FaultCode = keyof typeof catalogue
