// What is shown over the chart without leaving it: a trend, a report, the raw resource; one above the other, Esc closes the topmost.
import { Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ResourceView } from '../resource/resource-view.tsx'
import { useChart } from './chart-context.ts'
import type { Opened } from './opened.ts'
import { ReportView } from './report-view.tsx'
import { TrendView } from './trend-view.tsx'

const widths: Readonly<Record<Opened['kind'], number>> = { trend: 860, report: 860, raw: 980 }

/** `onClose` gives how many stay open. */
export function ChartDrawers({ opened, onClose }: { readonly opened: readonly Opened[]; readonly onClose: (depth: number) => void }) {
  return opened.map((one, depth) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the place in the stack is what it is
    <OneDrawer key={depth} one={one} onClose={() => onClose(depth)} />
  ))
}

function OneDrawer({ one, onClose }: { readonly one: Opened; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { name } = useChart()
  const title = one.kind === 'trend' ? t('chart.trend.title') : one.kind === 'report' ? t('chart.report.title') : t('resource.title')
  return (
    <Drawer
      open
      title={title}
      size={widths[one.kind]}
      onClose={onClose}
      styles={{ body: { padding: 0, display: 'flex', flexDirection: 'column' }, header: { padding: '8px 16px' } }}
      extra={one.kind === 'raw' && <Link to={`/resources/${name.tenant}/${one.type}/${one.id}`}>{t('resource.alone')}</Link>}
    >
      {one.kind === 'trend' && <TrendView item={one.item} />}
      {one.kind === 'report' && <ReportView id={one.id} />}
      {one.kind === 'raw' && <ResourceView name={{ tenant: name.tenant, type: one.type, id: one.id }} />}
    </Drawer>
  )
}
