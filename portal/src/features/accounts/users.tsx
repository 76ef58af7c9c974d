// Users of the portal, their roles and the tenants they see.
import { Checkbox, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { type Answer, useGet } from '../../api/use-get.ts'
import { termOf } from '../../i18n/index.ts'
import { Collection, chosenOf, TenantsCell, tenantsOf, useTenantOptions } from './collection.tsx'

type User = Answer<'/api/users'>['users'][number]
type Values = { name: string; displayName: string; roles: string[]; tenants: string[]; password: string }

const roles = ['admin', 'analyst', 'clinician', 'quality', 'developer'] as const

export function Users() {
  const { t } = useTranslation()
  const query = useGet('/api/users', {})
  const tenants = useTenantOptions()
  return (
    <Collection<User, Values>
      name="users"
      path="/api/users"
      query={query}
      rows={query.data?.users ?? []}
      rowKey={user => user.name}
      newLabel={t('accounts.newUser')}
      titleOf={user => t('accounts.editUser', { name: user.name })}
      valuesOf={user => ({ name: user.name, displayName: user.displayName, roles: user.roles, tenants: chosenOf(user.tenants) })}
      columns={[
        { key: 'name', title: t('accounts.userName'), width: 180, cell: user => <span className="mono">{user.name}</span> },
        { key: 'displayName', title: t('accounts.displayName'), width: 160, cell: user => user.displayName },
        { key: 'roles', title: t('accounts.roles'), width: 220, cell: user => user.roles.map(role => termOf('roles', role)).join(' · ') },
        { key: 'tenants', title: t('accounts.tenants'), cell: user => <TenantsCell tenants={user.tenants} /> },
      ]}
      fields={editing => (
        <>
          <Form.Item name="name" label={t('accounts.userName')} rules={[{ required: true }]}>
            <Input disabled={editing !== 'new'} maxLength={100} autoComplete="off" />
          </Form.Item>
          <Form.Item name="displayName" label={t('accounts.displayName')} rules={[{ required: true }]}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="roles" label={t('accounts.roles')} rules={[{ required: true }]}>
            <Checkbox.Group options={roles.map(role => ({ value: role, label: t(`roles.${role}`) }))} />
          </Form.Item>
          <Form.Item name="tenants" label={t('accounts.tenants')} rules={[{ required: true }]}>
            <Select mode="multiple" options={[{ value: 'all', label: t('accounts.allTenants') }, ...tenants]} />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('accounts.password')}
            rules={[{ required: true }]}
            extra={editing === 'new' ? undefined : t('accounts.passwordHint')}
          >
            <Input.Password autoComplete="new-password" maxLength={200} />
          </Form.Item>
        </>
      )}
      save={values => answerOf(api.POST('/api/users', { body: { ...values, tenants: tenantsOf(values.tenants) } as never }))}
    />
  )
}
