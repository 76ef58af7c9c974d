// Interop self-assessment: items of the scheme against what ran; every figure opens the rows behind it.
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Answer, useGet } from '../../api/use-get.ts'
import { Page } from '../../ui/page.tsx'
import { Answered } from '../../ui/panel.tsx'
import { Empty } from '../../ui/state.tsx'
import { Instant } from '../../ui/time.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { EvidenceOf } from './evidence.tsx'
import { FindingCard } from './finding-card.tsx'
import './rating.css'

export type Rating = Answer<'/api/rating'>
export type Hospital = Rating['hospitals'][number]
export type Finding = Hospital['findings'][number]

const refreshMs = 30_000

export default function RatingPage() {
  const { t, i18n } = useTranslation()
  const rating = useGet('/api/rating', {}, { everyMs: refreshMs })
  const [url, change] = useUrlState(['tenant', 'item'])
  const hospitals = rating.data?.hospitals ?? []
  const hospital = hospitals.find(each => each.tenant === url.tenant) ?? hospitals[0]
  const language = i18n.language === 'en' ? 'en' : 'zh'
  return (
    <Page
      title={t('navigation.rating')}
      sub={rating.data && <span>{rating.data.title[language]}</span>}
      extra={
        hospitals.length > 1 && (
          <Segmented
            aria-label={t('rating.hospital')}
            value={hospital?.tenant ?? ''}
            options={hospitals.map(({ tenant, name }) => ({ value: tenant, label: name }))}
            onChange={tenant => change({ tenant })}
          />
        )
      }
    >
      <Answered query={rating} rows={12}>
        {answer =>
          hospital ? (
            <HospitalView
              rating={answer}
              hospital={hospital}
              chosen={hospital.findings.find(each => each.id === url.item) ?? hospital.findings[0]!}
              onChoose={item => change({ item })}
            />
          ) : (
            <Empty words={t('rating.noHospitals')} />
          )
        }
      </Answered>
    </Page>
  )
}

function HospitalView({
  rating,
  hospital,
  chosen,
  onChoose,
}: {
  readonly rating: Rating
  readonly hospital: Hospital
  readonly chosen: Finding
  readonly onChoose: (item: string) => void
}) {
  const { t, i18n } = useTranslation()
  const met = hospital.findings.filter(finding => finding.met).length
  const [statusZh, statusEn = statusZh] = rating.status.split(' · ')
  return (
    <>
      <div className="findings">
        <section className="finding summary" aria-label={t('rating.result')}>
          <span className="finding-title">{hospital.name}</span>
          <span className="finding-figure">
            <b>{t('rating.summary', { met, count: hospital.findings.length })}</b>
          </span>
          <span className="faint">{i18n.language === 'en' ? statusEn : statusZh}</span>
          <span className="finding-foot faint">
            <span>{t('rating.window', { days: Math.round(rating.windowHours / 24) })}</span>
            <Instant ms={rating.atMs} />
          </span>
        </section>
        {hospital.findings.map(finding => (
          <FindingCard key={finding.id} finding={finding} chosen={finding.id === chosen.id} onChoose={() => onChoose(finding.id)} />
        ))}
      </div>
      <EvidenceOf finding={chosen} rating={rating} />
    </>
  )
}
