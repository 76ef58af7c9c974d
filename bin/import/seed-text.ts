// Prints seed files so that a change of one code is a change of one line, and writes them under terminology/seeds.
import { writeFileSync } from 'node:fs'
import { pinyin } from 'pinyin-pro'
import type { CodeRow, MapSeed, SeedFile, SystemSeed } from '../../terminology/seed.ts'

export function writeSeed(file: SeedFile): void {
  const url = new URL(`../../terminology/seeds/${file.family}.json`, import.meta.url)
  writeFileSync(url, seedText(file))
  const codes = file.systems.reduce((sum, system) => sum + system.codes.length, 0)
  const rows = file.maps.reduce((sum, map) => sum + map.rows.length, 0)
  process.stdout.write(`${file.family}: ${file.systems.length} systems, ${codes} codes; ${file.maps.length} maps, ${rows} rows\n`)
}

/** The row of a code with the pinyin initials of its display; nothing is written that is not there. */
export function codeRow(code: string, display: string, extra?: CodeRow[3]): CodeRow {
  const initials = initialsOf(display)
  if (extra && Object.keys(extra).length > 0) return [code, display, initials, extra]
  return initials ? [code, display, initials] : [code, display]
}

/** `jmsfz` of 居民身份证; empty when there is no Chinese character. */
function initialsOf(display: string): string {
  if (!/\p{Script=Han}/u.test(display)) return ''
  const letters = pinyin(display, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
  return letters
    .join('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
}

function seedText(file: SeedFile): string {
  const parts = [
    `"family": ${JSON.stringify(file.family)}`,
    `"note": ${JSON.stringify(file.note)}`,
    `"source": ${JSON.stringify(file.source)}`,
    ...(file.licence ? [`"licence": ${JSON.stringify(file.licence)}`] : []),
    `"systems": ${list(file.systems.map(systemText), '')}`,
    `"maps": ${list(file.maps.map(mapText), '')}`,
    ...(file.additions?.length
      ? [
          `"additions": ${list(
            file.additions.map(addition => withRows(addition, { rows: addition.rows })),
            '',
          )}`,
        ]
      : []),
  ]
  return `{\n${parts.join(',\n')}\n}\n`
}

function systemText(system: SystemSeed): string {
  return withRows(system, { codes: system.codes })
}

function mapText(map: MapSeed): string {
  return withRows(map, { rows: map.rows, ...(map.suggestions?.length ? { suggestions: map.suggestions } : {}) })
}

function withRows(whole: object, rows: Record<string, readonly unknown[]>): string {
  const head = Object.entries(whole).filter(([name, value]) => !(name in rows) && name !== 'suggestions' && value !== undefined)
  const lines = head.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
  const tables = Object.entries(rows).map(
    ([name, table]) =>
      `"${name}": ${list(
        table.map(row => JSON.stringify(row)),
        '  ',
      )}`,
  )
  return `{ ${lines.join(', ')},\n  ${tables.join(',\n  ')} }`
}

function list(items: readonly string[], indent: string): string {
  return items.length === 0 ? '[]' : `[\n${items.map(item => `${indent}${item}`).join(',\n')}\n${indent}]`
}
