// The six stages as steps: what happened at each in a word, a click shows it.
import { useTranslation } from 'react-i18next'
import { durationText } from '../../ui/time.tsx'
import type { Life } from './message-page.tsx'
import { type StageName, type Stages, stageNames } from './stages.ts'

type Step = { readonly note: string; readonly tone: '' | 'good' | 'bad' | 'warn' | 'quiet' }

export function Stepper({
  life,
  stages,
  parts,
  chosen,
  onChoose,
}: {
  readonly life: Life
  readonly stages: Stages | undefined
  /** Number of segments, where the message could be taken apart. */
  readonly parts: number | undefined
  readonly chosen: StageName
  readonly onChoose: (stage: StageName) => void
}) {
  const { t } = useTranslation()
  const steps = useSteps(life, stages, parts)
  return (
    <div className="stepper" role="tablist" aria-label={t('message.stages')}>
      {stageNames.map((name, i) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={chosen === name}
          className={`step ${chosen === name ? 'chosen' : ''} ${steps[name].tone}`}
          onClick={() => onChoose(name)}
        >
          <span className="step-number">{i + 1}</span>
          <span>
            <b>{t(`message.stage.${name}`)}</b>
            <small>{steps[name].note}</small>
          </span>
        </button>
      ))}
    </div>
  )
}

function useSteps(life: Life, stages: Stages | undefined, parts: number | undefined): Readonly<Record<StageName, Step>> {
  const { t } = useTranslation()
  const { message, effects, deliveries } = life
  const waiting = { note: t('message.step.waiting'), tone: 'quiet' } as const
  const sent = deliveries.filter(delivery => delivery.status === 'sent').length
  const settled = message.settledAtMs === undefined ? '' : durationText(message.settledAtMs - message.receivedAtMs)
  const refused = message.status === 'rejected' || message.status === 'quarantined'
  return {
    received: {
      note: t('message.step.received', { ack: message.ack || '—', charset: message.charset || '—' }),
      tone: refused ? 'bad' : 'good',
    },
    parsed: parts === undefined ? waiting : { note: t('message.step.parsed', { count: parts }), tone: parts === 0 ? 'bad' : 'good' },
    mapped: stages
      ? {
          note: t('message.step.mapped', { count: stages.resources.length, unread: stages.unread.length }),
          tone: stages.resources.length === 0 ? 'bad' : 'good',
        }
      : waiting,
    coded: stages?.resources.length
      ? { note: t('message.step.coded', { count: stages.gaps.length }), tone: stages.gaps.length > 0 ? 'warn' : 'good' }
      : waiting,
    stored: {
      note:
        message.status === 'processed'
          ? t('message.step.stored', { count: effects.length, took: settled })
          : t(`messageStatus.${message.status}`),
      tone: storedTone(message.status),
    },
    delivered: {
      note: deliveries.length === 0 ? t('message.step.noDelivery') : t('message.step.delivered', { sent, count: deliveries.length }),
      tone: deliveries.length === 0 ? 'quiet' : sent === deliveries.length ? 'good' : 'warn',
    },
  }
}

function storedTone(status: Life['message']['status']): Step['tone'] {
  if (status === 'processed') return 'good'
  if (status === 'filtered' || status === 'duplicate' || status === 'received') return 'quiet'
  return status === 'retrying' ? 'warn' : 'bad'
}
