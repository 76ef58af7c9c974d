// Times as Chinese systems print them: China standard time, UTC+8 without summer time since 1992. Stories here never reach further back than birth dates.
const offsetMs = 8 * 3_600_000

export const minuteMs = 60_000
export const hourMs = 3_600_000
export const dayMs = 86_400_000

/** `20260102080500`, as HL7 v2 and Chinese CDA write it. */
export function stamp(ms: number): string {
  return new Date(ms + offsetMs).toISOString().replace(/[-:T]/g, '').slice(0, 14)
}

/** `2026-01-02 08:05:00`, as JSON interfaces write it. */
export function printed(ms: number): string {
  return new Date(ms + offsetMs).toISOString().replace('T', ' ').slice(0, 19)
}

/** `2026-01-02`. */
export function dateOf(ms: number): string {
  return new Date(ms + offsetMs).toISOString().slice(0, 10)
}

/** Hour of the day, 0–23. */
export function hourOf(ms: number): number {
  return new Date(ms + offsetMs).getUTCHours()
}

/** Midnight in China of the day. */
export function startOfDay(ms: number): number {
  return Math.floor((ms + offsetMs) / dayMs) * dayMs - offsetMs
}

/** Whole years at a time; 0 before the first birthday. */
export function ageAt(birthDate: string, ms: number): number {
  const [year, month, day] = birthDate.split('-').map(Number)
  const [nowYear, nowMonth, nowDay] = dateOf(ms).split('-').map(Number)
  const before = nowMonth! < month! || (nowMonth === month && nowDay! < day!)
  return nowYear! - year! - (before ? 1 : 0)
}

/** Days since birth. */
export function daysOld(birthDate: string, ms: number): number {
  return Math.floor((ms + offsetMs - Date.parse(`${birthDate}T00:00:00Z`)) / dayMs)
}
