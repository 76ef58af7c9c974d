// Progress of the replays this user started: a task goes on when the page is left, and can be stopped.
import { useQueryClient } from '@tanstack/react-query'
import { Badge, Button, Popover, Progress } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { answerOf, api } from '../../api/client.ts'
import { type Answer, useGet } from '../../api/use-get.ts'
import { Instant } from '../../ui/time.tsx'

type Task = Answer<'/api/replays'>['tasks'][number]

const refreshMs = 1_000

export function ReplayTasks() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const [running, setRunning] = useState(false)
  const answer = useGet('/api/replays', {}, running ? { everyMs: refreshMs } : {}).data
  const tasks = answer?.tasks ?? []
  const active = tasks.some(task => task.endedAtMs === undefined)
  // A small task is over before it is seen running: that it is new is enough to show it.
  const newest = answer && (tasks[0]?.id ?? '')
  const before = useRef(newest)
  useEffect(() => {
    setRunning(active)
    if (before.current !== undefined && newest !== before.current) setOpen(true)
    if (!active && newest) void queries.invalidateQueries({ queryKey: ['/api/messages'] })
    before.current = newest
  }, [active, newest, queries])
  if (tasks.length === 0) return null
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      content={
        <div className="tasks">
          {tasks.slice(0, 5).map(task => (
            <TaskView key={task.id} task={task} />
          ))}
        </div>
      }
    >
      <Badge dot={active}>
        <Button>{t('messages.tasks')}</Button>
      </Badge>
    </Popover>
  )
}

function TaskView({ task }: { readonly task: Task }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { id, done, total, endedAtMs, stopped } = task
  const stop = async () => {
    await answerOf(api.DELETE('/api/replays/{task}', { params: { path: { task: id } } }))
    await queries.invalidateQueries({ queryKey: ['/api/replays'] })
  }
  const state = stopped ? 'stopped' : endedAtMs === undefined ? 'running' : 'ended'
  return (
    <div className="task" data-state={state}>
      <div className="row">
        <b>{t(`messages.task.${state}`, { done, total })}</b>
        <span className="faint grow">
          <Instant ms={task.startedAtMs} />
        </span>
        {state === 'running' && (
          <Button size="small" onClick={() => void stop()}>
            {t('messages.task.stop')}
          </Button>
        )}
      </div>
      <Progress
        percent={total === 0 ? 100 : Math.round((done / total) * 100)}
        size="small"
        status={task.failed > 0 ? 'exception' : state === 'running' ? 'active' : 'success'}
      />
      <div>{t('messages.task.result', { processed: task.processed, failed: task.failed })}</div>
      {task.troubles.length > 0 && (
        <div className="faint">
          {t('messages.task.troubles')}{' '}
          {task.troubles.slice(-5).map(trouble => (
            <Link key={trouble.id} to={`/messages/${trouble.id}`} className="mono" title={trouble.fault}>
              {trouble.id}{' '}
            </Link>
          ))}
        </div>
      )}
    </div>
  )
}
