// Progress of the replays this user started: a task goes on when the page is left, and can be stopped.
import { useQueryClient } from '@tanstack/react-query'
import { Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { answerOf, api } from '../../api/client.ts'
import { type Answer, useGet } from '../../api/use-get.ts'
import { TaskButton } from '../../ui/task-button.tsx'
import { Instant } from '../../ui/time.tsx'

type Task = Answer<'/api/replays'>['tasks'][number]

const refreshMs = 1_000
const tasksShown = 5

export function ReplayTasks() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const tasks = useGet('/api/replays', {}, { everyMs: query => (query?.tasks.some(isActive) ? refreshMs : false) }).data?.tasks
  return (
    <TaskButton
      label={t('messages.tasks')}
      newest={tasks && (tasks[0]?.id ?? '')}
      active={tasks?.some(isActive) ?? false}
      onSettled={() => void queries.invalidateQueries({ queryKey: ['/api/messages'] })}
    >
      {tasks?.slice(0, tasksShown).map(task => (
        <TaskView key={task.id} task={task} />
      ))}
    </TaskButton>
  )
}

function isActive(task: Task): boolean {
  return task.endedAtMs === undefined
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
