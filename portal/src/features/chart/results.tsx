// Laboratory results and vital signs: tests down, time across. Two words narrow it down; earlier pages come when they are asked for.
import { Button, Checkbox, Input } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Answered, Frame } from '../../ui/panel.tsx'
import { Empty } from '../../ui/state.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { filterGrid, mergePages } from './grid.ts'
import { ResultsTable } from './results-table.tsx'
import { usePages } from './use-pages.ts'

export function ResultsPanel({ category }: { readonly category: 'laboratory' | 'vital-signs' }) {
  const { t } = useTranslation()
  const pages = usePages('/api/patients/{tenant}/{id}/results', { category })
  const [{ item = '', abnormal }, change] = useUrlState(['item', 'abnormal'])
  const merged = useMemo(() => mergePages(pages.data?.pages ?? []), [pages.data])
  const grid = useMemo(() => filterGrid(merged, item, abnormal === '1'), [merged, item, abnormal])
  const label = t(category === 'laboratory' ? 'chart.tabs.laboratory' : 'chart.tabs.vitals')
  const empty = t(category === 'laboratory' ? 'chart.noResults' : 'chart.noVitals')
  return (
    <Frame
      className="flush"
      label={label}
      title={
        <span className="row">
          <span style={{ width: 200 }}>
            <Input
              allowClear
              placeholder={t('chart.grid.filter')}
              aria-label={t('chart.grid.filter')}
              value={item}
              onChange={event => change({ item: event.target.value })}
            />
          </span>
          <Checkbox checked={abnormal === '1'} onChange={event => change({ abnormal: event.target.checked ? '1' : undefined })}>
            {t('chart.grid.onlyAbnormal')}
          </Checkbox>
          <span className="faint plain">{t('chart.grid.figures', { items: grid.items, columns: grid.draws.length })}</span>
        </span>
      }
      extra={
        pages.hasNextPage && (
          <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('chart.loadEarlier')}
          </Button>
        )
      }
    >
      <Answered query={pages} rows={8} isEmpty={() => merged.items === 0} empty={empty}>
        {() =>
          grid.items === 0 ? (
            <Empty words={t('chart.grid.noMatch')} />
          ) : (
            <ResultsTable grid={grid} label={label} unfiled={category === 'laboratory' ? t('chart.grid.other') : label} />
          )
        }
      </Answered>
    </Frame>
  )
}
