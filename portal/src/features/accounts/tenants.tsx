// Tenants: hospitals and centres, each with its own data.
import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { type Answer, useGet } from '../../api/use-get.ts'
import { Collection } from './collection.tsx'

type Tenant = Answer<'/api/tenants'>['tenants'][number]
type Values = {
  code: string
  name: string
  nameEn?: string
  kind?: 'hospital' | 'centre'
  sharesPersons?: boolean
  organizationCode?: string
}

export function Tenants() {
  const { t } = useTranslation()
  const query = useGet('/api/tenants', {})
  return (
    <Collection<Tenant, Values>
      name="tenants"
      path="/api/tenants"
      query={query}
      rows={query.data?.tenants ?? []}
      rowKey={tenant => tenant.code}
      newLabel={t('accounts.newTenant')}
      titleOf={tenant => t('accounts.editTenant', { code: tenant.code })}
      valuesOf={tenant => tenant}
      columns={[
        { key: 'code', title: t('accounts.code'), width: 160, cell: tenant => <b className="mono">{tenant.code}</b> },
        { key: 'name', title: t('accounts.name'), cell: tenant => tenant.name },
        { key: 'nameEn', title: t('accounts.nameEn'), cell: tenant => tenant.nameEn },
      ]}
      fields={editing => (
        <>
          <Form.Item name="code" label={t('accounts.code')} rules={[{ required: true, pattern: /^[A-Z][A-Z0-9_-]{0,15}$/ }]}>
            <Input disabled={editing !== 'new'} maxLength={16} />
          </Form.Item>
          <Form.Item name="name" label={t('accounts.name')} rules={[{ required: true }]}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="nameEn" label={t('accounts.nameEn')}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="organizationCode" label={t('accounts.organizationCode')}>
            <Input maxLength={18} placeholder={t('accounts.unchanged')} />
          </Form.Item>
          <Form.Item name="kind" label={t('accounts.kind')}>
            <Select
              allowClear
              placeholder={t('accounts.unchanged')}
              options={(['hospital', 'centre'] as const).map(kind => ({ value: kind, label: t(`accounts.kinds.${kind}`) }))}
            />
          </Form.Item>
          <Form.Item name="sharesPersons" label={t('accounts.sharesPersons')}>
            <Select
              allowClear
              placeholder={t('accounts.unchanged')}
              options={[
                { value: true, label: t('accounts.yes') },
                { value: false, label: t('accounts.no') },
              ]}
            />
          </Form.Item>
        </>
      )}
      save={({ code, ...given }) => {
        const body = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== ''))
        return answerOf(api.PUT('/api/tenants/{code}', { params: { path: { code } }, body }))
      }}
    />
  )
}
