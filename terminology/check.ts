// What must hold of the seeds: no code twice, OIDs well formed and unique, no map that leads to a code its target system does not have.
import { isOid } from '#kernel/oid.ts'
import { type CodeSystem, joined } from './code-system.ts'
import type { MapRow, MapSeed, SeedException, SeedFile, SystemSeed } from './seed.ts'

export type SeedFinding = { readonly where: string; readonly code: string; readonly problem: string }

/** What objects, without what somebody accepted. */
export function checkSeeds(files: readonly SeedFile[], exceptions: readonly SeedException[]): readonly SeedFinding[] {
  const accepted = new Set(exceptions.filter(e => e.kind === 'accepted').flatMap(e => e.codes.map(code => `${e.where} ${code}`)))
  return allFindings(files).filter(finding => !accepted.has(`${finding.where} ${finding.code}`))
}

export function allFindings(files: readonly SeedFile[]): readonly SeedFinding[] {
  const byUrl = Map.groupBy(
    files.flatMap(file => file.systems),
    system => system.url,
  )
  const systems = new Map([...byUrl].map(([url, parts]) => [url, joined(parts)]))
  const maps = files.flatMap(file => file.maps)
  const additions = files.flatMap(file => file.additions ?? [])
  return [
    ...[...byUrl.values()].flatMap(parts => systemFindings(parts)),
    ...twice([...byUrl.values()].map(parts => parts[0]!.oid ?? '')).map(oid => ({
      where: oid,
      code: '',
      problem: 'two systems have this OID',
    })),
    ...twice([...byUrl.values()].map(parts => parts[0]!.id)).map(id => ({ where: id, code: '', problem: 'two systems have this id' })),
    ...twice(maps.map(map => map.name)).map(name => ({ where: name, code: '', problem: 'two maps have this name' })),
    ...maps.flatMap(map => mapFindings(map, [...map.rows, ...(map.suggestions ?? [])], systems)),
    ...additions.flatMap(addition => {
      const map = maps.find(candidate => candidate.name === addition.map)
      return map
        ? mapFindings(map, addition.rows, systems)
        : [{ where: addition.map, code: '', problem: 'rows are added to a map that is not there' }]
    }),
  ]
}

function systemFindings(parts: readonly SystemSeed[]): SeedFinding[] {
  const { id, oid } = parts[0]!
  const codes = parts.flatMap(part => part.codes.map(row => row[0]))
  const findings = twice(codes).map(code => ({ where: id, code, problem: 'the code stands twice' }))
  if (oid !== undefined && !isOid(oid)) findings.push({ where: id, code: '', problem: `${oid} is not an OID` })
  for (const code of codes)
    if (code === '' || code !== code.trim()) findings.push({ where: id, code, problem: 'the code is empty or padded' })
  if (id === 'loinc')
    findings.push(...codes.filter(code => !isLoinc(code)).map(code => ({ where: id, code, problem: 'the check digit is wrong' })))
  return findings
}

function mapFindings(map: MapSeed, rows: readonly MapRow[], systems: ReadonlyMap<string, CodeSystem>): SeedFinding[] {
  const found: SeedFinding[] = twice(rows.map(row => row[0])).map(code => ({
    where: map.name,
    code,
    problem: 'the source code stands twice',
  }))
  const source = systems.get(map.source)
  if (!source) return [{ where: map.name, code: '', problem: `the source system ${map.source} is not known` }]
  for (const [code, target, extra] of rows) {
    if (!source.row(code) && source.seed.content === 'complete')
      found.push({ where: map.name, code, problem: 'the source system has no such code' })
    if (target === null) continue
    const system = systems.get(extra?.system ?? map.target)
    if (!system) found.push({ where: map.name, code, problem: `the target system ${extra?.system ?? map.target} is not known` })
    else if (!system.row(target)) found.push({ where: map.name, code, problem: `${system.seed.id} has no code ${target}` })
  }
  return found
}

/** A LOINC code ends in a check digit (Luhn, as LOINC's users' guide has it); answer codes (LA…) follow another rule, not checked here. */
export function isLoinc(code: string): boolean {
  if (/^LA\d{1,7}-\d$/.test(code)) return true
  const match = /^(\d{1,7})-(\d)$/.exec(code)
  if (!match) return false
  let sum = 0
  ;[...match[1]!].reverse().forEach((digit, index) => {
    const weighted = index % 2 === 0 ? Number(digit) * 2 : Number(digit)
    sum += weighted > 9 ? weighted - 9 : weighted
  })
  return (10 - (sum % 10)) % 10 === Number(match[2])
}

function twice(values: readonly string[]): string[] {
  const seen = new Set<string>()
  return values.filter(value => value !== '' && (seen.has(value) || !seen.add(value)))
}
