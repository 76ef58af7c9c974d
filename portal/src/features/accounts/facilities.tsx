// Facilities: under which names they speak in messages, for which tenant, and from which addresses.
import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { type Answer, useGet } from '../../api/use-get.ts'
import { Collection, useTenantOptions } from './collection.tsx'

type Facility = Answer<'/api/facilities'>['facilities'][number]
type Values = { code: string; tenant: string; name: string; names?: string[]; addresses?: string[] }

export function Facilities() {
  const { t } = useTranslation()
  const query = useGet('/api/facilities', {})
  const tenants = useTenantOptions()
  return (
    <Collection<Facility, Values>
      name="facilities"
      path="/api/facilities"
      query={query}
      rows={query.data?.facilities ?? []}
      rowKey={facility => facility.code}
      newLabel={t('accounts.newFacility')}
      titleOf={facility => t('accounts.editFacility', { code: facility.code })}
      valuesOf={facility => facility}
      columns={[
        { key: 'code', title: t('accounts.code'), width: 140, cell: facility => <b className="mono">{facility.code}</b> },
        { key: 'name', title: t('accounts.name'), width: 220, cell: facility => facility.name },
        { key: 'tenant', title: t('accounts.tenant'), width: 110, cell: facility => facility.tenant },
        { key: 'names', title: t('accounts.aliases'), cell: facility => <span className="mono">{facility.names.join('  ')}</span> },
        {
          key: 'addresses',
          title: t('accounts.addresses'),
          cell: ({ addresses }) =>
            addresses.length > 0 ? (
              <span className="mono">{addresses.join('  ')}</span>
            ) : (
              <span className="faint">{t('accounts.anyAddress')}</span>
            ),
        },
      ]}
      fields={editing => (
        <>
          <Form.Item name="code" label={t('accounts.code')} rules={[{ required: true }]}>
            <Input disabled={editing !== 'new'} maxLength={60} />
          </Form.Item>
          <Form.Item name="name" label={t('accounts.name')} rules={[{ required: true }]}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="tenant" label={t('accounts.tenant')} rules={[{ required: true }]}>
            <Select options={tenants} />
          </Form.Item>
          <Form.Item name="names" label={t('accounts.aliases')}>
            <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[' ', ',']} />
          </Form.Item>
          <Form.Item name="addresses" label={t('accounts.addresses')} extra={t('accounts.addressesHint')}>
            <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[' ', ',']} />
          </Form.Item>
        </>
      )}
      save={({ code, ...body }) => answerOf(api.PUT('/api/facilities/{code}', { params: { path: { code } }, body }))}
    />
  )
}
