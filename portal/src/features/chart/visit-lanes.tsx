// Visits in lanes, one bar per stay: the way Chinese clinicians think of a history. A click narrows every panel to that visit.
import { QuestionCircleOutlined } from '@ant-design/icons'
import { Segmented, Tooltip } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../ui/panel.tsx'
import { readDated } from '../../ui/shanghai.ts'
import { Tag } from '../../ui/tags.tsx'
import { Dated } from '../../ui/time.tsx'
import { useChart, useVisits, type Visit } from './chart-context.ts'
import { LaneDrawing } from './lane-drawing.tsx'
import { type Preset, presets, type Stretch, stretchOf } from './time-scale.ts'

export type Bar = { readonly visit: Visit; readonly fromMs: number; readonly toMs: number; readonly open: boolean }

export const lanes = ['outpatient', 'emergency', 'inpatient', 'prehospital', 'checkup', 'other'] as const
/** Lanes a clinician expects to see even when they are empty. */
const always: ReadonlySet<string> = new Set(['outpatient', 'emergency', 'inpatient'])

export function VisitLanes({
  chosen,
  onChoose,
}: {
  readonly chosen: string | undefined
  readonly onChoose: (visit: string | undefined) => void
}) {
  const { t } = useTranslation()
  const visits = useVisits()
  return (
    <Panel
      query={visits}
      className="lanes"
      label={t('chart.visits')}
      rows={2}
      isEmpty={answer => answer.visits.length === 0}
      empty={t('chart.noVisits')}
    >
      {answer => <Lanes visits={answer.visits} complete={answer.complete} chosen={chosen} onChoose={onChoose} />}
    </Panel>
  )
}

const dayMs = 86_400_000
/** Who lies in hospital does so until the end is said; a consultation that nobody closed ended with its day, observation after 72 hours. */
const openMsMax: Readonly<Record<Visit['lane'], number>> = {
  outpatient: dayMs,
  emergency: 3 * dayMs,
  inpatient: Infinity,
  prehospital: dayMs,
  checkup: dayMs,
  other: dayMs,
}

export function barsOf(visits: readonly Visit[], nowMs: number): Bar[] {
  return visits.flatMap(visit => {
    const start = readDated(visit.start ?? '')?.ms
    if (start === undefined || visit.status === 'planned' || visit.status === 'cancelled' || visit.status === 'entered-in-error') return []
    const end = readDated(visit.end ?? '')?.ms
    const goesOn = visit.status === 'in-progress' || visit.status === 'arrived' || visit.status === 'onleave'
    const open = end === undefined && goesOn && nowMs - start < openMsMax[visit.lane]
    return [{ visit, fromMs: start, toMs: Math.max(start, end ?? (open ? nowMs : start)), open }]
  })
}

function Lanes({
  visits,
  complete,
  chosen,
  onChoose,
}: {
  readonly visits: readonly Visit[]
  readonly complete: boolean
  readonly chosen: string | undefined
  readonly onChoose: (visit: string | undefined) => void
}) {
  const { t } = useTranslation()
  const [nowMs] = useState(() => Date.now())
  const bars = useMemo(() => barsOf(visits, nowMs), [visits, nowMs])
  const firstMs = Math.min(nowMs, ...bars.map(bar => bar.fromMs))
  const lastMs = Math.max(nowMs, ...bars.map(bar => bar.toMs))
  const [preset, setPreset] = useState<Preset | undefined>('all')
  const [stretch, setStretch] = useState<Stretch>(() => stretchOf('all', firstMs, lastMs))
  const choosePreset = (next: Preset) => {
    setPreset(next)
    setStretch(stretchOf(next, firstMs, lastMs))
  }
  const shown = lanes.filter(lane => always.has(lane) || bars.some(bar => bar.visit.lane === lane))
  const visit = visits.find(each => each.id === chosen)
  const planned = visits.filter(each => each.status === 'planned')
  return (
    <>
      <div className="lanes-head">
        <b>{t('chart.visits')}</b>
        <span className="faint">{t(complete ? 'chart.visitCount' : 'chart.visitCountMore', { count: bars.length })}</span>
        {planned.length > 0 && <Tag tone="quiet">{t('chart.planned', { count: planned.length })}</Tag>}
        {visit && <ChosenVisit visit={visit} onClear={() => onChoose(undefined)} />}
        <span className="grow" />
        <Tooltip title={t('chart.lanesHint')}>
          <QuestionCircleOutlined className="faint" />
        </Tooltip>
        <Segmented<Preset>
          size="small"
          aria-label={t('chart.range')}
          value={preset ?? ('' as Preset)}
          options={presets.map(name => ({ value: name, label: t(`chart.presets.${name}`) }))}
          onChange={choosePreset}
        />
      </div>
      <LaneDrawing
        lanes={shown}
        bars={bars}
        stretch={stretch}
        nowMs={nowMs}
        chosen={chosen}
        onChoose={onChoose}
        onMove={next => {
          setPreset(undefined)
          setStretch(next)
        }}
      />
    </>
  )
}

function ChosenVisit({ visit, onClear }: { readonly visit: Visit; readonly onClear: () => void }) {
  const { t } = useTranslation()
  const { showRaw } = useChart()
  return (
    <span className="row chosen-visit">
      <Tag tone={`lane-${visit.lane}`}>{t(`lanes.${visit.lane}`)}</Tag>
      <Dated text={visit.start} />
      <span>{[visit.department, visit.place, visit.doctor].filter((part, i, all) => part && all.indexOf(part) === i).join(' · ')}</span>
      <span className="cut">{visit.diagnoses.join('；') || visit.reason}</span>
      <button type="button" className="link" onClick={() => showRaw('Encounter', visit.id)}>
        {t('resource.open')}
      </button>
      <button type="button" className="link" onClick={onClear}>
        {t('chart.allVisits')}
      </button>
    </span>
  )
}
