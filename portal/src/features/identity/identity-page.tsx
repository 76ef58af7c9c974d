// Identity: questions only a person can answer, those answered, and merges with their undo.
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/page.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { Merges } from './merges.tsx'
import { Reviews } from './reviews.tsx'
import { useReviews } from './use-identity.ts'
import './identity.css'

const tabs = ['open', 'decided', 'merges'] as const

export default function IdentityPage() {
  const { t } = useTranslation()
  const [url, change] = useUrlState(['tab', 'review'])
  const tab = tabs.find(each => each === url.tab) ?? 'open'
  const waiting = useReviews('open').data?.reviews.length
  return (
    <Page
      fill
      title={t('navigation.identity')}
      sub={
        <Segmented
          value={tab}
          options={tabs.map(each => ({
            value: each,
            label: each === 'open' && waiting !== undefined ? `${t('identity.tabs.open')} ${waiting}` : t(`identity.tabs.${each}`),
          }))}
          onChange={next => change({ tab: next === 'open' ? undefined : next, review: undefined })}
        />
      }
    >
      {tab === 'merges' ? <Merges /> : <Reviews key={tab} state={tab} />}
    </Page>
  )
}
