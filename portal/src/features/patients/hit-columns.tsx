// Columns of the patients found: what tells namesakes apart, numbers masked.
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Column } from '../../ui/data-table.tsx'
import { SexAge } from '../../ui/person.tsx'
import { Tag } from '../../ui/tags.tsx'
import { Dated } from '../../ui/time.tsx'
import type { Hit } from './patients-page.tsx'

export function chartAddress({ tenant, id }: { readonly tenant: string; readonly id: string }): string {
  return `/patients/${tenant}/${id}`
}

export function useHitColumns(): readonly Column<Hit>[] {
  const { t } = useTranslation()
  const nowMs = Date.now()
  return [
    {
      key: 'name',
      title: t('patients.name'),
      width: 190,
      cell: hit => (
        <span className="row">
          <Link to={chartAddress(hit)}>
            <b>{hit.name || t('patients.nameless')}</b>
          </Link>
          {hit.provisional && <Tag tone="warn">{t('patients.provisional')}</Tag>}
          {hit.mergedInto && <Tag tone="quiet">{t('patients.merged')}</Tag>}
        </span>
      ),
    },
    { key: 'sex', title: t('patients.sexAge'), width: 90, cell: hit => <SexAge sex={hit.sex} birthDate={hit.birthDate} nowMs={nowMs} /> },
    { key: 'birth', title: t('patients.birth'), width: 100, cell: hit => <span className="number">{hit.birthDate ?? '—'}</span> },
    { key: 'number', title: t('patients.number'), width: 120, cell: hit => <span className="mono cut">{hit.number}</span> },
    { key: 'card', title: t('patients.card'), width: 160, cell: hit => <span className="mono nowrap">{hit.idCard || '—'}</span> },
    { key: 'phone', title: t('patients.phone'), width: 110, cell: hit => <span className="mono nowrap">{hit.phone || '—'}</span> },
    { key: 'tenant', title: t('patients.hospital'), width: 160, cell: hit => hit.tenantName },
    { key: 'last', title: t('patients.lastVisit'), cell: hit => <LastVisit hit={hit} /> },
  ]
}

function LastVisit({ hit: { lastVisit } }: { readonly hit: Hit }) {
  const { t } = useTranslation()
  if (!lastVisit) return <span className="faint">—</span>
  return (
    <span className="row">
      <Tag tone={`lane-${lastVisit.lane}`}>{t(`lanes.${lastVisit.lane}`)}</Tag>
      <Dated text={lastVisit.start} />
      <span>{lastVisit.department}</span>
      {lastVisit.status === 'in-progress' && lastVisit.lane === 'inpatient' && <Tag tone="info">{t('patients.ongoing')}</Tag>}
    </span>
  )
}
