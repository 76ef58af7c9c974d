// Patient search: a name (two characters are enough), pinyin or its initials, any number the patient carries. Before anything is typed: who is here now.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { type Answer, useGet } from '../../api/use-get.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Page } from '../../ui/page.tsx'
import { Answered, Frame } from '../../ui/panel.tsx'
import { useRowKeys } from '../../ui/row-keys.ts'
import { Empty } from '../../ui/state.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { chartAddress, useHitColumns } from './hit-columns.tsx'
import { Present } from './present.tsx'
import { SearchField } from './search-field.tsx'
import './patients.css'

export type Hit = Answer<'/api/patients'>['patients'][number]

/** One letter or digit finds nobody or everybody. */
const charactersMin = 2

export default function PatientsPage() {
  const { t } = useTranslation()
  const [{ q = '' }, change] = useUrlState(['q'])
  const isShort = [...q].length < charactersMin
  const search = useGet('/api/patients', { query: { q } }, { enabled: !isShort, keep: true })
  const hits = isShort ? [] : (search.data?.patients ?? [])
  const navigate = useNavigate()
  const open = (hit: Hit) => navigate(chartAddress(hit))
  const { marked, mark } = useRowKeys(hits, open)
  const [asked, setAsked] = useState(q)
  if (asked !== q) {
    setAsked(q)
    mark(-1)
  }
  return (
    <Page title={t('navigation.patients')}>
      <SearchField
        value={q}
        onChange={value => change({ q: value })}
        onStep={by => mark(Math.max(0, Math.min(hits.length - 1, marked + by)))}
        onOpen={() => {
          const hit = hits[marked] ?? (hits.length === 1 && !search.isFetching ? hits[0] : undefined)
          if (hit) open(hit)
        }}
      />
      {q === '' && <Present />}
      {q !== '' && isShort && (
        <Frame label={t('patients.found')}>
          <Empty words={t('patients.tooShort')} />
        </Frame>
      )}
      {!isShort && (
        <Frame className={search.isPlaceholderData ? 'flush waiting-old' : 'flush'} label={t('patients.found')}>
          <Answered query={search} rows={6}>
            {answer =>
              answer.patients.length === 0 ? (
                <Nobody q={q} />
              ) : (
                <Hits hits={answer.patients} more={answer.more} marked={marked} onOpen={open} />
              )
            }
          </Answered>
        </Frame>
      )}
    </Page>
  )
}

function Nobody({ q }: { readonly q: string }) {
  const { t } = useTranslation()
  return (
    <Empty words={t('patients.none', { q })}>
      <div>{t('patients.noneHint')}</div>
    </Empty>
  )
}

function Hits({
  hits,
  more,
  marked,
  onOpen,
}: {
  readonly hits: readonly Hit[]
  readonly more: boolean
  readonly marked: number
  readonly onOpen: (hit: Hit) => void
}) {
  const { t } = useTranslation()
  const columns = useHitColumns()
  return (
    <>
      <DataTable
        label={t('patients.found')}
        columns={columns}
        rows={hits}
        rowKey={hit => `${hit.tenant}/${hit.id}`}
        marked={marked}
        onOpen={onOpen}
      />
      <div className="list-more faint row">
        <span>{more ? t('patients.more') : t('patients.count', { count: hits.length })}</span>
        <span className="grow" />
        <span>{t('patients.keys')}</span>
      </div>
    </>
  )
}
