// Numbers asked for as the interval their precision means (search.html#number): 5.40 is anything that rounds to it.

export type AskedNumber = { readonly value: number; readonly low: number; readonly high: number }

const grammar = /^[+-]?\d+(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

/** Undefined when the text is no number a double can hold. */
export function askedNumber(text: string): AskedNumber | undefined {
  const match = text.length <= 40 ? grammar.exec(text) : null
  const value = match ? Number(text) : Number.NaN
  if (!match || !Number.isFinite(value)) return undefined
  const digits = (match[1]?.length ?? 0) - Number(match[2] ?? 0)
  if (Math.abs(digits) > 300) return undefined
  const half = 0.5 * 10 ** -digits
  return { value, low: tidy(value - half), high: tidy(value + half) }
}

/** The double nearest to the decimal that was meant: 0.1 + 0.05 is 0.15. */
function tidy(value: number): number {
  return Number(value.toPrecision(15))
}
