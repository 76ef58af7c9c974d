// Invariants of R4 whose published expression does not say what their text says, with the expression that does. By key.

export const correctedExpressions: ReadonlyMap<string, string> = new Map([
  // "If there are more than one enableWhen": published as more than two (corrected in R5).
  ['que-12', 'enableWhen.count() > 1 implies enableBehavior.exists()'],
])
