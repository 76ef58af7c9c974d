// Columns of the message list.
import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Column } from '../../ui/data-table.tsx'
import { written } from '../../ui/shanghai.ts'
import { MessageStatusTag } from '../../ui/tags.tsx'
import { durationText } from '../../ui/time.tsx'
import type { MessageRow } from './use-messages.ts'

export function useMessageColumns(): readonly Column<MessageRow>[] {
  const { t } = useTranslation()
  return [
    {
      key: 'received',
      title: t('messages.received'),
      width: 150,
      cell: row => <time className="number">{written(row.receivedAtMs)}</time>,
    },
    { key: 'status', title: t('messages.status'), width: 88, cell: row => <MessageStatusTag status={row.status} /> },
    { key: 'type', title: t('messages.typeColumn'), width: 86, cell: row => <span className="mono">{row.type || '—'}</span> },
    {
      key: 'id',
      title: t('messages.id'),
      width: 88,
      cell: row => (
        <Link to={`/messages/${row.id}`} className="mono">
          {row.id}
        </Link>
      ),
    },
    { key: 'source', title: t('messages.source'), width: 92, cell: row => row.source },
    { key: 'control', title: t('messages.control'), width: 112, cell: row => <span className="mono">{row.controlId}</span> },
    { key: 'who', title: t('messages.who'), width: '19%', cell: row => <Tags row={row} /> },
    {
      key: 'ack',
      title: t('messages.ack'),
      width: 52,
      cell: row => <span className={row.ack === 'AA' || row.ack === '200' ? '' : 'bad'}>{row.ack}</span>,
    },
    { key: 'trouble', title: t('messages.trouble'), cell: row => <Trouble row={row} /> },
    {
      key: 'delay',
      title: t('messages.delay'),
      width: 66,
      align: 'right',
      cell: row => (row.settledAtMs === undefined ? '—' : durationText(row.settledAtMs - row.receivedAtMs)),
    },
  ]
}

/** Numbers to find it by; keyed hashes of identity numbers say nothing to a person and are left out. */
function Tags({ row }: { readonly row: MessageRow }) {
  const shown = row.tags.filter(({ kind, value }) => kind !== 'facility' && !/^[0-9a-f]{32,}$/.test(value))
  return <span className="mono">{[...new Set(shown.map(({ value }) => value))].join('  ')}</span>
}

function Trouble({ row }: { readonly row: MessageRow }) {
  const [first] = row.faults
  if (!first) return null
  return (
    <Tooltip title={first.hint ? `${first.text} · ${first.hint}` : first.text}>
      <span>
        {first.at && <span className="mono faint">{first.at} </span>}
        <span className="bad">{first.text}</span>
      </span>
    </Tooltip>
  )
}
