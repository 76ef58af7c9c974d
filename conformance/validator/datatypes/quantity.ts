// Quantity (datatypes.html#Quantity): a UCUM code is one that UCUM's grammar allows.
import type { TypeCheck } from '../program/type-program.ts'

const ucum = 'http://unitsofmeasure.org'

export const quantity: TypeCheck = ({ system, code }, run) => {
  if (system !== ucum || typeof code !== 'string' || code === '') return
  if (run.world.codes.lookup(system, code).kind === 'unknown-code') run.error('validator.unknown-code', { system, code }, '.code')
  else if (code.includes('{')) run.hint('validator.unit-annotation', { annotation: code })
}
