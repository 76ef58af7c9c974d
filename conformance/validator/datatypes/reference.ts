// Reference (references.html): well formed, resolvable where it claims to be, and to a type that the element allows.
import type { TypeCheck } from '../program/type-program.ts'

export const reference: TypeCheck = (value, run) => {
  const { reference: text, identifier, display } = value
  if (text === undefined && identifier === undefined && display === undefined && !('extension' in value) && !('_reference' in value))
    run.warning('validator.reference-empty')
}
