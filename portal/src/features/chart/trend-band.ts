// The reference band behind a trend: every stretch of time has the range of the report that stands in it, never one range for all. Pure.

export type Ranged = { readonly ms: number; readonly low: number | undefined; readonly high: number | undefined }
export type Stretch = {
  readonly fromMs: number
  readonly toMs: number
  readonly low: number | undefined
  readonly high: number | undefined
}

/** Stretches meet halfway between two reports; neighbours of one range are one. The ends are open (-Infinity, Infinity). */
export function bandOf(points: readonly Ranged[]): Stretch[] {
  const stretches: Stretch[] = []
  points.forEach(({ ms, low, high }, i) => {
    const before = points[i - 1]
    const after = points[i + 1]
    const fromMs = before ? (before.ms + ms) / 2 : -Infinity
    const toMs = after ? (ms + after.ms) / 2 : Infinity
    const last = stretches.at(-1)
    if (last && last.low === low && last.high === high) stretches[stretches.length - 1] = { ...last, toMs }
    else stretches.push({ fromMs, toMs, low, high })
  })
  return stretches.filter(({ low, high }) => low !== undefined || high !== undefined)
}

/** Bottom and top of the axis: all values and the bounds near them, with air; a bound far away does not flatten the curve. */
export function boundsOf(values: readonly number[], ranges: readonly Ranged[]): { readonly min: number; readonly max: number } {
  const lowest = Math.min(...values)
  const highest = Math.max(...values)
  const spread = Math.max(highest - lowest, Math.abs(highest) * 0.1, 1e-9)
  const near = ranges.flatMap(({ low, high }) => [low, high]).filter(bound => bound !== undefined)
  const seen = near.filter(bound => bound > lowest - 3 * spread && bound < highest + 3 * spread)
  const min = Math.min(lowest, ...seen)
  const max = Math.max(highest, ...seen)
  const air = Math.max((max - min) * 0.12, Math.abs(max) * 0.02, 1e-9)
  return { min: min >= 0 ? Math.max(0, min - air) : min - air, max: max + air }
}
