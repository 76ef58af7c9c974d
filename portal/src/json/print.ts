// JSON printed for reading: two spaces, numbers as they were written; short values stay on one line.
import { ExactNumber, type Json } from './exact.ts'

const lineCharactersMax = 96

export function printJson(value: Json, indent = ''): string {
  const flat = printFlat(value)
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return flat
  if (isSmall(value) && indent.length + flat.length <= lineCharactersMax) return flat
  const inner = `${indent}  `
  if (Array.isArray(value)) return `[\n${value.map(item => inner + printJson(item, inner)).join(',\n')}\n${indent}]`
  const members = Object.entries(value).map(([name, held]) => `${inner}${JSON.stringify(name)}: ${printJson(held, inner)}`)
  return `{\n${members.join(',\n')}\n${indent}}`
}

/** Holds plain values only: a coding, a quantity, a list of names. */
function isSmall(value: Json[] | { [member: string]: Json }): boolean {
  const held = Object.values(value)
  return held.every(item => typeof item !== 'object' || item === null || item instanceof ExactNumber)
}

function printFlat(value: Json): string {
  if (value instanceof ExactNumber) return value.text
  if (Array.isArray(value)) return `[${value.map(printFlat).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map(([name, held]) => `${JSON.stringify(name)}: ${printFlat(held)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}
