// Invariants of R4 whose published expression does not say what their text says, with the expression that does. By key.

export const correctedExpressions: ReadonlyMap<string, string> = new Map([
  // Times of different precision cannot be compared by <=, and are not wrong for it (R5 compares their boundaries).
  ['per-1', 'start.hasValue().not() or end.hasValue().not() or (start <= end).empty() or start <= end'],
  // "If there are more than one enableWhen": published as more than two (corrected in R5).
  ['que-12', 'enableWhen.count() > 1 implies enableBehavior.exists()'],
])
