// Codes and times of a definition: where the value comes from, which map translates it, which system the document names.
import { isOid, oidOf } from '#kernel/oid.ts'
import type { Entry } from '../../language/entry.ts'
import type { CodedDefinition, TimeDefinition } from './definition.ts'
import { type Reading, readPath, requiredPath } from './reading.ts'

/** `{ value, map }` or `{ value, system }`. */
export function readCoded(entry: Entry | undefined, type: string, reading: Reading): CodedDefinition | undefined {
  if (!entry) return undefined
  entry.allow(['value', 'map', 'system'])
  return readCodedParts(entry, type, reading, undefined)
}

/** The parts of a coded value that stand among others; `usual` is the system that the catalogue names. */
export function readCodedParts(entry: Entry, type: string, reading: Reading, usual: string | undefined): CodedDefinition | undefined {
  const value = requiredPath(entry, 'value', type)
  const map = readMap(entry.get('map'), reading)
  const system = readSystem(entry.get('system')) ?? usual
  const target = map === undefined ? undefined : targetOf(map, reading)
  if (map !== undefined && target === undefined) entry.wrong(`the targets of ${map} are of no one system with an OID`)
  if (target !== undefined && system !== undefined && target !== system) entry.wrong(`${map} leads to ${target}, not to ${system}`)
  return value && { value, map, system: system ?? target }
}

function readMap(entry: Entry | undefined, { codes }: Reading): string | undefined {
  if (!entry) return undefined
  const name = entry.text()
  if (codes.has(name)) return name
  entry.wrong(`there is no code map ${name}`)
  return undefined
}

export function readSystem(entry: Entry | undefined): string | undefined {
  if (!entry) return undefined
  const oid = entry.text()
  if (!isOid(oid)) entry.wrong(`${oid} is no OID`)
  return oid
}

function targetOf(map: string, { codes }: Reading): string | undefined {
  const systems = new Set(codes.targets(map).map(target => target.system))
  const [system] = systems
  return systems.size === 1 && system !== undefined ? oidOf(system) : undefined
}

/** `{ value }` or `{ low, high }`. */
export function readTime(entry: Entry | undefined, type: string): TimeDefinition | undefined {
  if (!entry) return undefined
  entry.allow(['value', 'low', 'high'])
  const time = { value: readPath(entry.get('value'), type), low: readPath(entry.get('low'), type), high: readPath(entry.get('high'), type) }
  if ((time.value !== undefined) === (time.low !== undefined || time.high !== undefined))
    entry.wrong('a time is a `value`, or `low` and `high`')
  return time
}
