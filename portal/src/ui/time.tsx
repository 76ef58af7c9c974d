// Times on the page: Shanghai time, the source's own writing on hover.
import { Tooltip } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { datedText, short, written } from './shanghai.ts'

/** A moment the platform noted itself, ms. */
export function Instant({ ms, long = false }: { readonly ms: number | undefined; readonly long?: boolean }) {
  if (ms === undefined) return <span className="faint">—</span>
  return (
    <Tooltip title={long ? undefined : `${written(ms)} (Asia/Shanghai)`}>
      <time className="number">{long ? written(ms) : short(ms)}</time>
    </Tooltip>
  )
}

/** A time as a source wrote it (FHIR date, dateTime, instant). */
export function Dated({ text, long = false }: { readonly text: string | undefined; readonly long?: boolean }) {
  const { t } = useTranslation()
  if (!text) return <span className="faint">—</span>
  return (
    <Tooltip title={t('ui.sourceTime', { text })}>
      <time className="number">{datedText(text, long)}</time>
    </Tooltip>
  )
}

/** How long ago, in words: for freshness, where the exact time matters less. */
export function Ago({ ms, nowMs }: { readonly ms: number | undefined; readonly nowMs: number }) {
  const { t } = useTranslation()
  if (ms === undefined) return <span className="faint">—</span>
  return (
    <Tooltip title={written(ms)}>
      <span className="number">{agoText(nowMs - ms, t)}</span>
    </Tooltip>
  )
}

function agoText(ms: number, t: TFunction): string {
  if (ms < 1_500) return t('ui.now')
  if (ms < 60_000) return t('ui.secondsAgo', { count: Math.round(ms / 1000) })
  if (ms < 3_600_000) return t('ui.minutesAgo', { count: Math.round(ms / 60_000) })
  return ms < 172_800_000
    ? t('ui.hoursAgo', { count: Math.round(ms / 3_600_000) })
    : t('ui.daysAgo', { count: Math.round(ms / 86_400_000) })
}

/** `850 ms`, `12 s`, `5 min`, `3 h`, `2 d`: units everybody in a hospital reads in either language. */
export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`
  return ms < 172_800_000 ? `${Math.round(ms / 3_600_000)} h` : `${Math.round(ms / 86_400_000)} d`
}
