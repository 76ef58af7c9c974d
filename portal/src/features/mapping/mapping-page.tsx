// Mapping tried out: a message on the left, what the plans make of it on the right, at every pause of typing; nothing is stored.
import { Button, Segmented, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRights } from '../../api/session.ts'
import { useGet } from '../../api/use-get.ts'
import { EditView } from '../../code/lazy.tsx'
import { Page } from '../../ui/page.tsx'
import { Frame } from '../../ui/panel.tsx'
import { Empty, ProblemView, Waiting } from '../../ui/state.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { Result, resultTabs } from './result.tsx'
import { sample } from './sample.ts'
import { usePreview } from './use-preview.ts'
import '../../ui/resource-list.css'
import './mapping.css'

export default function MappingPage() {
  const { t } = useTranslation()
  const [url, change] = useUrlState(['channel', 'tab'])
  const [text, setText] = useState('')
  const preview = usePreview(text, url.channel)
  const tab = resultTabs.find(each => each === url.tab) ?? 'resources'
  const answer = text.trim() === '' ? undefined : preview.data
  return (
    <Page fill title={t('navigation.mapping')} sub={t('mapping.about')}>
      <div className="filters">
        <ChannelSelect value={url.channel} onChange={channel => change({ channel })} />
        <Button onClick={() => setText(sample)}>{t('mapping.sample')}</Button>
        {text !== '' && (
          <Button type="link" onClick={() => setText('')}>
            {t('validate.clear')}
          </Button>
        )}
      </div>
      <div className="columns mapping-columns fill">
        <Frame className="flush source" label={t('mapping.input')}>
          <div className="source-text">
            <EditView
              label={t('mapping.input')}
              hint={t('mapping.paste')}
              text={text}
              syntax={text.trimStart().startsWith('{') ? 'json' : 'hl7v2'}
              onChange={setText}
            />
          </div>
        </Frame>
        <Frame
          className="flush preview"
          label={t('navigation.mapping')}
          title={
            <Segmented
              size="small"
              value={tab}
              options={resultTabs.map(name => ({ value: name, label: `${t(`mapping.tabs.${name}`)} ${countOf(answer, name)}` }))}
              onChange={next => change({ tab: next })}
            />
          }
        >
          {text.trim() === '' && <Empty words={t('mapping.waiting')} />}
          {text.trim() !== '' && preview.error && <ProblemView problem={preview.error} onRetry={() => void preview.refetch()} />}
          {text.trim() !== '' && !preview.error && !answer && <Waiting rows={6} />}
          {answer && !preview.error && <Result preview={answer} tab={tab} />}
        </Frame>
      </div>
    </Page>
  )
}

function countOf(answer: ReturnType<typeof usePreview>['data'], name: (typeof resultTabs)[number]): number | '' {
  return answer ? answer[name].length : ''
}

/** The plans of a channel; without one those of any HL7 v2 sender. */
function ChannelSelect({
  value,
  onChange,
}: {
  readonly value: string | undefined
  readonly onChange: (channel: string | undefined) => void
}) {
  const { t, i18n } = useTranslation()
  const may = useRights()
  const channels = useGet('/api/channels', {}, { enabled: may('channels.read') }).data?.channels ?? []
  const language = i18n.language === 'en' ? 'en' : 'zh'
  const options = (channels as readonly { id: string; name: Record<'zh' | 'en', string> }[]).map(({ id, name }) => ({
    value: id,
    label: name[language],
  }))
  return (
    <Select
      allowClear
      style={{ width: 260 }}
      placeholder={t('mapping.channel')}
      aria-label={t('mapping.channel')}
      value={value}
      options={options}
      onChange={(channel?: string) => onChange(channel)}
    />
  )
}
