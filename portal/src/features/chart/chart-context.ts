// The chart a panel belongs to, and the way to show what is behind a card.
import { createContext, useContext } from 'react'
import { type Answer, useGet } from '../../api/use-get.ts'

export type ChartName = { readonly tenant: string; readonly id: string }

export type ChartTools = {
  readonly name: ChartName
  /** Only this visit, when one is chosen. */
  readonly visit: string | undefined
  /** Shows the resource as stored, its versions and the message behind it. */
  readonly showRaw: (type: string, id: string) => void
  readonly showTrend: (item: string) => void
  readonly showReport: (id: string) => void
}

export const ChartContext = createContext<ChartTools | undefined>(undefined)

export function useChart(): ChartTools {
  const chart = useContext(ChartContext)
  if (!chart) throw new Error('a panel of the chart stands outside of one')
  return chart
}

export type Visit = Answer<'/api/patients/{tenant}/{id}/visits'>['visits'][number]

/** Visits of the chart; every panel that asks shares one answer. */
export function useVisits() {
  const { name } = useChart()
  return useGet('/api/patients/{tenant}/{id}/visits', { path: name })
}
