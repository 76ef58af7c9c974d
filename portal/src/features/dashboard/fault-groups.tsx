// Messages in trouble by cause: mend once, replay the group.
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { useRights } from '../../api/session.ts'
import { type Answer, useGet } from '../../api/use-get.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Instant } from '../../ui/time.tsx'
import { useReplay } from '../messages/use-replay.ts'

type Group = Answer<'/api/faults'>['groups'][number]

const refreshMs = 15_000

export function FaultGroups() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const may = useRights()
  const faults = useGet('/api/faults', {}, { everyMs: refreshMs })
  const address = (group: Group) => `/messages?fault=${encodeURIComponent(group.fault)}`
  return (
    <Panel
      title={t('dashboard.faults')}
      query={faults}
      className="flush"
      isEmpty={answer => answer.groups.length === 0}
      empty={t('dashboard.noFaults')}
    >
      {({ groups }) => (
        <DataTable
          label={t('dashboard.faults')}
          rows={groups}
          rowKey={group => group.fault}
          onOpen={group => navigate(address(group))}
          columns={[
            {
              key: 'count',
              title: t('dashboard.count'),
              width: 70,
              align: 'right',
              cell: group => (
                <Link className="bad errored" to={address(group)}>
                  {group.count.toLocaleString('en-US')}
                </Link>
              ),
            },
            {
              key: 'text',
              title: t('dashboard.fault'),
              cell: group => (
                <>
                  {group.text} {group.hint && <span className="faint">· {group.hint}</span>}
                </>
              ),
            },
            { key: 'code', title: t('dashboard.code'), width: 190, cell: group => <span className="mono">{group.fault}</span> },
            { key: 'places', title: t('dashboard.places'), width: 190, cell: group => <Places group={group} /> },
            {
              key: 'channels',
              title: t('dashboard.channel'),
              width: 170,
              cell: group => <span className="mono">{group.channels.join(' ')}</span>,
            },
            { key: 'last', title: t('dashboard.lastSeen'), width: 96, cell: group => <Instant ms={group.lastMs} /> },
            ...(may('messages.replay')
              ? [{ key: 'replay', title: '', width: 70, align: 'right' as const, cell: (group: Group) => <ReplayGroup group={group} /> }]
              : []),
          ]}
        />
      )}
    </Panel>
  )
}

/** From here too, for those who mended the cause: the way over the list is for those who want to look first. */
function ReplayGroup({ group }: { readonly group: Group }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { ask } = useReplay(total => void message.success(t('messages.replayStarted', { count: total })))
  return (
    <Button
      size="small"
      aria-label={`${t('messages.replay')} ${group.fault}`}
      onClick={() => ask(t('messages.replayAskAll', { fault: group.text }), { fault: group.fault })}
    >
      {t('messages.replay')}
    </Button>
  )
}

function Places({ group }: { readonly group: Group }) {
  const places = group.places.filter(place => place.at !== '').slice(0, 3)
  return <span className="mono">{places.map(({ at, count }) => `${at} ×${count}`).join('  ')}</span>
}
