// Starting a replay of many messages: asked once, then a task of its own.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Problem } from '../../api/client.ts'

export type ReplayOrder = { readonly ids: readonly string[] } | { readonly fault: string; readonly channel?: string }

/** `ask` shows what would happen; `onStarted` gets the number of messages that are replayed. */
export function useReplay(onStarted: (total: number) => void): { ask(content: string, order: ReplayOrder): void } {
  const { t } = useTranslation()
  const { modal, message } = App.useApp()
  const queries = useQueryClient()
  const start = useMutation<{ readonly total: number }, Problem, ReplayOrder>({
    mutationFn: order => answerOf(api.POST('/api/replays', { body: order as never })),
    onSuccess: ({ total }) => {
      void queries.invalidateQueries({ queryKey: ['/api/replays'] })
      onStarted(total)
    },
    onError: problem => void message.error(problem.message || t('ui.unreachable')),
  })
  const ask = (content: string, order: ReplayOrder) =>
    void modal.confirm({
      title: t('messages.replay'),
      content,
      okText: t('messages.replay'),
      onOk: () => start.mutateAsync(order).catch(() => undefined),
    })
  return { ask }
}
