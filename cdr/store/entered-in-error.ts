// How a resource says of itself that it should never have been: what a replayed message no longer yields is marked so, not erased.
import type { JsonObject } from '#kernel/json.ts'

const byStatus = new Set([
  'AllergyIntolerance.verificationStatus',
  'Appointment.status',
  'CarePlan.status',
  'Communication.status',
  'Condition.verificationStatus',
  'Coverage.status',
  'DeviceUseStatement.status',
  'DiagnosticReport.status',
  'DocumentReference.status',
  'Encounter.status',
  'EpisodeOfCare.status',
  'Flag.status',
  'Immunization.status',
  'ImagingStudy.status',
  'MedicationAdministration.status',
  'MedicationDispense.status',
  'MedicationRequest.status',
  'MedicationStatement.status',
  'Media.status',
  'NutritionOrder.status',
  'Observation.status',
  'Procedure.status',
  'QuestionnaireResponse.status',
  'RiskAssessment.status',
  'ServiceRequest.status',
  'Specimen.status',
  'Task.status',
])

const verification: Readonly<Record<string, string>> = {
  AllergyIntolerance: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification',
  Condition: 'http://terminology.hl7.org/CodeSystem/condition-ver-status',
}

/** The elements to set; undefined for types without such a status (Patient becomes inactive; the rest is deleted). */
export function enteredInError(type: string): JsonObject | undefined {
  if (verification[type]) return { verificationStatus: { coding: [{ system: verification[type], code: 'entered-in-error' }] } }
  if (byStatus.has(`${type}.status`)) return { status: 'entered-in-error' }
  return type === 'Patient' || type === 'Practitioner' || type === 'RelatedPerson' ? { active: false } : undefined
}
