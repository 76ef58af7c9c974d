// Time on a line: the stretch in sight, where a moment falls in it, and ticks people read without thinking.
import { moment } from '../../ui/shanghai.ts'

export type Stretch = { readonly fromMs: number; readonly toMs: number }

const dayMs = 86_400_000
export const presets = ['all', 'years5', 'year', 'quarter', 'month', 'week'] as const
export type Preset = (typeof presets)[number]
const presetDays: Readonly<Record<Exclude<Preset, 'all'>, number>> = { years5: 5 * 366, year: 366, quarter: 92, month: 31, week: 7 }

/** Everything from the first moment to the end, with a little air; at least a week. */
export function whole(firstMs: number, lastMs: number): Stretch {
  const span = Math.max(7 * dayMs, lastMs - firstMs)
  return { fromMs: lastMs - span * 1.03, toMs: lastMs + span * 0.02 }
}

export function stretchOf(preset: Preset, firstMs: number, lastMs: number): Stretch {
  if (preset === 'all') return whole(firstMs, lastMs)
  return { fromMs: lastMs - presetDays[preset] * dayMs, toMs: lastMs + presetDays[preset] * dayMs * 0.02 }
}

const spanMsMin = dayMs / 4
const spanMsMax = 150 * 366 * dayMs

/** Wider or narrower around a moment, from a few hours to a long life. */
export function zoomed({ fromMs, toMs }: Stretch, aroundMs: number, by: number): Stretch {
  const span = Math.max(spanMsMin, Math.min(spanMsMax, (toMs - fromMs) * by))
  const share = (aroundMs - fromMs) / (toMs - fromMs)
  return { fromMs: aroundMs - span * share, toMs: aroundMs + span * (1 - share) }
}

export function placeOf(ms: number, { fromMs, toMs }: Stretch, width: number): number {
  return ((ms - fromMs) / (toMs - fromMs)) * width
}

export type Tick = { readonly ms: number; readonly label: string }

const steps = [1, 2, 5, 7, 14] as const

/** About one tick per hundred pixels: days, months or years, on their first day in Shanghai. */
export function ticksOf(stretch: Stretch, width: number): Tick[] {
  const wanted = Math.max(2, Math.floor(width / 100))
  const days = (stretch.toMs - stretch.fromMs) / dayMs / wanted
  if (days <= 14) return dayTicks(stretch, steps.find(step => step >= days) ?? 14)
  const months = days / 30.4
  const step = [1, 2, 3, 6].find(each => each >= months)
  return step ? monthTicks(stretch, step) : monthTicks(stretch, 12 * Math.max(1, Math.ceil(months / 12)))
}

function dayTicks({ fromMs, toMs }: Stretch, step: number): Tick[] {
  const found: Tick[] = []
  const start = Date.parse(`${moment(fromMs).date}T00:00:00+08:00`)
  for (let ms = start; ms <= toMs; ms += step * dayMs) if (ms >= fromMs) found.push({ ms, label: moment(ms).date.slice(5) })
  return found
}

function monthTicks({ fromMs, toMs }: Stretch, step: number): Tick[] {
  const found: Tick[] = []
  const [year] = moment(fromMs).date.split('-').map(Number) as [number]
  for (let month = 0; ; month += step) {
    const date = `${year + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
    const ms = Date.parse(`${date}-01T00:00:00+08:00`)
    if (ms > toMs) return found
    if (ms >= fromMs) found.push({ ms, label: step % 12 === 0 ? date.slice(0, 4) : date })
  }
}
