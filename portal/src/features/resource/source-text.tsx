// The source message as it was received, decoded; the bytes themselves are one click away.
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Problem } from '../../api/client.ts'
import { get } from '../../api/use-get.ts'
import { TextView } from '../../code/lazy.tsx'
import type { Syntax } from '../../code/marks.ts'
import { readJson } from '../../json/exact.ts'
import { printJson } from '../../json/print.ts'
import { Answered } from '../../ui/panel.tsx'

type Source = { readonly text: string; readonly syntax: Syntax }

export function SourceText({ message }: { readonly message: string }) {
  const { t } = useTranslation()
  const source = useQuery<Source, Problem>({ queryKey: ['source-text', message], queryFn: ({ signal }) => readSource(message, signal) })
  return (
    <Answered query={source} rows={8}>
      {({ text, syntax }) => (
        <div className="source-of-version">
          <div className="source-head">
            <a href={`/api/messages/${message}/raw`} download>
              {t('message.download')}
            </a>
          </div>
          <TextView label={t('resource.source')} syntax={syntax} text={text} />
        </div>
      )}
    </Answered>
  )
}

/** HL7 v2 comes decoded from the parser; the others are texts in UTF-8. */
async function readSource(message: string, signal: AbortSignal): Promise<Source> {
  const life = await get('/api/messages/{id}', { path: { id: message } }, signal)
  if (life.message.format === 'hl7v2') {
    const parsed = await get('/api/messages/{id}/parsed', { path: { id: message } }, signal)
    return { text: parsed.text, syntax: 'hl7v2' }
  }
  const text = (await answerOf(
    api.GET('/api/messages/{id}/raw', { params: { path: { id: message } }, parseAs: 'text', signal }),
  )) as unknown as string
  const json = readJson(text)
  return json ? { text: printJson(json.value), syntax: 'json' } : { text, syntax: 'xml' }
}
