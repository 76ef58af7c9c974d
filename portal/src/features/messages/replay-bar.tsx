// What can be replayed now: the selection, or everything of the fault that the list is filtered by.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useReplay } from './use-replay.ts'

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
  const { ask } = useReplay(onDone)
  if (chosen.size === 0 && !fault) return null
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
