// What a figure is made of, as links: systems to their messages, document types to their documents, coverage to the gaps.
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { DataTable } from '../../ui/data-table.tsx'
import { Frame } from '../../ui/panel.tsx'
import { Empty } from '../../ui/state.tsx'
import type { Finding, Rating } from './rating-page.tsx'
import { Systems } from './systems.tsx'

type Evidence = Finding['evidence'][number]
export type CountableSystem = { readonly id: string; readonly name: string }

export function EvidenceOf({ finding, rating }: { readonly finding: Finding; readonly rating: Rating }) {
  const { t, i18n } = useTranslation()
  const title = t('rating.evidence', { title: finding.title[i18n.language === 'en' ? 'en' : 'zh'] })
  const systems = rating.systems as Readonly<Record<'internal' | 'external', readonly CountableSystem[]>>
  const body = () => {
    if (finding.measure === 'internalSystems') return <Systems systems={systems.internal} evidence={finding.evidence} />
    if (finding.measure === 'externalBodies') return <Systems systems={systems.external} evidence={finding.evidence} />
    if (finding.evidence.length === 0) return <Empty words={t('rating.noEvidence')} />
    if (finding.measure === 'documentTypes' || finding.measure === 'documentValidity') return <Documents rows={finding.evidence} />
    return <Figures rows={finding.evidence} isExchange={finding.measure === 'exchangeSuccess'} />
  }
  return (
    <Frame title={title} className="flush evidence">
      {body()}
    </Frame>
  )
}

/** Value `valid / produced`. */
function Documents({ rows }: { readonly rows: readonly Evidence[] }) {
  const { t } = useTranslation()
  const counts = (row: Evidence) => row.value.split('/').map(Number) as [number, number]
  return (
    <DataTable
      label={t('rating.document')}
      rows={rows}
      rowKey={row => row.label}
      columns={[
        { key: 'document', title: t('rating.document'), cell: row => <Link to={row.href}>{row.label}</Link> },
        { key: 'produced', title: t('rating.produced'), width: 120, align: 'right', cell: row => counts(row)[1].toLocaleString('en-US') },
        { key: 'valid', title: t('rating.valid'), width: 120, align: 'right', cell: row => counts(row)[0].toLocaleString('en-US') },
        { key: 'rate', title: t('rating.rate'), width: 120, align: 'right', cell: row => shareOf(...counts(row)) },
        { key: 'open', title: '', width: 90, cell: row => <Link to={row.href}>{t('rating.open')}</Link> },
      ]}
    />
  )
}

/** Never rounded up to 100 %. */
function shareOf(valid: number, produced: number) {
  const percent = produced === 0 ? 0 : Math.floor((valid / produced) * 10_000) / 100
  return <span className={valid === produced ? 'good' : 'warn'}>{`${percent} %`}</span>
}

function Figures({ rows, isExchange }: { readonly rows: readonly Evidence[]; readonly isExchange: boolean }) {
  const { t, i18n } = useTranslation()
  const labelOf = ({ label }: Evidence) => {
    const [zh, en = zh] = label.split(' · ')
    return i18n.language === 'en' ? en : zh
  }
  return (
    <DataTable
      label={t('rating.item')}
      rows={rows}
      rowKey={row => row.label}
      columns={[
        {
          key: 'label',
          title: t(isExchange ? 'dashboard.channel' : 'rating.item'),
          cell: row => <Link to={row.href}>{labelOf(row)}</Link>,
        },
        { key: 'value', title: t(isExchange ? 'rating.exchange' : 'rating.value'), width: 200, align: 'right', cell: row => row.value },
        { key: 'open', title: '', width: 90, cell: row => <Link to={row.href}>{t('rating.open')}</Link> },
      ]}
    />
  )
}
