// Jobs that bring stored data up to a decision: what was looked at, what changed, and a way to stop.
import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Problem } from '../../api/client.ts'
import { useRights } from '../../api/session.ts'
import { type Answer, useGet } from '../../api/use-get.ts'
import { TaskButton } from '../../ui/task-button.tsx'
import { Instant } from '../../ui/time.tsx'

type Job = Answer<'/api/terminology/recodings'>['recodings'][number]

const refreshMs = 1_000
const jobsShown = 8
const bars = { running: 'active', done: 'success', stopped: 'normal', failed: 'exception' } as const

export function Recodings() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const jobs = useGet('/api/terminology/recodings', {}, { everyMs: answer => (answer?.recodings.some(isActive) ? refreshMs : false) }).data
    ?.recodings
  return (
    <TaskButton
      label={t('codes.recodings')}
      newest={jobs && (jobs[0]?.id ?? '')}
      active={jobs?.some(isActive) ?? false}
      onSettled={() => void queries.invalidateQueries({ queryKey: ['/api/terminology/gaps'] })}
    >
      {jobs?.slice(0, jobsShown).map(job => (
        <JobView key={`${job.tenant} ${job.id}`} job={job} />
      ))}
    </TaskButton>
  )
}

function isActive(job: Job): boolean {
  return job.state === 'running'
}

function JobView({ job }: { readonly job: Job }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const may = useRights()
  const { code, tenant, id, state, stage, stages, seen, changed, fault } = job
  const stop = () =>
    answerOf(api.DELETE('/api/terminology/recodings/{tenant}/{id}', { params: { path: { tenant, id } } })).then(
      () => queries.invalidateQueries({ queryKey: ['/api/terminology/recodings'] }),
      (problem: Problem) => void message.error(problem.message),
    )
  return (
    <div className="task" data-state={state}>
      <div className="row">
        <b>{t(`codes.recoding.${state}`, { code, stage, stages })}</b>
        <span className="faint grow">
          {tenant} · <Instant ms={job.startedAtMs} />
        </span>
        {state === 'running' && may('terminology.write') && (
          <Button size="small" onClick={() => void stop()}>
            {t('codes.recoding.stop')}
          </Button>
        )}
      </div>
      <Progress percent={state === 'done' || stages === 0 ? 100 : Math.round((stage / stages) * 100)} size="small" status={bars[state]} />
      <div>{t('codes.recoding.result', { seen, changed })}</div>
      {fault && <div className="bad">{fault}</div>}
    </div>
  )
}
