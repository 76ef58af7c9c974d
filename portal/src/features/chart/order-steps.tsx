// How far an order has come (闭环): ordered, accepted by who carries it out, reported; the report is one click away.
import { useTranslation } from 'react-i18next'
import { termOf } from '../../i18n/index.ts'
import { Tag } from '../../ui/tags.tsx'
import { useChart } from './chart-context.ts'
import type { Order } from './lists.tsx'

const stopped: ReadonlySet<string> = new Set(['revoked', 'on-hold', 'entered-in-error'])
const steps = ['ordered', 'accepted', 'reported'] as const

/** Steps that are done: an order without its sender's own message was never seen ordered. */
function doneOf(order: Order): ReadonlySet<(typeof steps)[number]> {
  const done = new Set<(typeof steps)[number]>()
  if (!order.provisional) done.add('ordered')
  if (order.accepted || order.report) done.add('accepted')
  if (order.report) done.add('reported')
  return done
}

export function OrderSteps({ order }: { readonly order: Order }) {
  const { t } = useTranslation()
  const { showReport } = useChart()
  const { report } = order
  if (stopped.has(order.status) && !report) return <Tag tone="quiet">{termOf('chart.orderStatus', order.status)}</Tag>
  const done = doneOf(order)
  return (
    <span className="row">
      <ol className="steps">
        {steps.map(step => (
          <li key={step} className={done.has(step) ? 'done' : ''}>
            {t(`chart.steps.${step}`)}
          </li>
        ))}
      </ol>
      {report && (
        <button type="button" className="link" onClick={() => showReport(report)}>
          {t('chart.openReport')}
        </button>
      )}
    </span>
  )
}
