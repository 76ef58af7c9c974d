// The sample users of a demo installation, each a card with role and one click to enter.
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/use-get.ts'
import { termOf } from '../../i18n/index.ts'

type User = Answer<'/api/login-options'>['users'][number]

export function DemoUsers({
  users,
  password,
  busy,
  onEnter,
}: {
  readonly users: readonly User[]
  readonly password: string
  readonly busy: string
  readonly onEnter: (name: string) => void
}) {
  const { t } = useTranslation()
  return (
    <section className="login-demo" aria-label={t('login.demo')}>
      <h2>{t('login.demo')}</h2>
      <div className="login-cards">
        {users.map(user => (
          <button type="button" key={user.name} className="login-card" disabled={busy !== ''} onClick={() => onEnter(user.name)}>
            <b>{user.displayName}</b>
            <span>{user.roles.map(role => termOf('roles', role)).join(' · ')}</span>
            <small>{termOf('login.users', user.name)}</small>
          </button>
        ))}
      </div>
      <p className="faint">{t('login.samplePassword', { password })}</p>
    </section>
  )
}
