// The curve, drawn by ECharts: critical points stand out by shape as well as by colour, corrected ones are hollow.
import { LineChart } from 'echarts/charts'
import { DataZoomComponent, GridComponent, MarkAreaComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { colours, fontFamily } from '../../app/theme.ts'
import { moment, written } from '../../ui/shanghai.ts'
import type { Flag } from './flag.ts'
import { bandOf, boundsOf } from './trend-band.ts'
import type { Point } from './trend-view.tsx'

use([LineChart, GridComponent, TooltipComponent, MarkAreaComponent, DataZoomComponent, LabelLayout, SVGRenderer])

const heightPixels = 300
const dayMs = 86_400_000
/** So many points that they must be zoomed into. */
const zoomFrom = 12

export default function TrendChart({ name, points }: { readonly name: string; readonly points: readonly Point[] }) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const chart = init(box.current!, undefined, { renderer: 'svg', height: heightPixels })
    chart.setOption(optionOf(points, describe))
    const observer = new ResizeObserver(() => chart.resize({ height: heightPixels }))
    observer.observe(box.current!)
    return () => {
      observer.disconnect()
      chart.dispose()
    }
    function describe(point: Point): string {
      const lines = [
        `<b>${clean(point.text)} ${clean(point.unit)}</b> ${clean(t(`flags.${point.flag}`))}`,
        written(Date.parse(point.at)),
        point.range && `${clean(t('chart.trend.range'))} ${clean(point.range)}`,
        clean(t(`resultStatus.${point.status as 'final'}`)),
        point.was !== undefined && clean(t('chart.trend.was', { value: point.was })),
      ]
      return lines.filter(Boolean).join('<br>')
    }
  }, [points, t])
  return <div ref={box} className="trend-chart" role="img" aria-label={t('chart.grid.trendOf', { name })} />
}

function optionOf(points: readonly Point[], describe: (point: Point) => string) {
  const placed = points.map(point => ({ ms: Date.parse(point.at), low: point.low, high: point.high, point }))
  const { min, max } = boundsOf(
    points.map(point => point.value!),
    placed,
  )
  const [first, last] = [placed[0]!.ms, placed.at(-1)!.ms]
  const air = Math.max((last - first) * 0.04, last === first ? dayMs : 0)
  return {
    animation: false,
    textStyle: { fontFamily, fontSize: 12, color: colours.ink },
    grid: { left: 56, right: 24, top: 20, bottom: points.length >= zoomFrom ? 64 : 32 },
    tooltip: {
      trigger: 'item' as const,
      confine: true,
      formatter: (hit: unknown) => describe((hit as { data: { point: Point } }).data.point),
    },
    xAxis: {
      type: 'time' as const,
      min: first - air,
      max: last + air,
      axisLabel: { formatter: (ms: number) => axisText(ms, last - first), hideOverlap: true, color: colours.faint },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value' as const,
      min,
      max,
      axisLabel: { color: colours.faint, showMinLabel: false, showMaxLabel: false },
      splitLine: { lineStyle: { color: '#eef1f4' } },
    },
    ...(points.length >= zoomFrom && {
      dataZoom: [
        { type: 'inside' as const, zoomOnMouseWheel: 'ctrl' as const },
        { type: 'slider' as const, height: 18, bottom: 8, labelFormatter: (ms: number) => moment(ms).date },
      ],
    }),
    series: [
      {
        type: 'line' as const,
        lineStyle: { color: colours.brand, width: 1.6 },
        symbolSize: 8,
        labelLayout: { hideOverlap: true },
        data: placed.map(({ ms, point }) => ({ value: [ms, point.value!], point, ...lookOf(point) })),
        markArea: {
          silent: true,
          itemStyle: { color: 'rgba(31, 122, 77, 0.10)' },
          data: bandOf(placed).map(({ fromMs, toMs, low, high }) => [
            { ...(Number.isFinite(fromMs) && { xAxis: fromMs }), ...(low !== undefined && { yAxis: low }) },
            { ...(Number.isFinite(toMs) && { xAxis: toMs }), ...(high !== undefined && { yAxis: high }) },
          ]) as never,
        },
      },
    ],
  }
}

const flagColours: Readonly<Record<Flag, string>> = {
  'critical-high': colours.critical,
  'critical-low': colours.critical,
  critical: colours.critical,
  high: colours.bad,
  low: '#1d5fb3',
  abnormal: colours.warn,
  normal: colours.good,
  none: colours.brand,
}

function lookOf({ flag, status }: Point) {
  const colour = flagColours[flag]
  const isCritical = flag.startsWith('critical')
  const hollow = status === 'corrected' || status === 'amended' || status === 'preliminary'
  return {
    symbol: isCritical ? 'diamond' : 'circle',
    symbolSize: isCritical ? 13 : 8,
    itemStyle: hollow ? { color: '#fff', borderColor: colour, borderWidth: 2 } : { color: colour },
    label:
      isCritical || flag === 'high' || flag === 'low'
        ? { show: true, formatter: '{@[1]}', color: colour, position: 'top' as const, fontSize: 11 }
        : {},
  }
}

/** Days within a few months, months beyond, hours within days; in Shanghai. */
function axisText(ms: number, spanMs: number): string {
  const { date, time } = moment(ms)
  if (spanMs < 4 * dayMs) return `${date.slice(5)}\n${time}`
  return spanMs < 400 * dayMs ? date.slice(5) : date.slice(0, 7)
}

/** Tooltips are markup: what a source wrote must not be. */
function clean(text: string): string {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`)
}
