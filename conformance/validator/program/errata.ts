// Invariants of R4 whose published expression does not say what their text says, with the expression that does. By key.

export const correctedExpressions: ReadonlyMap<string, string> = new Map([
  // "If there are more than one enableWhen": published as more than two (R5 compares boundaries).
  // Values of different precision cannot be compared by <=, and are not wrong for it (corrected in R5).
  ['per-1', 'start.hasValue().not() or end.hasValue().not() or (start <= end).empty() or start <= end'],
  ['que-12', 'enableWhen.count() > 1 implies enableBehavior.exists()'],
])
