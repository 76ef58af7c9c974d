// Observation: vital signs meet the profiles of R4 wherever their codes are used (observation-vitalsigns.html), and best practice.
import type { Raw } from '../definitions/definition.ts'
import type { TypeCheck } from '../program/type-program.ts'
import { isObject } from '../walk/by-type.ts'
import { declaredProfiles } from '../world.ts'
import { listOf } from './questionnaire-response.ts'

const root = 'http://hl7.org/fhir/StructureDefinition/'

/** LOINC code → profile ("magic values" of the vital signs table). */
const vitalSigns: Readonly<Record<string, string>> = {
  '85353-1': 'vitalspanel',
  '9279-1': 'resprate',
  '8867-4': 'heartrate',
  '2708-6': 'oxygensat',
  '8310-5': 'bodytemp',
  '8302-2': 'bodyheight',
  '9843-4': 'headcircum',
  '29463-7': 'bodyweight',
  '39156-5': 'bmi',
  '85354-9': 'bp',
}

export const observation: TypeCheck = (resource, run) => {
  const { bestPractice, vitalSigns: wanted } = run.settings
  if (bestPractice !== 'ignore')
    for (const [element, members] of expected)
      if (!members.some(member => member in resource)) run.say(bestPractice, 'validator.best-practice', { element })
  const profile = wanted ? profileOf(resource) : undefined
  if (profile === undefined || declaredProfiles(resource).includes(profile)) return
  run.world.applyProfile(profile, resource, run.world.model.type('Observation')!, run)
}

const expected: readonly (readonly [element: string, members: readonly string[]])[] = [
  ['subject', ['subject']],
  ['performer', ['performer']],
  ['effective[x]', ['effectiveDateTime', 'effectivePeriod', 'effectiveTiming', 'effectiveInstant', '_effectiveDateTime']],
]

function profileOf(resource: Raw): string | undefined {
  if (!isObject(resource['code'])) return undefined
  for (const { system, code } of listOf(resource['code']['coding'])) {
    const name = system === 'http://loinc.org' && typeof code === 'string' && Object.hasOwn(vitalSigns, code) ? vitalSigns[code] : undefined
    if (name !== undefined) return root + name
  }
  return undefined
}
