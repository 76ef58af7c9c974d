// A row of the dictionary as text: `Patient Identifier List:CX!*`, name and data type, `!` required, `*` repeating (`*2`: twice at most), `#0001` its table.

export type Row = {
  readonly name: string
  readonly type: string
  readonly required: boolean
  /** 1 where it does not repeat, Infinity where nothing limits it. */
  readonly repetitionsMax: number
  /** HL7 or user-defined table, four digits. */
  readonly table?: string
}

const form = /^(.+):([A-Za-z0-9]{2,6})(!?)(\*\d*)?(?:#(\d{4}))?$/

/** @throws SyntaxError for a row that is badly written: a bug of this project */
export function readRow(text: string): Row {
  const match = form.exec(text)
  if (!match) throw new SyntaxError(`not a dictionary row: ${text}`)
  const [, name, type, required, repeats = '', table] = match
  const repetitionsMax = repeats === '' ? 1 : repeats === '*' ? Number.POSITIVE_INFINITY : Number(repeats.slice(1))
  return { name: name!, type: type!, required: required === '!', repetitionsMax, ...(table ? { table } : {}) }
}
