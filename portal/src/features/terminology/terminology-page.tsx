// Codes that messages bring and no map knows: the most frequent first, each decided once for its institution.
import { App, Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRights } from '../../api/session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Page } from '../../ui/page.tsx'
import { Frame } from '../../ui/panel.tsx'
import { useRowKeys } from '../../ui/row-keys.ts'
import { Empty, ProblemView, Waiting } from '../../ui/state.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { WordField } from '../../ui/word-field.tsx'
import { useGapColumns } from './columns.tsx'
import { DecisionPane } from './decision-pane.tsx'
import { filtered, type Gap, gapFilters, gapId, useDecide, useGaps } from './gaps.ts'
import { Recodings } from './recodings.tsx'
import './terminology.css'

export default function TerminologyPage() {
  const { t } = useTranslation()
  const gaps = useGaps()
  const [url, change] = useUrlState([...gapFilters, 'gap'])
  const all = gaps.data?.gaps ?? []
  const rows = filtered(all, url)
  const chosen = rows.find(gap => gapId(gap) === url.gap) ?? rows[0]
  const total = rows.reduce((sum, gap) => sum + gap.count, 0)
  return (
    <Page
      fill
      title={t('navigation.codes')}
      sub={gaps.data && t('codes.shown', { count: rows.length, total: total.toLocaleString('en-US') })}
      extra={
        <>
          <Recodings />
          <AdoptAll gaps={rows} />
        </>
      }
    >
      <search className="filters" aria-label={t('codes.search')}>
        <WordField search width={260} label={t('codes.search')} value={url.q} onChange={q => change({ q, code: undefined })} />
        <Choice
          label={t('codes.all')}
          value={url.tenant}
          options={namesOf(all, gap => gap.tenant)}
          onChange={tenant => change({ tenant })}
          width={150}
        />
        <Choice
          label={t('codes.anyMap')}
          value={url.map}
          options={namesOf(all, gap => gap.map)}
          onChange={map => change({ map, code: undefined })}
          width={280}
        />
        {(url.q || url.tenant || url.map || url.code) && (
          <Button type="link" onClick={() => change({ q: undefined, tenant: undefined, map: undefined, code: undefined })}>
            {t('messages.clear')}
          </Button>
        )}
      </search>
      <div className="columns gap-columns fill">
        <Frame className="flush" label={t('navigation.codes')}>
          {gaps.data && rows.length > 0 && <GapTable rows={rows} chosen={chosen} onChoose={gap => change({ gap: gapId(gap) })} />}
          {gaps.data && rows.length === 0 && <Empty words={t(all.length === 0 ? 'codes.none' : 'codes.noneFiltered')} />}
          {!gaps.data && gaps.error && <ProblemView problem={gaps.error} onRetry={() => void gaps.refetch()} />}
          {!gaps.data && !gaps.error && <Waiting rows={12} />}
        </Frame>
        {chosen ? (
          <DecisionPane key={gapId(chosen)} gap={chosen} />
        ) : (
          <Frame>
            <Empty words={t('codes.choose')} />
          </Frame>
        )}
      </div>
    </Page>
  )
}

function GapTable({
  rows,
  chosen,
  onChoose,
}: {
  readonly rows: readonly Gap[]
  readonly chosen: Gap | undefined
  readonly onChoose: (gap: Gap) => void
}) {
  const { t } = useTranslation()
  const { marked } = useRowKeys(rows, onChoose)
  const columns = useGapColumns()
  return (
    <DataTable
      fill
      label={t('navigation.codes')}
      rows={rows}
      rowKey={gapId}
      marked={marked}
      onOpen={onChoose}
      rowClass={gap => (gap === chosen ? 'row-marked' : '')}
      columns={columns}
    />
  )
}

function Choice({
  label,
  value,
  options,
  onChange,
  width,
}: {
  readonly label: string
  readonly value: string | undefined
  readonly options: readonly string[]
  readonly onChange: (value: string | undefined) => void
  readonly width: number
}) {
  return (
    <Select
      allowClear
      showSearch
      style={{ width }}
      placeholder={label}
      aria-label={label}
      value={value}
      options={options.map(option => ({ value: option, label: option }))}
      onChange={(next?: string) => onChange(next)}
    />
  )
}

function namesOf(gaps: readonly Gap[], of: (gap: Gap) => string): string[] {
  return [...new Set(gaps.map(of))].sort()
}

/** The seeds suggest targets that somebody must confirm: all of the list at once, after a question. */
function AdoptAll({ gaps }: { readonly gaps: readonly Gap[] }) {
  const { t } = useTranslation()
  const { modal, message } = App.useApp()
  const may = useRights()
  const decide = useDecide()
  const decisions = gaps.flatMap(gap => (gap.suggestion ? [{ gap, target: gap.suggestion, equivalence: 'equivalent' as const }] : []))
  if (decisions.length === 0 || !may('terminology.write')) return null
  const ask = () =>
    modal.confirm({
      title: t('codes.adoptAll', { count: decisions.length }),
      content: t('codes.adoptAllAsk', { count: decisions.length }),
      okText: t('codes.adopt'),
      onOk: () =>
        decide.mutateAsync(decisions).then(
          count => void message.success(t('codes.adopted', { count })),
          problem => void message.error(problem.message),
        ),
    })
  return (
    <Button loading={decide.isPending} onClick={ask}>
      {t('codes.adoptAll', { count: decisions.length })}
    </Button>
  )
}
