// Merges as the systems ordered them (A40), newest first, each with the way back.
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { DataTable } from '../../ui/data-table.tsx'
import { Answered, Frame } from '../../ui/panel.tsx'
import { Instant } from '../../ui/time.tsx'
import { candidateOf, nameText, type Patient } from './candidate.ts'
import { type Merge, useMerges, useUndoMerge } from './use-identity.ts'

export function Merges() {
  const { t } = useTranslation()
  const merges = useMerges()
  return (
    <Frame className="flush fill" label={t('identity.merges')}>
      <Answered query={merges} isEmpty={answer => answer.merges.length === 0} empty={t('identity.noMerges')} rows={10}>
        {answer => (
          <DataTable
            fill
            label={t('identity.merges')}
            rows={answer.merges as unknown as readonly Merge[]}
            rowKey={({ tenant, survivor, retired }) => `${tenant} ${survivor?.id} ${retired?.id}`}
            columns={[
              { key: 'at', title: t('identity.mergedAt'), width: 150, cell: merge => <Instant ms={merge.atMs} long /> },
              { key: 'tenant', title: t('dashboard.tenant'), width: 70, cell: merge => merge.tenant },
              { key: 'retired', title: t('identity.retired'), cell: merge => <Side tenant={merge.tenant} patient={merge.retired} /> },
              { key: 'arrow', title: '', width: 30, align: 'center', cell: () => <span className="faint">→</span> },
              { key: 'survivor', title: t('identity.survivor'), cell: merge => <Side tenant={merge.tenant} patient={merge.survivor} /> },
              {
                key: 'message',
                title: t('resource.message'),
                width: 110,
                cell: merge => (
                  <Link className="mono" to={`/messages/${merge.message}`}>
                    {merge.message}
                  </Link>
                ),
              },
              { key: 'undo', title: '', width: 92, align: 'right', cell: merge => <Undo merge={merge} /> },
            ]}
          />
        )}
      </Answered>
    </Frame>
  )
}

function Side({ tenant, patient }: { readonly tenant: string; readonly patient: Patient | undefined }) {
  if (!patient) return <span className="faint">—</span>
  const { record = [], birthDate = [] } = candidateOf(patient).fields
  return (
    <>
      <Link to={`/resources/${tenant}/Patient/${patient.id}`}>{nameText(patient.name?.[0]) || patient.id.slice(0, 8)}</Link>{' '}
      <span className="faint number">{birthDate[0] ?? ''}</span> <span className="mono">{record.join(' ')}</span>
    </>
  )
}

function Undo({ merge: { tenant, survivor, retired } }: { readonly merge: Merge }) {
  const { t } = useTranslation()
  const { modal, message } = App.useApp()
  const undo = useUndoMerge(() => void message.success(t('identity.undone')))
  if (!survivor || !retired) return null
  const ask = () =>
    modal.confirm({
      title: t('identity.undo'),
      content: t('identity.undoAsk', { retired: nameText(retired.name?.[0]), survivor: nameText(survivor.name?.[0]) }),
      okText: t('identity.undo'),
      onOk: () =>
        undo.mutateAsync({ tenant, survivor: survivor.id, retired: retired.id }).catch(problem => void message.error(problem.message)),
    })
  return (
    <Button size="small" onClick={ask}>
      {t('identity.undo')}
    </Button>
  )
}
