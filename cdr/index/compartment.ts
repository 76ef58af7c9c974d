// The Patient compartment (compartmentdefinition-patient.html): which rows put a resource into the chart of a Patient.
import { r4Compartments } from '#formats/fhir/model/r4.ts'
import { parametersOf } from './parameters.ts'

const known = new Map<string, ReadonlySet<string>>()

/** Codes of the reference parameters of a type whose rows, where they name a Patient, lie in that Patient's chart. */
export function chartRows(type: string): ReadonlySet<string> {
  let rows = known.get(type)
  if (!rows) {
    const parameters = parametersOf(type)
    const codes = r4Compartments['Patient']?.[type] ?? []
    known.set(type, (rows = new Set(codes.flatMap(code => parameters.get(code)?.rows.map(row => row.code) ?? []))))
  }
  return rows
}
