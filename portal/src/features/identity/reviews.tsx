// The list of questions on the left, the chosen one on the right; j and k walk the list.
import { useTranslation } from 'react-i18next'
import { DataTable } from '../../ui/data-table.tsx'
import { Answered, Frame } from '../../ui/panel.tsx'
import { useRowKeys } from '../../ui/row-keys.ts'
import { Tag } from '../../ui/tags.tsx'
import { Instant } from '../../ui/time.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { nameText } from './candidate.ts'
import { ReviewView } from './review-view.tsx'
import { type Review, useReviews } from './use-identity.ts'

const tones: Readonly<Record<string, string>> = {
  'newborn-on-mothers-card': 'info',
  'card-not-of-patient': 'bad',
  'same-card-other-name': 'warn',
  'same-record-number': 'warn',
}

export function Reviews({ state }: { readonly state: 'open' | 'decided' }) {
  const { t } = useTranslation()
  const reviews = useReviews(state)
  return (
    <Answered
      query={reviews}
      isEmpty={answer => answer.reviews.length === 0}
      empty={t(state === 'open' ? 'identity.noOpen' : 'identity.noDecided')}
      rows={10}
    >
      {answer => <ReviewList reviews={answer.reviews as unknown as readonly Review[]} />}
    </Answered>
  )
}

function ReviewList({ reviews }: { readonly reviews: readonly Review[] }) {
  const { t } = useTranslation()
  const [url, change] = useUrlState(['review'])
  const keyOf = (review: Review) => `${review.tenant} ${review.key}`
  const open = (review: Review) => change({ review: keyOf(review) })
  const at = Math.max(
    0,
    reviews.findIndex(review => keyOf(review) === url.review),
  )
  const { marked } = useRowKeys(reviews, open)
  return (
    <div className="columns review-columns fill">
      <Frame className="flush" label={t('identity.questions')}>
        <DataTable
          fill
          label={t('identity.questions')}
          rows={reviews}
          rowKey={keyOf}
          marked={marked >= 0 ? marked : at}
          onOpen={open}
          rowClass={review => (review === reviews[at] ? 'row-marked' : '')}
          columns={[
            {
              key: 'reason',
              title: t('identity.reasonColumn'),
              width: 176,
              cell: ({ reason }) => <Tag tone={tones[reason] ?? 'warn'}>{t(`identity.reason.${reason as 'same-card-other-name'}`)}</Tag>,
            },
            {
              key: 'who',
              title: t('identity.who'),
              cell: review => review.patients.map(patient => nameText(patient.name?.[0]) || '—').join(' / '),
            },
            { key: 'tenant', title: t('dashboard.tenant'), width: 64, cell: review => review.tenant },
            { key: 'at', title: t('identity.raised'), width: 88, cell: review => <Instant ms={review.atMs} /> },
          ]}
        />
      </Frame>
      <ReviewView key={keyOf(reviews[at]!)} review={reviews[at]!} />
    </div>
  )
}
