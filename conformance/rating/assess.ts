// Rating self-assessment: items of a scheme against what actually ran; every figure carries the way to its evidence.
import type { TenantCode } from '#kernel/tenant.ts'

export type Bilingual = { readonly zh: string; readonly en: string }

/** One computable item of a scheme file (`hospital-2020.yaml`). */
export type SchemeItem = {
  readonly id: string
  readonly part: string
  readonly title: Bilingual
  readonly measure: Measure
  readonly target: number
  readonly unit: Bilingual
  readonly better?: 'higher' | 'lower'
  readonly source: string
}

export type Scheme = { readonly scheme: string; readonly title: Bilingual; readonly status: string; readonly items: readonly SchemeItem[] }

export type Measure =
  | 'internalSystems'
  | 'externalBodies'
  | 'documentTypes'
  | 'documentValidity'
  | 'codeMapping'
  | 'exchangeSuccess'
  | 'freshness'

/** What was observed of one tenant in a stretch of time. */
export type Observed = {
  readonly tenant: TenantCode
  /** Channels that processed at least one message in the window. */
  readonly channels: readonly {
    readonly id: string
    readonly systems: readonly string[]
    readonly reach: 'internal' | 'external'
    readonly processed: number
    readonly failed: number
  }[]
  readonly documents: readonly { readonly code: string; readonly title: string; readonly produced: number; readonly valid: number }[]
  readonly codings: { readonly decided: number; readonly missed: number }
  /** Receipt to commit, ms, of a sample of the newest messages. */
  readonly delaysMs: readonly number[]
}

export type Evidence = {
  readonly label: string
  readonly value: string /** Path of the portal page that shows the rows behind the figure. */
  readonly href: string
}

export type Finding = SchemeItem & {
  /** Undefined when nothing was observed yet: shown as such, never as met. */
  readonly value: number | undefined
  readonly met: boolean
  readonly evidence: readonly Evidence[]
}

export function assess(scheme: Scheme, observed: Observed): readonly Finding[] {
  return scheme.items.map(item => {
    const { value, evidence } = measures[item.measure](observed)
    return { ...item, value, met: value !== undefined && (item.better === 'lower' ? value <= item.target : value >= item.target), evidence }
  })
}

type Measured = { value: number | undefined; evidence: Evidence[] }

const measures: Record<Measure, (observed: Observed) => Measured> = {
  internalSystems: observed => connected(observed, 'internal'),
  externalBodies: observed => connected(observed, 'external'),
  documentTypes: observed => ({
    value: observed.documents.filter(row => row.produced > 0).length,
    evidence: observed.documents.map(documentEvidence),
  }),
  documentValidity: observed => {
    const produced = sum(observed.documents.map(row => row.produced))
    return { value: percent(sum(observed.documents.map(row => row.valid)), produced), evidence: observed.documents.map(documentEvidence) }
  },
  codeMapping: ({ codings, tenant }) => ({
    value: percent(codings.decided, codings.decided + codings.missed),
    evidence: [{ label: '代码缺口 · code work list', value: String(codings.missed), href: `/terminology?tenant=${tenant}` }],
  }),
  exchangeSuccess: observed => {
    const processed = sum(observed.channels.map(channel => channel.processed))
    const failed = sum(observed.channels.map(channel => channel.failed))
    const evidence = observed.channels.map(channel => ({
      label: channel.id,
      value: `${channel.processed} / ${channel.failed}`,
      href: `/messages?channel=${channel.id}&status=processed,failed&range=week`,
    }))
    return { value: percent(processed, processed + failed), evidence }
  },
  freshness: ({ delaysMs, tenant }) => ({
    value: delaysMs.length === 0 ? undefined : Math.round(percentile(delaysMs, 0.95)) / 1000,
    evidence: [
      { label: '样本消息 · sampled messages', value: String(delaysMs.length), href: `/messages?tenant=${tenant}&status=processed` },
    ],
  }),
}

function connected(observed: Observed, reach: 'internal' | 'external'): Measured {
  const channels = observed.channels.filter(channel => channel.reach === reach && channel.processed > 0)
  const systems = new Map(channels.flatMap(channel => channel.systems.map(system => [system, channel] as const)))
  const evidence = [...systems].map(([system, channel]) => ({
    label: system,
    value: `${channel.id}: ${channel.processed}`,
    href: `/messages?channel=${channel.id}&status=processed&range=week`,
  }))
  return { value: systems.size, evidence }
}

function documentEvidence(row: Observed['documents'][number]): Evidence {
  return { label: `${row.code} ${row.title}`, value: `${row.valid} / ${row.produced}`, href: `/documents?type=${row.code}` }
}

function percent(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : Math.floor((part / whole) * 10_000) / 100
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** Nearest rank; `values` is not empty. */
function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]!
}
