// Chinese code tables (WS 364 CV tables, GB tables, tables inside a data element) as seeds: OIDs, editions and known flaws kept.
import { canonicalRoot } from '../../kernel/canonical.ts'
import { codeRoots, urnOid } from '../../kernel/oid.ts'
import type { CodeRow, SeedException, SystemSeed } from '../../terminology/seed.ts'
import { codeRow } from './seed-text.ts'

export type ChineseTables = { readonly tables: Readonly<Record<string, ChineseTable>> }
type ChineseTable = {
  readonly name: string
  readonly oid: string | null
  readonly oidBasis: string | null
  readonly codes: readonly (readonly [string, string])[]
}

export const chineseSource =
  'public value-domain lists of hospital information platforms (2011 editions with the 2014 additions), compared with document templates'

/** OIDs that document templates use for tables which the value-domain list prints without one. */
const oidsSeenInTemplates: Readonly<Record<string, string>> = {
  'GB 3304-1991': `${codeRoots.standard}.3`,
  'GB/T 2261.1-2003': `${codeRoots.standard}.4`,
  'GB/T 2261.2-2003': `${codeRoots.standard}.5`,
  'GB/T 4658-2006': `${codeRoots.standard}.6`,
  'GB/T 4761-2008': `${codeRoots.standard}.8`,
  'GB/T 2261.4-2003': `${codeRoots.standard}.13`,
  'DE09.00.103.00': `${codeRoots.elementTable}.29`,
  'DE04.30.015.06': `${codeRoots.elementTable}.38`,
  'DE06.00.196.00': `${codeRoots.elementTable}.39`,
  'DE08.50.032.00': `${codeRoots.elementTable}.40`,
  'DE06.00.106.00': `${codeRoots.elementTable}.42`,
  'DE04.50.147.00': `${codeRoots.elementTable}.43`,
  'DE05.10.022.00': `${codeRoots.elementTable}.53`,
  'DE05.10.097.00': `${codeRoots.elementTable}.54`,
  'DE05.10.122.00': `${codeRoots.elementTable}.55`,
  'DE06.00.314.00': `${codeRoots.elementTable}.56`,
  'DE06.00.247.00': `${codeRoots.elementTable}.57`,
  'DE06.00.286.00': `${codeRoots.elementTable}.58`,
  'DE05.01.077.00': `${codeRoots.elementTable}.59`,
}

export function chineseSystems(input: ChineseTables): { systems: readonly SystemSeed[]; exceptions: readonly SeedException[] } {
  const exceptions: SeedException[] = []
  const systems = Object.entries(input.tables).map(([key, table]) => {
    const { rows, flaws } = uniqueRows(table.codes)
    if (flaws.length > 0)
      exceptions.push({
        kind: 'left-out',
        where: tableId(key),
        codes: flaws,
        reason: 'the list prints the code with several meanings: left out',
      })
    const oid = table.oid ?? oidsSeenInTemplates[key]
    return {
      id: tableId(key),
      url: oid ? urnOid(oid) : `${canonicalRoot}/CodeSystem/${slug(key)}`,
      ...(tableId(key) === key ? {} : { aliases: [key] }),
      ...(oid ? { oid, oidBasis: (table.oidBasis as 'template' | 'derived' | null) ?? 'template' } : {}),
      name: { zh: table.name },
      edition: editionOf(key, oid),
      status: 'published',
      content: flaws.length > 0 ? 'fragment' : 'complete',
      codes: rows,
    } satisfies SystemSeed
  })
  return { systems, exceptions }
}

/** Rows printed twice word for word are one row; a code with two meanings is nobody's guess. */
function uniqueRows(codes: ChineseTable['codes']): { rows: CodeRow[]; flaws: string[] } {
  const meanings = Map.groupBy(codes, ([code]) => code.trim())
  const rows: CodeRow[] = []
  const flaws: string[] = []
  for (const [code, printed] of meanings) {
    const displays = new Set(printed.map(([, display]) => display.trim()))
    if (displays.size === 1) rows.push(codeRow(code, [...displays][0]!))
    else flaws.push(code)
  }
  return { rows, flaws }
}

/** The name without the year of the edition: `GB/T 2261.1-2003` is the table GB/T 2261.1. */
function tableId(key: string): string {
  return key.replace(/^(GB(?:\/T)? [\d.]+)-\d{4}$/, '$1')
}

function editionOf(key: string, oid: string | undefined): string {
  const year = /-(\d{4})$/.exec(key)?.[1]
  if (key.startsWith('GB') && year) return key
  if (/^CV/.test(key)) return Number(oid?.split('.').pop()) >= 248 ? 'WS 445-2014' : 'WS 364-2011'
  if (/^DE/.test(key)) return 'WS 363-2011'
  if (/^WS 364/.test(key)) return 'WS 364-2011'
  return 'WS/T 500-2016'
}

function slug(key: string): string {
  return key
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
