// API clients (OAuth2 client_credentials): the secret is shown once, when the client is made.
import { useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Form, Input, Modal, Select, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Problem } from '../../api/client.ts'
import { type Answer, useGet } from '../../api/use-get.ts'
import { Collection, chosenOf, TenantsCell, tenantsOf, useTenantOptions } from './collection.tsx'

type Client = Answer<'/api/clients'>['clients'][number]
type Values = { name: string; tenants: string[]; scopes: string[] }
type Made = { readonly id: string; readonly secret: string }

const usualScopes = [
  'system/*.read',
  'system/*.*',
  'messages.send',
  'messages.read',
  'dashboard.read',
  'documents.read',
  'terminology.read',
  'terminology.write',
  'rating.read',
  'audit.read',
  'mappings.preview',
]

export function Clients() {
  const { t } = useTranslation()
  const query = useGet('/api/clients', {})
  const tenants = useTenantOptions()
  const [made, setMade] = useState<Made>()
  return (
    <>
      <Collection<Client, Values>
        name="clients"
        path="/api/clients"
        query={query}
        rows={query.data?.clients ?? []}
        rowKey={client => client.id}
        newLabel={t('accounts.newClient')}
        columns={[
          { key: 'name', title: t('accounts.clientName'), width: 220, cell: client => client.name },
          { key: 'id', title: t('accounts.clientId'), width: 240, cell: client => <span className="mono">{client.id}</span> },
          { key: 'tenants', title: t('accounts.tenants'), width: 200, cell: client => <TenantsCell tenants={client.tenants} /> },
          { key: 'scopes', title: t('accounts.scopes'), cell: client => <span className="mono">{client.scopes.join('  ')}</span> },
          { key: 'remove', title: '', width: 70, align: 'right', cell: client => <Remove client={client} /> },
        ]}
        fields={() => (
          <>
            <Form.Item name="name" label={t('accounts.clientName')} rules={[{ required: true }]}>
              <Input maxLength={100} />
            </Form.Item>
            <Form.Item
              name="tenants"
              label={t('accounts.tenants')}
              rules={[{ required: true }]}
              getValueProps={value => ({ value: value && chosenOf(value) })}
            >
              <Select mode="multiple" options={[{ value: 'all', label: t('accounts.allTenants') }, ...tenants]} />
            </Form.Item>
            <Form.Item name="scopes" label={t('accounts.scopes')} rules={[{ required: true }]} extra={t('accounts.scopesHint')}>
              <Select mode="tags" tokenSeparators={[' ', ',']} options={usualScopes.map(scope => ({ value: scope, label: scope }))} />
            </Form.Item>
          </>
        )}
        save={async values => {
          const body = { ...values, tenants: tenantsOf(values.tenants) }
          setMade(await answerOf(api.POST('/api/clients', { body })))
        }}
      />
      {made && <Secret made={made} onClose={() => setMade(undefined)} />}
    </>
  )
}

function Secret({ made, onClose }: { readonly made: Made; readonly onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      open
      title={t('accounts.secretTitle')}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('ui.close')}
        </Button>
      }
    >
      <Alert type="warning" showIcon title={t('accounts.secretHint')} />
      <dl className="made">
        <dt className="faint">{t('accounts.clientId')}</dt>
        <dd>
          <Typography.Text code copyable>
            {made.id}
          </Typography.Text>
        </dd>
        <dt className="faint">{t('accounts.secret')}</dt>
        <dd>
          <Typography.Text code copyable>
            {made.secret}
          </Typography.Text>
        </dd>
      </dl>
    </Modal>
  )
}

/** The client `admin` is the way back in: it stays. */
function Remove({ client }: { readonly client: Client }) {
  const { t } = useTranslation()
  const { modal, message } = App.useApp()
  const queries = useQueryClient()
  if (client.id === 'admin') return null
  const remove = () =>
    answerOf(api.DELETE('/api/clients/{id}', { params: { path: { id: client.id } } })).then(
      () => {
        void message.success(t('accounts.removed'))
        return queries.invalidateQueries({ queryKey: ['/api/clients'] })
      },
      (problem: Problem) => void message.error(problem.message),
    )
  const ask = () =>
    modal.confirm({
      title: t('accounts.remove'),
      content: t('accounts.removeAsk', { name: client.name }),
      okText: t('accounts.remove'),
      okButtonProps: { danger: true },
      onOk: remove,
    })
  return (
    <Button size="small" danger onClick={ask} aria-label={`${t('accounts.remove')} ${client.name}`}>
      {t('accounts.remove')}
    </Button>
  )
}
