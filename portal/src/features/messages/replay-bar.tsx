// What can be replayed now: the selection, or everything of the fault that the list is filtered by.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'

export function ReplayBar({
  chosen,
  fault,
  channel,
  onDone,
}: {
  readonly chosen: ReadonlySet<string>
  readonly fault: string | undefined
  readonly channel: string | undefined
  readonly onDone: () => void
}) {
  const { t } = useTranslation()
  const { modal, message } = App.useApp()
  const queries = useQueryClient()
  const start = useMutation({
    mutationFn: (body: { ids: string[] } | { fault: string; channel?: string }) =>
      answerOf(api.POST('/api/replays', { body: body as never })),
    onSuccess: () => {
      onDone()
      void queries.invalidateQueries({ queryKey: ['/api/replays'] })
    },
    onError: problem => void message.error(problem.message),
  })
  if (chosen.size === 0 && !fault) return null
  const ask = (content: string, body: { ids: string[] } | { fault: string; channel?: string }) =>
    modal.confirm({
      title: t('messages.replay'),
      content,
      okText: t('messages.replay'),
      onOk: () => start.mutateAsync(body).catch(() => undefined),
    })
  return (
    <div className="replay-bar">
      {chosen.size > 0 && (
        <>
          <span>{t('messages.selected', { count: chosen.size })}</span>
          <Button type="primary" onClick={() => ask(t('messages.replayAsk', { count: chosen.size }), { ids: [...chosen] })}>
            {t('messages.replaySelected')}
          </Button>
        </>
      )}
      {fault && (
        <Button onClick={() => ask(t('messages.replayAskAll', { fault }), { fault, ...(channel ? { channel } : {}) })}>
          {t('messages.replayAll')}
        </Button>
      )}
    </div>
  )
}
