// The banner: who this is, what must not be overlooked, and every doubt about identity. It never scrolls away.
import { Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Answer } from '../../api/use-get.ts'
import { termOf } from '../../i18n/index.ts'
import { SexAge } from '../../ui/person.tsx'
import { datedText, readDated } from '../../ui/shanghai.ts'
import { Tag } from '../../ui/tags.tsx'
import { Dated } from '../../ui/time.tsx'
import { useChart } from './chart-context.ts'
import { FlagSign } from './flag-sign.tsx'
import { legalTone } from './legal.ts'
import { Reveal } from './reveal.tsx'

export type BannerAnswer = Answer<'/api/patients/{tenant}/{id}'>

export function Banner({ banner }: { readonly banner: BannerAnswer }) {
  const { t } = useTranslation()
  const { showRaw } = useChart()
  const died = banner.deceased && banner.deceased !== 'true' ? readDated(banner.deceased)?.ms : undefined
  return (
    <section className="banner" aria-label={t('chart.banner')}>
      <div className="banner-line">
        <h1>{banner.name || t('patients.nameless')}</h1>
        {banner.otherNames.length > 0 && <span className="faint">{t('chart.otherNames', { names: banner.otherNames.join('、') })}</span>}
        <b>
          <SexAge sex={banner.sex} birthDate={banner.birthDate} nowMs={died ?? Date.now()} />
        </b>
        <span className="number">{banner.birthDate ?? t('chart.birthUnknown')}</span>
        {banner.deceased && (
          <Tag tone="quiet" sign="✝">
            {t('chart.deceased')} {banner.deceased !== 'true' && <Dated text={banner.deceased} />}
          </Tag>
        )}
        <Blood blood={banner.blood} />
        <Numbers banner={banner} />
      </div>
      <div className="banner-side">
        <span className="faint">{banner.tenantName}</span>{' '}
        <button type="button" className="link" onClick={() => showRaw('Patient', banner.id)}>
          {t('resource.open')}
        </button>
      </div>
      <div className="banner-line banner-flags">
        <Allergies banner={banner} />
        <Critical banner={banner} />
        <Current banner={banner} />
        <Doubts banner={banner} />
      </div>
    </section>
  )
}

/** As the laboratory last found it; the day is on hover. */
function Blood({ blood }: Pick<BannerAnswer, 'blood'>) {
  const { t } = useTranslation()
  if (!blood) return null
  const rhd = /阳|pos|\+/i.test(blood.rhd) ? '+' : /阴|neg|-/i.test(blood.rhd) ? '−' : ''
  return (
    <Tooltip title={t('chart.bloodFrom', { at: datedText(blood.at) })}>
      <span className="nowrap">
        <span className="faint">{t('chart.blood')}</span> <b className={rhd === '−' ? 'bad' : ''}>{`${blood.abo}${rhd && ` RhD${rhd}`}`}</b>
      </span>
    </Tooltip>
  )
}

function Numbers({ banner }: { readonly banner: BannerAnswer }) {
  const { t } = useTranslation()
  const insurance = termOf('chart.insuranceTypes', banner.insurance)
  return (
    <>
      {shownNumbers(banner).map(({ label, value }) => (
        <Labelled key={`${label} ${value}`} name={termOf('identifierTypes', label)}>
          <span className="mono">{value}</span>
        </Labelled>
      ))}
      {banner.phones.slice(0, 1).map(({ value }) => (
        <Labelled key={value} name={t('chart.phone')}>
          <span className="mono">{value}</span>
        </Labelled>
      ))}
      {(banner.identifiers.some(each => each.masked) || banner.phones.length > 0) && <Reveal />}
      {insurance && <Labelled name={t('chart.insurance')}>{insurance}</Labelled>}
    </>
  )
}

/** The record number and the card; the rest is behind “show full numbers”. */
function shownNumbers({ identifiers }: BannerAnswer): BannerAnswer['identifiers'] {
  const rank = ({ label }: BannerAnswer['identifiers'][number]) => (label === 'MR' ? 0 : label === 'NNCHN' || label === 'NI' ? 1 : 2)
  return [...identifiers].sort((a, b) => rank(a) - rank(b)).slice(0, 2)
}

function Labelled({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <span className="nowrap">
      <span className="faint">{name}</span> {children}
    </span>
  )
}

const allergiesShown = 4
const criticalShown = 3

function Allergies({ banner }: { readonly banner: BannerAnswer }) {
  const { t } = useTranslation()
  const { showRaw } = useChart()
  const active = banner.allergies.filter(allergy => allergy.status !== 'resolved' && allergy.status !== 'inactive')
  if (active.length === 0) return <Tag tone="quiet">{t('chart.noAllergies')}</Tag>
  return (
    <span className="flags">
      {active.slice(0, allergiesShown).map(allergy => (
        <Tooltip
          key={allergy.id}
          title={[...allergy.reactions, termOf('chart.criticality', allergy.criticality)].filter(Boolean).join(' · ')}
        >
          <button type="button" className="tag tag-bad" onClick={() => showRaw('AllergyIntolerance', allergy.id)}>
            <i aria-hidden="true">⚠</i>
            {t('chart.allergy')} {allergy.name}
          </button>
        </Tooltip>
      ))}
      {active.length > allergiesShown && (
        <Tooltip
          title={active
            .slice(allergiesShown)
            .map(allergy => allergy.name)
            .join('、')}
        >
          <span>
            <Tag tone="bad">{t('chart.moreAllergies', { count: active.length - allergiesShown })}</Tag>
          </span>
        </Tooltip>
      )}
    </span>
  )
}

function Critical({ banner }: { readonly banner: BannerAnswer }) {
  const { t } = useTranslation()
  const { showTrend } = useChart()
  const rest = banner.critical.slice(criticalShown)
  return (
    <>
      {banner.critical.slice(0, criticalShown).map(value => (
        <button type="button" key={value.id} className="tag tag-critical" onClick={() => showTrend(value.key)}>
          <i aria-hidden="true">⚠</i>
          {t('chart.critical')} {value.name} {value.text} {value.unit} <FlagSign flag={value.flag} /> <Dated text={value.at} />
        </button>
      ))}
      {rest.length > 0 && (
        <Tooltip title={rest.map(value => `${value.name} ${value.text} ${value.unit}`).join('、')}>
          <span>
            <Tag tone="critical">{t('chart.moreCritical', { count: rest.length })}</Tag>
          </span>
        </Tooltip>
      )}
    </>
  )
}

function Current({ banner: { current } }: { readonly banner: BannerAnswer }) {
  const { t } = useTranslation()
  if (!current) return null
  return (
    <>
      <Tag tone="info" sign="●">
        {t(current.lane === 'inpatient' ? 'chart.inHospital' : 'chart.inEmergency')}{' '}
        {[current.department, current.place, current.doctor].filter(Boolean).join(' · ')}
      </Tag>
      {current.legalStatus && (
        <Tooltip title={t('chart.legalHint')}>
          <span>
            <Tag tone={legalTone(current.legalStatus)}>
              {t('chart.legal')} {current.legalStatus}
            </Tag>
          </span>
        </Tooltip>
      )}
    </>
  )
}

/** Provisional, merged, linked: what makes the picture incomplete is said where the name stands. */
function Doubts({ banner }: { readonly banner: BannerAnswer }) {
  const { t } = useTranslation()
  const address = (id: string) => `/patients/${banner.tenant}/${id}`
  return (
    <>
      {banner.provisional && (
        <Tooltip title={t('chart.provisionalHint')}>
          <span>
            <Tag tone="warn" sign="?">
              {t('patients.provisional')}
            </Tag>
          </span>
        </Tooltip>
      )}
      {!banner.active && !banner.mergedInto && <Tag tone="quiet">{t('chart.inactive')}</Tag>}
      {banner.mergedInto && (
        <Tag tone="warn" sign="⇒">
          {t('chart.mergedInto')} <Link to={address(banner.mergedInto.id)}>{`${banner.mergedInto.name} ${banner.mergedInto.number}`}</Link>
        </Tag>
      )}
      {banner.merged.length > 0 && (
        <Tag tone="quiet" sign="⇐">
          {t('chart.covers', { numbers: banner.merged.map(other => other.number).join('、') })}
        </Tag>
      )}
      {banner.linked.map(other => (
        <Tag key={other.id} tone="info" sign="↔">
          {t('chart.linked')} <Link to={address(other.id)}>{`${other.name} ${other.number}`}</Link>
        </Tag>
      ))}
    </>
  )
}
