// Checks of resources as wholes, by type: rules of the specification's prose that no definition carries.
import type { TypeCheck } from '../program/type-program.ts'

export const resourceChecks: Readonly<Record<string, readonly TypeCheck[]>> = {}
