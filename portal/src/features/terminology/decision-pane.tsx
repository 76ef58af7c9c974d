// One code: where it comes from, and the standard code it is to become, found by name, code or pinyin initials.
import { App, Button, Input, Radio } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useRights } from '../../api/session.ts'
import { Frame } from '../../ui/panel.tsx'
import { Instant } from '../../ui/time.tsx'
import { type Decision, equivalences, type Gap, type Hit, useDecide } from './gaps.ts'
import { TargetSearch } from './target-search.tsx'

export function DecisionPane({ gap }: { readonly gap: Gap }) {
  const { t } = useTranslation()
  const may = useRights()
  return (
    <Frame title={t('codes.decide', { code: gap.code })} label={t('codes.target')} className="decision scroll">
      <dl className="gap-facts">
        <Fact name={t('codes.local')}>
          <b className="mono">{gap.code}</b> {gap.display}
        </Fact>
        <Fact name={t('codes.map')}>
          <span className="mono">{gap.map}</span>
        </Fact>
        <Fact name={t('codes.targetSystem')}>
          {gap.target?.name ?? '—'} <span className="mono faint">{gap.target?.system}</span>
        </Fact>
        <Fact name={t('codes.example')}>
          <Link className="mono" to={`/messages/${gap.example}?stage=coded`}>
            {gap.example}
          </Link>
          <span className="faint">
            {' '}
            {t('codes.first')} <Instant ms={gap.firstSeenMs} />
          </span>
        </Fact>
        <Fact name={t('codes.replay')}>
          <Link to={`/messages?q=${encodeURIComponent(gap.code)}&tenant=${gap.tenant}&range=week`}>
            {t('codes.times', { count: gap.count })}
          </Link>
        </Fact>
      </dl>
      {may('terminology.write') ? <DecisionForm gap={gap} /> : <p className="faint">{t('codes.readOnly')}</p>}
    </Frame>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt className="faint">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function DecisionForm({ gap }: { readonly gap: Gap }) {
  const { t } = useTranslation()
  const { message, modal } = App.useApp()
  const decide = useDecide()
  const [target, setTarget] = useState<Omit<Hit, 'systemName'> | undefined>(gap.suggestion && { display: '', ...gap.suggestion })
  const [equivalence, setEquivalence] = useState<(typeof equivalences)[number]>('equivalent')
  const [comment, setComment] = useState('')
  const save = (decision: Decision) =>
    decide.mutate([{ ...decision, ...(comment.trim() ? { comment: comment.trim() } : {}) }], {
      onSuccess: () => void message.success(t('codes.saved')),
      onError: problem => void message.error(problem.message || t('ui.unreachable')),
    })
  const none = () =>
    modal.confirm({
      title: t('codes.unmatched'),
      content: t('codes.unmatchedAsk', { code: gap.code }),
      okText: t('codes.unmatched'),
      onOk: () => save({ gap, target: null }),
    })
  return (
    <>
      <TargetSearch gap={gap} target={target} onChoose={setTarget} />
      <div className="decision-relation">
        <span className="faint">{t('codes.equivalence')}</span>
        <Radio.Group
          value={equivalence}
          options={equivalences.map(each => ({ value: each, label: t(`codes.equivalences.${each}`) }))}
          onChange={event => setEquivalence(event.target.value)}
        />
      </div>
      <Input
        placeholder={t('codes.comment')}
        aria-label={t('codes.comment')}
        maxLength={500}
        value={comment}
        onChange={event => setComment(event.target.value)}
      />
      <div className="row decision-actions">
        <Button
          type="primary"
          disabled={!target}
          loading={decide.isPending}
          onClick={() =>
            target &&
            save({
              gap,
              target: { system: target.system, code: target.code, ...(target.display ? { display: target.display } : {}) },
              equivalence,
            })
          }
        >
          {t('codes.save')}
        </Button>
        <Button onClick={none}>{t('codes.unmatched')}</Button>
      </div>
    </>
  )
}
