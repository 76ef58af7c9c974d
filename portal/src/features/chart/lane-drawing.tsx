// The lanes as SVG: bars over time, dragged sideways to move, the wheel with Ctrl to zoom; a visit of an hour is still wide enough to hit.
import type { TFunction } from 'i18next'
import { useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { datedText } from '../../ui/shanghai.ts'
import type { Visit } from './chart-context.ts'
import { LaneHint } from './lane-hint.tsx'
import { useDrag, useLaneKeys, useWidth, useZoom } from './lane-moves.ts'
import { placeOf, type Stretch, ticksOf } from './time-scale.ts'
import type { Bar, lanes as laneNames } from './visit-lanes.tsx'

type Lane = (typeof laneNames)[number]

const laneHeight = 24
const axisHeight = 18
export const nameWidth = 72
const barWidthMin = 7
/** `2026-11` in the small letters of the axis. */
const labelWidth = 50

export function LaneDrawing({
  lanes,
  bars,
  stretch,
  nowMs,
  chosen,
  onChoose,
  onMove,
}: {
  readonly lanes: readonly Lane[]
  readonly bars: readonly Bar[]
  readonly stretch: Stretch
  readonly nowMs: number
  readonly chosen: string | undefined
  readonly onChoose: (visit: string | undefined) => void
  readonly onMove: (stretch: Stretch) => void
}) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const clip = useId()
  const width = useWidth(box) - nameWidth
  const drag = useDrag(stretch, width, onMove)
  useZoom(box, stretch, width, onMove)
  const keys = useLaneKeys(stretch, onMove)
  const height = lanes.length * laneHeight + axisHeight
  const inSight = bars.filter(bar => bar.toMs >= stretch.fromMs && bar.fromMs <= stretch.toMs)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the visits in it have the focus; their keys are heard here
    <div className="lane-box" ref={box} onKeyDown={keys}>
      {width > 0 && (
        // biome-ignore lint/a11y/noSvgWithoutTitle: the panel has the name, and a title would cover the bars' own hints
        <svg width={width + nameWidth} height={height} {...drag.handlers}>
          {lanes.map((lane, i) => (
            <g key={lane}>
              <rect
                x={nameWidth}
                y={i * laneHeight}
                width={width}
                height={laneHeight}
                className={i % 2 ? 'lane-ground odd' : 'lane-ground'}
              />
              <text x={nameWidth - 10} y={i * laneHeight + 16} textAnchor="end" className="lane-name">
                {t(`lanes.${lane}`)}
              </text>
            </g>
          ))}
          <clipPath id={clip}>
            <rect width={width} height={height} />
          </clipPath>
          <g transform={`translate(${nameWidth} 0)`} clipPath={`url(#${clip})`}>
            <Axis stretch={stretch} width={width} height={height} nowMs={nowMs} />
            {inSight.map(bar => (
              <LaneBar
                key={bar.visit.id}
                bar={bar}
                label={labelOf(bar.visit, t)}
                y={lanes.indexOf(bar.visit.lane) * laneHeight}
                from={placeOf(bar.fromMs, stretch, width)}
                to={placeOf(bar.toMs, stretch, width)}
                chosen={bar.visit.id === chosen}
                onChoose={() => drag.moved() || onChoose(bar.visit.id === chosen ? undefined : bar.visit.id)}
              />
            ))}
          </g>
        </svg>
      )}
      <LaneHint box={box} />
    </div>
  )
}

function Axis({
  stretch,
  width,
  height,
  nowMs,
}: {
  readonly stretch: Stretch
  readonly width: number
  readonly height: number
  readonly nowMs: number
}) {
  const now = placeOf(nowMs, stretch, width)
  return (
    <>
      {ticksOf(stretch, width).map(({ ms, label }) => {
        const x = placeOf(ms, stretch, width)
        return (
          <g key={ms}>
            <line x1={x} x2={x} y1={0} y2={height - axisHeight} className="lane-tick" />
            {x + labelWidth < width && (
              <text x={x + 3} y={height - 5} className="lane-label">
                {label}
              </text>
            )}
          </g>
        )
      })}
      <line x1={now} x2={now} y1={0} y2={height - axisHeight} className="lane-now" />
    </>
  )
}

function LaneBar({
  bar,
  label,
  y,
  from,
  to,
  chosen,
  onChoose,
}: {
  readonly bar: Bar
  readonly label: string
  readonly y: number
  readonly from: number
  readonly to: number
  readonly chosen: boolean
  readonly onChoose: () => void
}) {
  const { visit, open } = bar
  const width = Math.max(barWidthMin, to - from)
  const left = Math.max(0, from)
  const textWidth = from + width - left - 8
  return (
    // biome-ignore lint/a11y/useSemanticElements: an SVG has no button
    <g
      role="button"
      tabIndex={0}
      aria-label={label}
      aria-pressed={chosen}
      className={`lane-bar ${visit.lane}${chosen ? ' chosen' : ''}${open ? ' open' : ''}`}
      onClick={onChoose}
      onKeyDown={event => (event.key === 'Enter' || event.key === ' ') && onChoose()}
    >
      <rect x={from} y={y + 4} width={width} height={laneHeight - 8} rx={3} />
      {textWidth > 30 && (
        <text x={left + 5} y={y + 16} className="lane-text">
          {(visit.diagnoses[0] ?? visit.department).slice(0, Math.floor(textWidth / 12))}
        </text>
      )}
    </g>
  )
}

function labelOf(visit: Visit, t: TFunction): string {
  const end = visit.end
    ? ` – ${datedText(visit.end)}`
    : visit.status === 'in-progress' && visit.lane === 'inpatient'
      ? ` – ${t('patients.ongoing')}`
      : ''
  const time = `${datedText(visit.start ?? '')}${end}`
  const why = visit.diagnoses.join('；') || visit.reason
  return [t(`lanes.${visit.lane}`), time, visit.department, visit.doctor, why].filter(Boolean).join(' · ')
}
