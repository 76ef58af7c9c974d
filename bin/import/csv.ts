// Reads comma-separated values (RFC 4180): quoted fields may hold commas, quotes and line ends.

/** Rows with their line number in the file, the first line being 1. */
export function parseCsv(text: string): { line: number; fields: string[] }[] {
  const rows: { line: number; fields: string[] }[] = []
  let line = 1
  let start = 1
  let fields: string[] = []
  for (const [match, quoted, plain, end] of text.replace(/^\uFEFF/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    if (match === '' && fields.length === 0) break
    fields.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'))
    line += match.split('\n').length - 1
    if (end === ',') continue
    rows.push({ line: start, fields })
    fields = []
    start = line
  }
  return rows
}
