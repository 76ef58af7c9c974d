// Sign-in: name and password; in the demo the sample users as cards, one click each.
import { LockOutlined, UserOutlined } from '@ant-design/icons'
import { Alert, Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { Problem } from '../../api/client.ts'
import { useSignIn } from '../../api/session.ts'
import { useGet } from '../../api/use-get.ts'
import { LanguageSwitch } from '../../app/language-switch.tsx'
import { DemoUsers } from './demo-users.tsx'
import './login.css'

export function LoginPage() {
  const { t } = useTranslation()
  const options = useGet('/api/login-options', {}).data
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState('')
  const signIn = useSignIn()
  const navigate = useNavigate()
  const [parameters] = useSearchParams()
  const enter = async (name: string, password: string) => {
    setBusy(name)
    setProblem(undefined)
    try {
      await signIn(name, password)
      navigate(safe(parameters.get('next')), { replace: true })
    } catch (trouble) {
      setProblem(trouble instanceof Problem ? trouble : new Problem(0))
      setBusy('')
    }
  }
  return (
    <div className="login">
      <div className="login-language">
        <LanguageSwitch />
      </div>
      <div className="login-box">
        <header>
          <img src="/icon.svg" alt="" width="44" height="44" />
          <div>
            <h1>{t('app.name')}</h1>
            <p>{t('login.about')}</p>
          </div>
        </header>
        {problem && <Alert type="error" showIcon title={problem.message || t('ui.unreachable')} description={problem.hint} />}
        <LoginForm busy={busy !== ''} onEnter={enter} />
        {options && options.users.length > 0 && (
          <DemoUsers
            users={options.users}
            password={options.passwordHint}
            busy={busy}
            onEnter={name => enter(name, options.passwordHint)}
          />
        )}
      </div>
    </div>
  )
}

/** Only into this portal, whatever the address says. */
function safe(next: string | null): string {
  return next?.startsWith('/') && !next.startsWith('//') ? next : '/'
}

function LoginForm({ busy, onEnter }: { readonly busy: boolean; readonly onEnter: (name: string, password: string) => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onEnter(name.trim(), password)
  }
  return (
    <form onSubmit={submit} className="login-form" aria-label={t('login.signIn')}>
      <Input
        size="large"
        prefix={<UserOutlined />}
        placeholder={t('login.name')}
        aria-label={t('login.name')}
        autoComplete="username"
        value={name}
        onChange={event => setName(event.target.value)}
        autoFocus
      />
      <Input.Password
        size="large"
        prefix={<LockOutlined />}
        placeholder={t('login.password')}
        aria-label={t('login.password')}
        autoComplete="current-password"
        value={password}
        onChange={event => setPassword(event.target.value)}
      />
      <Button size="large" type="primary" htmlType="submit" loading={busy} disabled={name.trim() === '' || password === ''}>
        {t('login.signIn')}
      </Button>
    </form>
  )
}
