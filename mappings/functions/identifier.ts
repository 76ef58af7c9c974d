// Identifiers of HL7 v2 (CX, EI, XCN, XON, PL, CWE …) as system and value, wherever the data type keeps its parts.
import { readIdCard } from '#kernel/id-card.ts'
import { urnOid } from '#kernel/oid.ts'
import { codingSystem } from './coding-system.ts'
import { facilitySystem, type Setting, sourceCodeSystem } from './setting.ts'
import type { Value } from './text-functions.ts'

/** Components: the number; its authority as one HD, or as three components of their own; for coded types the name of the coding system; the type of number. */
type Layout = {
  readonly value: readonly number[]
  readonly hd?: number
  readonly parts?: readonly [number, number, number]
  readonly coding?: number
  readonly type?: number
}

const layouts: Readonly<Record<string, Layout>> = {
  CX: { value: [1], hd: 4, type: 5 },
  EI: { value: [1], parts: [2, 3, 4] },
  HD: { value: [2, 1], parts: [1, 2, 3] },
  XCN: { value: [1], hd: 9 },
  XON: { value: [10, 3], hd: 6 },
  CNN: { value: [1], parts: [9, 10, 11] },
  CWE: { value: [1, 2], coding: 3 },
  CE: { value: [1, 2], coding: 3 },
  CNE: { value: [1, 2], coding: 3 },
}
/** Citizen identity numbers (GB 11643), by the OID the health industry gives them. */
const idCardSystem = urnOid('2.16.156.10011.1.3')
const plainText: Layout = { value: [1] }

/** The system of a number; without a stated authority `usual`, or the facility's own. */
export function authorityOf(value: Value, setting: Setting, usual: string | undefined): string {
  const layout = layouts[value.type] ?? plainText
  if (layout.coding !== undefined) return codedSystem(value.part(layout.coding), setting, usual)
  const type = layout.type === undefined ? '' : value.part(layout.type)
  if (setting.idCardTypes.has(type) && readIdCard(value.part(1))) return idCardSystem
  const stated = authorityUri(...authorityParts(value, layout), setting)
  if (stated !== '') return stated
  const system = usual || facilitySystem(setting.facility, '')
  // A card number and a record number may well be the same digits.
  return type === '' || setting.plainNumberTypes.has(type) ? system : `${system}/${encodeURIComponent(type.toLowerCase())}`
}

/** `system|value`; nothing without a value. A `|` inside the value is written %7C, so that no two pairs look alike. */
export function identifierOf(value: Value, setting: Setting, usual: string | undefined): string {
  const layout = layouts[value.type] ?? plainText
  const number = layout.value.map(part => value.part(part).trim()).find(text => text !== '')
  return number === undefined ? '' : `${authorityOf(value, setting, usual)}|${number.replaceAll('|', '%7C')}`
}

/**
 * An HD as URI: a universal id by its type, else the name as the overlay or the facility knows it; `''` when all is empty, and for the facility itself,
 * which some of its systems name and others leave out.
 */
export function authorityUri(namespace: string, universal: string, type: string, setting: Setting): string {
  const known = setting.authorities.get(namespace) ?? (universal === '' ? undefined : setting.authorities.get(universal))
  if (known !== undefined) return known
  if (universal !== '') {
    if (type === 'UUID' || type === 'GUID') return `urn:uuid:${universal.toLowerCase()}`
    if (/^[0-2](\.\d+)+$/.test(universal)) return urnOid(universal)
    if (/^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(universal)) return universal
    if (type === 'ISO') return urnOid(universal.trim().replace(/\s/g, ''))
    if (namespace === '') return facilitySystem(setting.facility, universal)
  }
  return namespace === '' || namespace === setting.facility ? '' : facilitySystem(setting.facility, namespace)
}

function authorityParts(value: Value, { hd, parts }: Layout): [string, string, string] {
  if (hd !== undefined) return [value.part(hd, 1), value.part(hd, 2), value.part(hd, 3)]
  return parts ? [value.part(parts[0]), value.part(parts[1]), value.part(parts[2])] : ['', '', '']
}

function codedSystem(name: string, setting: Setting, usual: string | undefined): string {
  return codingSystem(name, '', setting) || usual || sourceCodeSystem(setting.source, '')
}
