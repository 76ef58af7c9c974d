// The clinical date of a resource: the search parameter that says when it happened, by type. Composite rows, `$everything` and the chart are ordered by it.
import { parametersOf } from './parameters.ts'

/** In order of preference, where it is not `date` alone. */
const parametersByType: Readonly<Record<string, readonly string[]>> = {
  Account: ['period'],
  AllergyIntolerance: ['onset', 'date', 'last-date'],
  Basic: ['created'],
  ChargeItem: ['occurrence', 'entered-date'],
  Claim: ['created'],
  ClaimResponse: ['created'],
  Communication: ['sent', 'received'],
  CommunicationRequest: ['occurrence', 'authored'],
  Condition: ['onset-date', 'recorded-date'],
  CoverageEligibilityRequest: ['created'],
  CoverageEligibilityResponse: ['created'],
  DetectedIssue: ['identified'],
  DeviceRequest: ['event-date', 'authored-on'],
  DiagnosticReport: ['date', 'issued'],
  DocumentManifest: ['created'],
  DocumentReference: ['date', 'period'],
  ExplanationOfBenefit: ['created'],
  Goal: ['start-date'],
  ImagingStudy: ['started'],
  Media: ['created'],
  MedicationAdministration: ['effective-time'],
  MedicationDispense: ['whenhandedover', 'whenprepared'],
  MedicationRequest: ['authoredon', 'date'],
  MedicationStatement: ['effective'],
  NutritionOrder: ['datetime'],
  Provenance: ['recorded', 'when'],
  QuestionnaireResponse: ['authored'],
  RequestGroup: ['authored'],
  ServiceRequest: ['occurrence', 'authored'],
  Specimen: ['collected'],
  Task: ['period', 'authored-on'],
  VisionPrescription: ['datewritten'],
}

/** Empty for types that do not happen at a time. */
export function clinicalDateParameters(type: string): readonly string[] {
  return parametersByType[type] ?? (parametersOf(type).get('date')?.kind === 'date' ? ['date'] : [])
}
