// One question: why it is asked, who the candidates are, and the answers a person may give.
import { App, Button, Checkbox } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Frame } from '../../ui/panel.tsx'
import { Instant } from '../../ui/time.tsx'
import { type Candidate, candidateOf, candidateOfCard, cardOf, isHolder } from './candidate.ts'
import { Comparison } from './comparison.tsx'
import { type Review, useCarriers, useDecide, type Verdict } from './use-identity.ts'

/** More would not fit side by side; they are questions of their own. */
const carriersMax = 2

const verdicts: readonly Verdict[] = ['same-person', 'different-persons', 'dismissed']

export function ReviewView({ review }: { readonly review: Review }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { candidates, titles } = useCandidates(review)
  return (
    <Frame
      className="review-view"
      title={
        <>
          {t(`identity.reason.${review.reason as 'same-card-other-name'}`)} <span className="faint review-tenant">{review.tenant}</span>
        </>
      }
      label={t('identity.question')}
      extra={
        <Checkbox checked={open} onChange={event => setOpen(event.target.checked)}>
          {t('identity.openNumbers')}
        </Checkbox>
      }
    >
      <p className="review-why">{t(`identity.why.${review.reason as 'same-card-other-name'}`)}</p>
      <p className="faint">
        {t('identity.raisedBy')}{' '}
        <Link className="mono" to={`/messages/${review.message}`}>
          {review.message}
        </Link>{' '}
        · <Instant ms={review.atMs} long />
      </p>
      <Comparison candidates={candidates} titles={titles} tenant={review.tenant} open={open} />
      <Answers review={review} />
    </Frame>
  )
}

function useCandidates(review: Review): { readonly candidates: readonly Candidate[]; readonly titles: readonly string[] } {
  const { t } = useTranslation()
  const card = review.patients.map(cardOf).find(Boolean)
  const known = useMemo(() => review.patients.map(({ id }) => id), [review])
  const holder = card === undefined ? undefined : candidateOfCard(card)
  const isAlone = review.patients.length === 1
  const others = useCarriers(review.tenant, isAlone ? card : undefined, known).data ?? []
  const carriers = others.filter(patient => holder && isHolder(patient, holder)).slice(0, carriersMax)
  const named = [
    ...review.patients.map(
      (patient, i) => [candidateOf(patient), isAlone ? t('identity.alone') : t('identity.patient', { letter: 'AB'[i] ?? '' })] as const,
    ),
    ...(holder ? [[holder, t('identity.cardSays')] as const] : []),
    ...carriers.map(patient => [candidateOf(patient), t('identity.carrier')] as const),
  ]
  return { candidates: named.map(([candidate]) => candidate), titles: named.map(([, title]) => title) }
}

function Answers({ review }: { readonly review: Review }) {
  const { t } = useTranslation()
  const { message, modal } = App.useApp()
  const words = review.patients.length > 1 ? 'pair' : 'single'
  const decide = useDecide(
    (_review, verdict) => void message.success(t('identity.decided', { verdict: t(`identity.${words}.${verdict}`) })),
  )
  const answer = (verdict: Verdict) =>
    decide.mutate({ review, verdict }, { onError: problem => void message.error(problem.message || t('ui.unreachable')) })
  const ask = (verdict: Verdict) =>
    verdict === 'same-person' && words === 'pair'
      ? modal.confirm({
          title: t('identity.pair.same-person'),
          content: t('identity.linkAsk'),
          okText: t('identity.pair.same-person'),
          onOk: () => answer(verdict),
        })
      : answer(verdict)
  const taken = review.decision?.verdict
  return (
    <div className="review-answers">
      {review.decision && (
        <p>
          ✓ {t('identity.decided', { verdict: t(`identity.${words}.${review.decision.verdict}`) })}{' '}
          <span className="faint">
            {review.decision.by.replace(/^user:/, '')} · <Instant ms={review.decision.atMs} long />
          </span>
        </p>
      )}
      <div className="row">
        {verdicts
          .filter(verdict => verdict !== taken)
          .map(verdict => (
            <Button
              key={verdict}
              type={taken === undefined && verdict === 'same-person' && words === 'pair' ? 'primary' : 'default'}
              loading={decide.isPending && decide.variables.verdict === verdict}
              disabled={decide.isPending}
              onClick={() => ask(verdict)}
            >
              {taken === 'same-person' && words === 'pair' && verdict === 'different-persons'
                ? t('identity.unlink')
                : t(`identity.${words}.${verdict}`)}
            </Button>
          ))}
        <span className="faint">{t(`identity.${words}.hint`)}</span>
      </div>
    </div>
  )
}
