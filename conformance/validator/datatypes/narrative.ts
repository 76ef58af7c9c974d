// Narrative (narrative.html#rules): txt-1 and txt-2 check its elements and content; that entities are XML's own is said here.
import type { TypeCheck } from '../program/type-program.ts'

const entity = /&([A-Za-z][A-Za-z0-9]*);/g
const own = new Set(['lt', 'gt', 'amp', 'quot', 'apos'])

export const narrative: TypeCheck = ({ div }, run) => {
  if (typeof div !== 'string' || !div.includes('&')) return
  for (const [found, name] of div.matchAll(entity)) if (!own.has(name!)) run.error('validator.narrative-entity', { entity: found }, '.div')
}
