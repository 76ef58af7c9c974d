// Pieces of SQL with the values that belong to their question marks, in order. `?1` is always the logical time of the search.

export type Value = string | number | null
export type Fragment = { readonly sql: string; readonly values: readonly Value[] }

export function sql(text: string, ...values: readonly Value[]): Fragment {
  return { sql: text, values }
}

export const always = sql('1')
export const never = sql('0')

export function and(parts: readonly Fragment[]): Fragment {
  const kept = parts.filter(part => part !== always)
  if (kept.includes(never)) return never
  return joined(kept, ' AND ', always)
}

export function or(parts: readonly Fragment[]): Fragment {
  const kept = parts.filter(part => part !== never)
  if (kept.includes(always)) return always
  return joined(kept, ' OR ', never)
}

export function not(part: Fragment): Fragment {
  if (part === always) return never
  return part === never ? always : { sql: `NOT ${part.sql}`, values: part.values }
}

/** `n` question marks for a list of values. */
export function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ')
}

/** The planner looks at the value of a bare question mark in a limit, and then prepares the statement anew whenever the value is bound. */
export const limitSql = 'LIMIT ? + 0'

/** The rows of an index table that the search's time sees. */
export function alive(alias: string): string {
  return `${alias}.from_t <= ?1 AND (${alias}.to_t IS NULL OR ${alias}.to_t > ?1)`
}

/** Gives the search a chance to stop at its deadline, once in some hundred rows: SQLite has no interrupt here. */
export function ticking(alias: string): string {
  return `(${alias}.rid % 512 <> 0 OR tick())`
}

function joined(parts: readonly Fragment[], word: string, empty: Fragment): Fragment {
  if (parts.length === 0) return empty
  if (parts.length === 1) return parts[0]!
  return { sql: `(${parts.map(part => part.sql).join(word)})`, values: parts.flatMap(part => part.values) }
}
