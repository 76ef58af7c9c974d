// Who lies in hospital or is in the emergency room now, newest first: where a shift begins.
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { type Answer, useGet } from '../../api/use-get.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SexAge } from '../../ui/person.tsx'
import { useRowKeys } from '../../ui/row-keys.ts'
import { Tag } from '../../ui/tags.tsx'
import { Dated } from '../../ui/time.tsx'
import { legalTone } from '../chart/legal.ts'
import { chartAddress } from './hit-columns.tsx'

type Row = Answer<'/api/present'>['present'][number]

/** Wards change within minutes. */
const refreshMs = 60_000

export function Present() {
  const { t } = useTranslation()
  const present = useGet('/api/present', {}, { everyMs: refreshMs })
  return (
    <Panel
      className="flush"
      title={t('patients.present')}
      query={present}
      rows={8}
      isEmpty={answer => answer.present.length === 0}
      empty={t('patients.nobody')}
      extra={present.data && <span className="faint">{t('patients.count', { count: present.data.present.length })}</span>}
    >
      {answer => <Rows rows={answer.present} more={answer.more} />}
    </Panel>
  )
}

function Rows({ rows, more }: { readonly rows: readonly Row[]; readonly more: boolean }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const open = (row: Row) => navigate(chartAddress(row))
  const { marked } = useRowKeys(rows, open)
  const nowMs = Date.now()
  const legal: Column<Row> = {
    key: 'legal',
    title: t('chart.legal'),
    width: 170,
    cell: ({ visit }) => visit.legalStatus && <Tag tone={legalTone(visit.legalStatus)}>{visit.legalStatus}</Tag>,
  }
  const columns: readonly Column<Row>[] = [
    {
      key: 'name',
      title: t('patients.name'),
      width: 120,
      cell: row => (
        <Link to={chartAddress(row)}>
          <b>{row.name || t('patients.nameless')}</b>
        </Link>
      ),
    },
    { key: 'sex', title: t('patients.sexAge'), width: 90, cell: row => <SexAge sex={row.sex} birthDate={row.birthDate} nowMs={nowMs} /> },
    { key: 'number', title: t('patients.number'), width: 110, cell: row => <span className="mono">{row.number}</span> },
    {
      key: 'place',
      title: t('patients.place'),
      width: 260,
      cell: ({ visit }) => (
        <span className="row">
          <Tag tone={`lane-${visit.lane}`}>{t(`lanes.${visit.lane}`)}</Tag>
          <span>{visit.department}</span>
          <span className="faint">{visit.place}</span>
        </span>
      ),
    },
    { key: 'since', title: t('patients.since'), width: 110, cell: ({ visit }) => <Dated text={visit.start} /> },
    { key: 'doctor', title: t('patients.doctor'), width: 90, cell: ({ visit }) => visit.doctor },
    {
      key: 'reason',
      title: t('patients.reason'),
      cell: ({ visit }) => {
        const words = visit.diagnoses.join('；') || visit.reason
        return (
          <span className="cut" title={words}>
            {words}
          </span>
        )
      },
    },
    ...(rows.some(({ visit }) => visit.legalStatus) ? [legal] : []),
    { key: 'tenant', title: t('patients.hospital'), width: 150, cell: row => row.tenantName },
  ]
  return (
    <>
      <DataTable label={t('patients.present')} columns={columns} rows={rows} rowKey={row => row.visit.id} marked={marked} onOpen={open} />
      {more && <div className="list-more faint">{t('patients.presentMore', { count: rows.length })}</div>}
    </>
  )
}
