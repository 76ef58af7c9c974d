// A laboratory panel of a patient: which items, printed values, ranges by sex and age, flags, critical values, and a later correction.
import { content, type LabItem, type LabPanel } from './content.ts'
import type { Course } from './illness.ts'
import { measure, rangeOf } from './lab-values.ts'
import type { Person } from './person.ts'
import type { Random } from './random.ts'

/** `HH` and `LL` are beyond the critical limits; empty where there is no range to compare with. */
export type Flag = 'N' | 'H' | 'L' | 'HH' | 'LL' | 'A' | ''

export type LabResult = {
  readonly item: LabItem
  /** As printed: with the item's decimals, or the word of a coded result. */
  readonly value: string
  readonly numeric: boolean
  /** As printed: `3.5-9.5`, `<5.0`, `阴性`; empty when the laboratory has none for this patient. */
  readonly range: string
  readonly low?: string
  readonly high?: string
  readonly flag: Flag
}

export type PanelResults = { readonly panel: LabPanel; readonly results: readonly LabResult[]; readonly critical: boolean }

/** `self`: the person's own stream. Faults in the panel code are bugs: panels come from `content('lab-items').panels`. */
export function labPanel(
  random: Random,
  self: Random,
  person: Person,
  panelCode: string,
  atMs: number,
  courses: readonly Course[],
): PanelResults {
  const panel = content('lab-items').panels.find(candidate => candidate.code === panelCode)!
  const items = measuredItems(random, panelCode, person)
  const values = measure(random, self, items, person, atMs, courses)
  const results = items.flatMap(item => {
    const value = values.get(item.code)
    return value === undefined ? [] : [result(item, value, person, atMs)]
  })
  return { panel, results, critical: results.some(({ flag }) => flag === 'HH' || flag === 'LL') }
}

/** One numeric value measured anew, as after a repeat of a doubtful sample; undefined when there is none to correct. */
export function corrected(random: Random, results: readonly LabResult[], person: Person, atMs: number): readonly LabResult[] | undefined {
  const numeric = results.filter(entry => entry.numeric && Number(entry.value) > 0)
  if (numeric.length === 0) return undefined
  const wrong = random.pick(numeric)
  const anew = Number(wrong.value) * random.pick([0.7, 0.85, 1.12, 1.3])
  return results.map(entry => (entry === wrong ? result(entry.item, anew, person, atMs) : entry))
}

function measuredItems(random: Random, panelCode: string, person: Person): readonly LabItem[] {
  const row = content('panel-items').rows.find(candidate => candidate.panel === panelCode)
  const bySex = (person.sex === 'F' ? row?.female : row?.male) ?? []
  const optional = [...(row?.optional ?? []), ...bySex].filter(() => random.chance(0.3))
  const wanted = new Set([...(row?.core ?? []), ...optional])
  if (wanted.size === 0 && row?.optional) wanted.add(random.pick(row.optional))
  return content('lab-items').rows.filter(item => item.panel === panelCode && wanted.has(item.code))
}

function result(item: LabItem, value: number | string, person: Person, atMs: number): LabResult {
  if (typeof value === 'string') return codedResult(item, value)
  const printed = value.toFixed(item.decimals ?? 2)
  const found = rangeOf(item, person, atMs)
  const low = limit(found?.low, item)
  const high = limit(found?.high, item)
  return {
    item,
    value: printed,
    numeric: true,
    range:
      low !== undefined && high !== undefined ? `${low}-${high}` : high !== undefined ? `≤${high}` : low !== undefined ? `≥${low}` : '',
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
    flag: flagOf(Number(printed), item, low, high),
  }
}

function codedResult(item: LabItem, value: string): LabResult {
  const judged = item.reference !== undefined && !/或|\//.test(item.reference)
  return { item, value, numeric: false, range: item.reference ?? '', flag: !judged ? '' : value === item.reference ? 'N' : 'A' }
}

function flagOf(value: number, item: LabItem, low: string | undefined, high: string | undefined): Flag {
  if (typeof item.criticalLow === 'number' && value <= item.criticalLow) return 'LL'
  if (typeof item.criticalHigh === 'number' && value >= item.criticalHigh) return 'HH'
  if (low !== undefined && value < Number(low)) return 'L'
  if (high !== undefined && value > Number(high)) return 'H'
  return low === undefined && high === undefined ? '' : 'N'
}

function limit(value: number | null | undefined, item: LabItem): string | undefined {
  return typeof value === 'number' ? value.toFixed(item.decimals ?? 2) : undefined
}
