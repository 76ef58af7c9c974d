// One kind of account: a table with a button for a new one and a way to change each; the form opens above it.
import type { UseQueryResult } from '@tanstack/react-query'
import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../api/client.ts'
import { type GetPath, useGet } from '../../api/use-get.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Answered, Frame } from '../../ui/panel.tsx'

/** The row that is changed; `new` for one that is not there yet. */
export type Editing<Row> = Row | 'new'

export function Collection<Row extends object, Values extends object>({
  name,
  path,
  query,
  rows,
  rowKey,
  columns,
  newLabel,
  titleOf,
  valuesOf,
  fields,
  save,
}: {
  readonly name: 'users' | 'clients' | 'tenants' | 'facilities'
  readonly path: GetPath
  readonly query: UseQueryResult<unknown, Problem>
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly columns: readonly Column<Row>[]
  readonly newLabel: string
  /** Title of the form that changes a row; without it rows are not changed. */
  readonly titleOf?: (row: Row) => string
  readonly valuesOf?: (row: Row) => Partial<Values>
  readonly fields: (editing: Editing<Row>) => ReactNode
  readonly save: (values: Values, editing: Editing<Row>) => Promise<unknown>
}) {
  const { t } = useTranslation()
  const [editing, edit] = useState<Editing<Row>>()
  const change: Column<Row> = {
    key: 'change',
    title: '',
    width: 84,
    align: 'right',
    cell: row => (
      <Button size="small" onClick={() => edit(row)} aria-label={`${t('accounts.edit')} ${rowKey(row)}`}>
        {t('accounts.edit')}
      </Button>
    ),
  }
  return (
    <>
      <Frame
        className="flush fill"
        title={t(`accounts.tabs.${name}`)}
        extra={
          <Button type="primary" onClick={() => edit('new')}>
            {newLabel}
          </Button>
        }
      >
        <Answered query={query} isEmpty={() => rows.length === 0} empty={t(`accounts.none.${name}`)} rows={8}>
          {() => (
            <DataTable
              fill
              label={t(`accounts.tabs.${name}`)}
              rows={rows}
              rowKey={rowKey}
              columns={titleOf ? [...columns, change] : columns}
            />
          )}
        </Answered>
      </Frame>
      {editing !== undefined && (
        <EditDialog
          title={editing === 'new' || !titleOf ? newLabel : titleOf(editing)}
          path={path}
          values={editing === 'new' ? {} : (valuesOf?.(editing) ?? {})}
          onClose={() => edit(undefined)}
          save={(values: Values) => save(values, editing)}
        >
          {fields(editing)}
        </EditDialog>
      )}
    </>
  )
}

function EditDialog<Values extends object>({
  title,
  path,
  values,
  onClose,
  save,
  children,
}: {
  readonly title: string
  readonly path: GetPath
  readonly values: Partial<Values>
  readonly onClose: () => void
  readonly save: (values: Values) => Promise<unknown>
  readonly children: ReactNode
}) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [form] = Form.useForm<Values>()
  const [busy, setBusy] = useState(false)
  const submit = async (given: Values) => {
    setBusy(true)
    try {
      await save(given)
      void queries.invalidateQueries({ queryKey: [path] })
      void message.success(t('accounts.saved'))
      onClose()
    } catch (problem) {
      void message.error((problem as Problem).message || t('ui.unreachable'))
      setBusy(false)
    }
  }
  return (
    <Modal open title={title} okText={t('ui.save')} confirmLoading={busy} onOk={() => form.submit()} onCancel={onClose} width={520}>
      <Form
        form={form}
        layout="vertical"
        initialValues={values}
        requiredMark={false}
        validateMessages={{ required: t('accounts.required') }}
        onFinish={submit}
      >
        {children}
      </Form>
    </Modal>
  )
}

/** Names of tenants to choose from; `all` stands for every one, also those to come. */
export function useTenantOptions(): { value: string; label: string }[] {
  const tenants = useGet('/api/tenants', {}).data?.tenants ?? []
  const session = useGet('/api/session', {}).data?.tenants ?? []
  const codes = [...new Set([...tenants.map(({ code }) => code), ...session])].filter(code => code !== 'SYSTEM')
  return codes.map(code => ({ value: code, label: [code, tenants.find(tenant => tenant.code === code)?.name].filter(Boolean).join(' ') }))
}

export function TenantsCell({ tenants }: { readonly tenants: unknown }) {
  const { t } = useTranslation()
  if (tenants === 'all') return <>{t('accounts.allTenants')}</>
  return <>{(tenants as readonly string[]).join(' · ')}</>
}

/** What the form holds: `all` in the list means every tenant. */
export function tenantsOf(chosen: readonly string[]): string[] | 'all' {
  return chosen.includes('all') ? 'all' : [...chosen]
}

export function chosenOf(tenants: unknown): string[] {
  return tenants === 'all' ? ['all'] : [...(tenants as readonly string[])]
}
