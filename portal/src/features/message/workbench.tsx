// Source on the left, the chosen stage on the right, the trace between them.
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../api/client.ts'
import { useRights } from '../../api/session.ts'
import { useGet } from '../../api/use-get.ts'
import { readJson } from '../../json/exact.ts'
import { Frame } from '../../ui/panel.tsx'
import { ProblemView, Waiting } from '../../ui/state.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { Deliveries } from './deliveries.tsx'
import { Facts } from './facts.tsx'
import type { Life } from './message-page.tsx'
import type { Part } from './part.ts'
import { usePicking } from './picking.ts'
import { ResourcePane } from './resource-pane.tsx'
import { SegmentTree } from './segment-tree.tsx'
import { SourcePane } from './source-pane.tsx'
import { type StageName, stageNames, useStages } from './stages.ts'
import { Stepper } from './stepper.tsx'
import { type Spot, spotsOfParts, spotsOfSpans } from './trace.ts'

export function Workbench({ life }: { readonly life: Life }) {
  const { t } = useTranslation()
  const { message } = life
  const may = useRights()
  const seesBodies = may('message-bodies.read')
  const [url, change] = useUrlState(['stage'])
  const stage: StageName =
    stageNames.find(name => name === url.stage) ?? (seesBodies && message.status === 'processed' ? 'mapped' : 'received')
  const stages = useStages(message.id, seesBodies)
  const isHl7 = message.format === 'hl7v2'
  const parsed = useGet('/api/messages/{id}/parsed', { path: { id: message.id } }, { enabled: seesBodies && isHl7 })
  const text = parsed.data?.text ?? stages.data?.text
  const segments = (parsed.data?.segments ?? noParts) as readonly Part[]
  const spots = useSpots(isHl7, segments, text)
  const picking = usePicking(stages.data, spots)
  const faults = message.faults.length > 0 ? message.faults : [...(parsed.data?.faults ?? []), ...(stages.data?.faults ?? [])]
  const right = () => {
    if (stage === 'received') return <Facts life={life} />
    if (stage === 'delivered') return <Deliveries life={life} />
    if (!seesBodies) return <NoBodies />
    if (stage === 'parsed' && isHl7 && parsed.isPending) return <Taking />
    if (stage === 'parsed') return <SegmentTree segments={segments} picking={picking} spots={spots} isHl7={isHl7} />
    return <ResourcePane life={life} query={stages} stage={stage} picking={picking} spots={spots} />
  }
  return (
    <>
      <Stepper
        life={life}
        stages={stages.data}
        parts={isHl7 ? (parsed.data ? segments.length : undefined) : text === undefined ? undefined : spots.size}
        chosen={stage}
        onChoose={next => change({ stage: next })}
      />
      <div className="columns message-columns fill">
        {seesBodies ? (
          <SourcePane
            life={life}
            text={text}
            problem={parsed.error ?? stages.error}
            spots={spots}
            picking={picking}
            faults={faults}
            unread={stages.data?.unread ?? []}
          />
        ) : (
          <Frame title={t('message.source')}>
            <NoBodies />
          </Frame>
        )}
        {right()}
      </div>
    </>
  )
}

function Taking() {
  const { t } = useTranslation()
  return (
    <Frame title={t('message.stage.parsed')}>
      <Waiting rows={10} />
    </Frame>
  )
}

const noParts: readonly Part[] = []

function NoBodies() {
  const { t } = useTranslation()
  return <ProblemView problem={new Problem(403, { title: t('message.bodiesRight') })} />
}

function useSpots(isHl7: boolean, segments: readonly Part[], text: string | undefined): ReadonlyMap<string, Spot> {
  return useMemo(() => {
    const spots = isHl7 ? spotsOfParts(segments) : spotsOfSpans(readJson(text ?? '')?.spans ?? [])
    return new Map(spots.map(spot => [spot.path, spot]))
  }, [isHl7, segments, text])
}
