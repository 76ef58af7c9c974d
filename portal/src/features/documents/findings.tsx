// What the check found: severity, sentence, place in the document, and what can be done.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { type Answer, useGet } from '../../api/use-get.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Answered } from '../../ui/panel.tsx'
import { Empty } from '../../ui/state.tsx'
import { Tag } from '../../ui/tags.tsx'
import { CheckTag } from './document-tags.tsx'

const path = '/api/documents/{tenant}/{id}/findings'
export type Report = Answer<typeof path>
type Finding = Report['findings'][number]
type DocumentName = { readonly tenant: string; readonly id: string }

export function useFindings(name: DocumentName) {
  return useGet(path, { path: name })
}

const tones: Readonly<Record<Finding['severity'], string>> = { error: 'bad', warning: 'warn', information: 'quiet' }

export function Findings({ name }: { readonly name: DocumentName }) {
  const { t } = useTranslation()
  const { message: toast } = App.useApp()
  const queries = useQueryClient()
  const findings = useFindings(name)
  const again = useMutation({
    mutationFn: () => answerOf(api.POST('/api/documents/{tenant}/{id}/check', { params: { path: name } })),
    onSuccess: () => {
      void toast.success(t('documents.rechecked'))
      void queries.invalidateQueries({ queryKey: [path] })
      void queries.invalidateQueries({ queryKey: ['/api/documents'] })
    },
    onError: problem => void toast.error(problem.message),
  })
  const columns: readonly Column<Finding>[] = [
    {
      key: 'severity',
      title: t('documents.check'),
      width: 80,
      cell: ({ severity }) => <Tag tone={tones[severity]}>{t(`documents.severity.${severity}`)}</Tag>,
    },
    {
      key: 'text',
      title: t('documents.findings'),
      cell: ({ fault }) => (
        <>
          {fault.text} {fault.hint && <span className="faint">{fault.hint}</span>}
        </>
      ),
    },
    { key: 'at', title: 'XPath', width: '32%', cell: ({ fault }) => <span className="mono faint">{fault.at}</span> },
    {
      key: 'place',
      title: '',
      width: 120,
      cell: ({ line, column }) =>
        line !== undefined && <span className="faint">{t('documents.place', { line, column: column ?? 1 })}</span>,
    },
  ]
  return (
    <Answered query={findings} rows={5}>
      {report => (
        <>
          <div className="row findings-head">
            <CheckTag checked={report} />
            <span className="grow" />
            <Button loading={again.isPending} onClick={() => again.mutate()}>
              {t('documents.recheck')}
            </Button>
          </div>
          {report.findings.length === 0 ? (
            <Empty words={t('documents.noFindings')} />
          ) : (
            <DataTable
              label={t('documents.findings')}
              columns={columns}
              rows={report.findings}
              rowKey={finding => JSON.stringify(finding)}
            />
          )}
        </>
      )}
    </Answered>
  )
}
