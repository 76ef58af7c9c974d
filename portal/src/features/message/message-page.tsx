// The biography of a message: from its bytes to what was stored and sent, every element traced to its source and back.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { answerOf, api } from '../../api/client.ts'
import { useRights } from '../../api/session.ts'
import { type Answer, useGet } from '../../api/use-get.ts'
import { Page } from '../../ui/page.tsx'
import { ProblemView, Waiting } from '../../ui/state.tsx'
import { MessageStatusTag } from '../../ui/tags.tsx'
import { Workbench } from './workbench.tsx'
import '../../ui/resource-list.css'
import './message.css'

export type Life = Answer<'/api/messages/{id}'>

/** A message on its way is asked for again until it has settled. */
const openRefreshMs = 1_000

export default function MessagePage() {
  const { id = '' } = useParams()
  const { t } = useTranslation()
  const life = useGet('/api/messages/{id}', { path: { id } })
  const open = life.data?.message.status === 'received' || life.data?.message.status === 'retrying'
  useGet('/api/messages/{id}', { path: { id } }, { enabled: open, everyMs: openRefreshMs })
  return (
    <Page fill title={id} sub={life.data && <Summary life={life.data} />} extra={life.data && <Actions life={life.data} />}>
      {life.data && <Workbench life={life.data} />}
      {!life.data && life.error && <ProblemView problem={life.error} onRetry={() => void life.refetch()} />}
      {!life.data && !life.error && <Waiting rows={12} />}
      <span className="visually-hidden">{t('message.title')}</span>
    </Page>
  )
}

function Summary({ life: { message } }: { readonly life: Life }) {
  const { t } = useTranslation()
  return (
    <span className="row">
      <MessageStatusTag status={message.status} />
      <b className="mono">{message.type || '—'}</b>
      <Link to={`/messages?channel=${encodeURIComponent(message.channel)}`}>{message.channel}</Link>
      <span className="mono">{message.controlId}</span>
      {message.duplicateOf && (
        <span>
          {t('message.repeats')} <Link to={`/messages/${message.duplicateOf}`}>{message.duplicateOf}</Link>
        </span>
      )}
    </span>
  )
}

function Actions({ life: { message } }: { readonly life: Life }) {
  const { t } = useTranslation()
  const { message: toast } = App.useApp()
  const queries = useQueryClient()
  const may = useRights()
  const replay = useMutation({
    mutationFn: () => answerOf(api.POST('/api/messages/{id}/replay', { params: { path: { id: message.id } } })),
    onSuccess: outcome => {
      const fault = outcome.faults[0]
      if (fault) void toast.warning(`${t('message.replayed')} ${fault.text}`)
      else void toast.success(`${t('message.replayed')} ${t('message.changed', { count: outcome.resources.length })}`)
      for (const path of ['/api/messages/{id}', '/api/messages/{id}/stages']) void queries.invalidateQueries({ queryKey: [path] })
    },
    onError: problem => void toast.error(problem.message),
  })
  return (
    <>
      {may('message-bodies.read') && <Button href={`/api/messages/${message.id}/raw`}>{t('message.download')}</Button>}
      {may('messages.replay') && (
        <Tooltip title={t('message.replayHint')}>
          <Button type="primary" loading={replay.isPending} onClick={() => replay.mutate()}>
            {t('messages.replay')}
          </Button>
        </Tooltip>
      )}
    </>
  )
}
