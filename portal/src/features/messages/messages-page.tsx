// Messages over all channels: search, filters in the URL, an endless list, a selection to replay.
import { ReloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useRights } from '../../api/session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { useHotkeys } from '../../ui/hotkeys.ts'
import { Page } from '../../ui/page.tsx'
import { Frame } from '../../ui/panel.tsx'
import { useRowKeys } from '../../ui/row-keys.ts'
import { Empty, ProblemView, Waiting } from '../../ui/state.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { useMessageColumns } from './columns.tsx'
import { FilterBar } from './filter-bar.tsx'
import { filterNames } from './filters.ts'
import { ReplayBar } from './replay-bar.tsx'
import { ReplayTasks } from './replay-tasks.tsx'
import { type MessageRow, useMessages } from './use-messages.ts'
import './messages.css'

export default function MessagesPage() {
  const { t } = useTranslation()
  const [filters, change] = useUrlState(filterNames)
  const list = useMessages(filters)
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set())
  const navigate = useNavigate()
  const may = useRights()
  const rows = list.data?.rows ?? []
  const open = (row: MessageRow) => navigate(`/messages/${row.id}`)
  const { marked } = useRowKeys(rows, open)
  useHotkeys({ r: () => void list.refetch() })
  const columns = useMessageColumns()
  const loadMore = () => list.hasNextPage && !list.isFetchingNextPage && void list.fetchNextPage()
  const replays = may('messages.replay')
  return (
    <Page
      fill
      title={t('navigation.messages')}
      sub={list.data && t(list.hasNextPage ? 'messages.shownMore' : 'messages.shown', { count: rows.length })}
      extra={
        <>
          {replays && <ReplayTasks />}
          <Button
            icon={<ReloadOutlined />}
            loading={list.isRefetching && !list.isFetchingNextPage}
            onClick={() => void list.refetch()}
            aria-label={t('messages.refresh')}
          >
            {t('messages.refresh')}
          </Button>
        </>
      }
    >
      <FilterBar filters={filters} onChange={change} />
      {list.data && !list.data.complete && <div className="list-note">⚠ {t('messages.incomplete')}</div>}
      {replays && <ReplayBar chosen={chosen} fault={filters.fault} channel={filters.channel} onDone={() => choose(new Set())} />}
      <Frame className="flush fill" label={t('navigation.messages')}>
        {list.data && rows.length > 0 && (
          <DataTable
            fill
            label={t('navigation.messages')}
            columns={columns}
            rows={rows}
            rowKey={row => row.id}
            marked={marked}
            onOpen={open}
            onEnd={loadMore}
            {...(replays ? { selection: { keys: chosen, change: choose, label: t('messages.select') } } : {})}
          />
        )}
        {list.data && rows.length === 0 && <Empty words={t('messages.none')} />}
        {!list.data && list.error && <ProblemView problem={list.error} onRetry={() => void list.refetch()} />}
        {!list.data && !list.error && <Waiting rows={12} />}
      </Frame>
    </Page>
  )
}
