// The audit trail of one tenant: who did what to whom, newest first; filters in the URL.
import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSession } from '../../api/session.ts'
import { termOf, termsOf } from '../../i18n/index.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Page } from '../../ui/page.tsx'
import { Frame } from '../../ui/panel.tsx'
import { Empty, ProblemView, Waiting } from '../../ui/state.tsx'
import { Tag } from '../../ui/tags.tsx'
import { Instant } from '../../ui/time.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { WordField } from '../../ui/word-field.tsx'
import { auditFilters, type Entry, useTrail } from './use-trail.ts'

export default function AuditPage() {
  const { t } = useTranslation()
  const [filters, change] = useUrlState(auditFilters)
  const tenants = useSession().data?.tenants ?? []
  const tenant = tenants.find(each => each === filters.tenant) ?? (tenants.includes('SYSTEM') ? 'SYSTEM' : tenants[0])
  const trail = useTrail(tenant, filters)
  const rows = trail.data ?? []
  const columns = useAuditColumns(tenant ?? '')
  const loadMore = () => trail.hasNextPage && !trail.isFetchingNextPage && void trail.fetchNextPage()
  return (
    <Page fill title={t('navigation.audit')} sub={trail.data && t('audit.shown', { count: rows.length })}>
      <search className="filters" aria-label={t('navigation.audit')}>
        <Select
          style={{ width: 130 }}
          aria-label={t('audit.tenant')}
          value={tenant}
          options={tenants.map(each => ({ value: each, label: each }))}
          onChange={next => change({ tenant: next })}
        />
        <WordField search width={200} label={t('audit.who')} value={filters.principal} onChange={principal => change({ principal })} />
        <Select
          allowClear
          showSearch
          optionFilterProp="label"
          style={{ width: 160 }}
          placeholder={t('audit.anyAction')}
          aria-label={t('audit.action')}
          value={filters.action}
          options={Object.entries(termsOf('audit.actions')).map(([value, label]) => ({ value, label }))}
          onChange={(action?: string) => change({ action })}
        />
        <WordField width={240} label={t('audit.patient')} value={filters.patient} onChange={patient => change({ patient })} />
        {(filters.principal || filters.action || filters.patient) && (
          <Button type="link" onClick={() => change({ principal: undefined, action: undefined, patient: undefined })}>
            {t('messages.clear')}
          </Button>
        )}
      </search>
      <Frame className="flush fill" label={t('navigation.audit')}>
        {rows.length > 0 && (
          <DataTable
            fill
            label={t('navigation.audit')}
            columns={columns}
            rows={rows}
            rowKey={entry => `${entry.tenant} ${entry.seq}`}
            onEnd={loadMore}
          />
        )}
        {trail.data && rows.length === 0 && <Empty words={t('audit.none')} />}
        {!trail.data && trail.error && <ProblemView problem={trail.error} onRetry={() => void trail.refetch()} />}
        {!trail.data && !trail.error && <Waiting rows={12} />}
      </Frame>
    </Page>
  )
}

function useAuditColumns(tenant: string): readonly Column<Entry>[] {
  const { t } = useTranslation()
  return [
    { key: 'at', title: t('audit.at'), width: 152, cell: entry => <Instant ms={entry.atMs} long /> },
    { key: 'who', title: t('audit.principal'), width: 160, cell: entry => <span className="mono">{entry.principal}</span> },
    { key: 'action', title: t('audit.action'), width: 104, cell: entry => termOf('audit.actions', entry.action) },
    {
      key: 'outcome',
      title: t('audit.outcome'),
      width: 84,
      cell: ({ outcome }) => (
        <Tag tone={outcome === 'success' ? 'good' : 'bad'} sign={outcome === 'success' ? '✓' : '✕'}>
          {termOf('audit.outcomes', outcome)}
        </Tag>
      ),
    },
    { key: 'subject', title: t('audit.subject'), cell: entry => <span className="mono">{entry.subject}</span> },
    { key: 'patient', title: t('audit.patientColumn'), width: 200, cell: entry => <PatientCell entry={entry} tenant={tenant} /> },
    { key: 'detail', title: t('audit.detail'), width: 130, cell: entry => entry.detail },
    { key: 'remote', title: t('audit.remote'), width: 110, cell: entry => <span className="mono">{entry.remote}</span> },
  ]
}

/** Leads to everything that was done to the same patient. */
function PatientCell({ entry: { patient }, tenant }: { readonly entry: Entry; readonly tenant: string }) {
  if (patient === undefined) return null
  return (
    <Link className="mono" to={`/audit?tenant=${tenant}&patient=${encodeURIComponent(patient)}`}>
      {patient}
    </Link>
  )
}
