// What foreign documents write otherwise and mean the same: read it as meant, say so in a check, never write it.

/** Sub-OIDs of ICD-10 that template authors invented. */
const systemVariant = /^(2\.16\.156\.10011\.2\.3\.3\.11)\.\d+$/

/** The OID as the standard has it. */
export function usualSystem(oid: string): string {
  return systemVariant.exec(oid)?.[1] ?? oid
}

/** `01` where a table says `1`: the other form of a code, to be tried when the first is not in its table; undefined when there is none. */
export function otherCodeForm(code: string): string | undefined {
  if (/^0\d$/.test(code)) return code.slice(1)
  return /^\d$/.test(code) ? `0${code}` : undefined
}

const emptyWords: ReadonlySet<string> = new Set(['-', '--', '—', '——', '/', 'NA', 'N/A', 'null', 'NULL', 'undefined'])

/** Signs put where nothing is known. */
export function isEmptyWord(text: string): boolean {
  return emptyWords.has(text.trim())
}

/** 无 may be an answer (no allergies) or an empty word: as the name or number of somebody it is the latter. */
export function isEmptyName(text: string): boolean {
  return isEmptyWord(text) || text.trim() === '无' || text.trim() === '未知'
}
