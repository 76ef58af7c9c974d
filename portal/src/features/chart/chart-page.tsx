// Patient 360: the banner that never scrolls away, visits in lanes, and one panel per topic, each loaded by itself.
import { Tabs } from 'antd'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useRights } from '../../api/session.ts'
import { useGet } from '../../api/use-get.ts'
import { Empty, ProblemView, Waiting } from '../../ui/state.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { Banner } from './banner.tsx'
import { ChartContext, type ChartTools } from './chart-context.ts'
import { ChartDocuments } from './chart-documents.tsx'
import { ChartDrawers } from './drawers.tsx'
import { ExaminationsPanel } from './examinations.tsx'
import { DiagnosesPanel, OrdersPanel, ProceduresPanel } from './lists.tsx'
import { type Opened, readOpened, writeOpened } from './opened.ts'
import { Overview } from './overview.tsx'
import { ResultsPanel } from './results.tsx'
import { VisitLanes } from './visit-lanes.tsx'
import './chart.css'

const tabs = ['overview', 'laboratory', 'examinations', 'diagnoses', 'orders', 'vitals', 'procedures', 'documents'] as const
export type Tab = (typeof tabs)[number]

export default function ChartPage() {
  const { tenant = '', id = '' } = useParams()
  const { t } = useTranslation()
  const banner = useGet('/api/patients/{tenant}/{id}', { path: { tenant, id } })
  const [{ visit, open }, change] = useUrlState(['visit', 'open'])
  const opened = useMemo(() => readOpened(open), [open])
  const chart = useMemo((): ChartTools => {
    const show = (one: Opened) => change({ open: writeOpened([...opened, one]) }, { push: true })
    return {
      name: { tenant, id },
      visit,
      showRaw: (type, resource) => show({ kind: 'raw', type, id: resource }),
      showTrend: item => show({ kind: 'trend', item }),
      showReport: report => show({ kind: 'report', id: report }),
    }
  }, [tenant, id, visit, opened, change])
  const title = banner.data?.name
  useEffect(() => {
    document.title = `${title ?? t('chart.title')} · ${t('app.name')}`
  }, [title, t])
  if (banner.error?.status === 404) {
    return (
      <Empty words={t('chart.missing')}>
        <Link to="/patients">{t('chart.back')}</Link>
      </Empty>
    )
  }
  if (banner.error) return <ProblemView problem={banner.error} onRetry={() => void banner.refetch()} />
  return (
    <ChartContext value={chart}>
      <div className="chart">
        {banner.data ? <Banner banner={banner.data} /> : <Waiting rows={2} />}
        <VisitLanes chosen={visit} onChoose={next => change({ visit: next })} />
        <Topics />
      </div>
      <ChartDrawers opened={opened} onClose={depth => change({ open: writeOpened(opened.slice(0, depth)) })} />
    </ChartContext>
  )
}

function Topics() {
  const { t } = useTranslation()
  const may = useRights()
  const [{ tab }, change] = useUrlState(['tab'])
  const shown = tabs.filter(name => name !== 'documents' || may('documents.read'))
  const current: Tab = shown.find(name => name === tab) ?? 'overview'
  const choose = (next: string) => change({ tab: next === 'overview' ? undefined : next })
  return (
    <>
      <Tabs
        className="chart-tabs"
        activeKey={current}
        items={shown.map(name => ({ key: name, label: t(`chart.tabs.${name}`) }))}
        onChange={choose}
      />
      <div className="chart-topic" role="tabpanel" aria-label={t(`chart.tabs.${current}`)}>
        <Topic name={current} onTopic={choose} />
      </div>
    </>
  )
}

function Topic({ name, onTopic }: { readonly name: Tab; readonly onTopic: (tab: Tab) => void }) {
  switch (name) {
    case 'overview':
      return <Overview onTopic={onTopic} />
    case 'laboratory':
      return <ResultsPanel category="laboratory" />
    case 'vitals':
      return <ResultsPanel category="vital-signs" />
    case 'examinations':
      return <ExaminationsPanel />
    case 'diagnoses':
      return <DiagnosesPanel />
    case 'orders':
      return <OrdersPanel />
    case 'procedures':
      return <ProceduresPanel />
    case 'documents':
      return <ChartDocuments />
  }
}
