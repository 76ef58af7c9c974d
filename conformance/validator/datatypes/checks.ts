// Checks that the definitions of data types do not say in a form that machines read, by type (datatypes.html, references.html, extensibility.html).
import type { TypeCheck } from '../program/type-program.ts'
import { attachment } from './attachment.ts'
import { coding } from './coding.ts'
import { extension } from './extension.ts'
import { identifier } from './identifier.ts'
import { narrative } from './narrative.ts'
import { quantity } from './quantity.ts'
import { reference } from './reference.ts'

export const datatypeChecks: Readonly<Record<string, readonly TypeCheck[]>> = {
  Attachment: [attachment],
  Coding: [coding],
  Extension: [extension],
  Identifier: [identifier],
  Narrative: [narrative],
  Quantity: [quantity],
  Reference: [reference],
}
