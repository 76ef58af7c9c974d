// Identifier (datatypes.html#Identifier): a system that means something everywhere, a value that fits it.
import type { TypeCheck } from '../program/type-program.ts'

export const identifier: TypeCheck = ({ system, value }, run) => {
  if (typeof system !== 'string') return
  if (!/^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(system)) run.error('validator.identifier-system', { system }, '.system')
  if (system === 'urn:ietf:rfc:3986' && typeof value === 'string' && !/^[a-zA-Z][a-zA-Z0-9+.-]*:\S+$/.test(value))
    run.error('validator.identifier-uri', { found: value }, '.value')
}
