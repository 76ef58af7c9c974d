// The frame of every page: menu by rights, search, language, who is signed in, keyboard help.
import { LogoutOutlined, MenuFoldOutlined, MenuUnfoldOutlined, QuestionCircleOutlined } from '@ant-design/icons'
import { Button, Dropdown, Tooltip } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, Outlet, useNavigate } from 'react-router'
import { useRights, useSession, useSignOut } from '../api/session.ts'
import { focusSearch, useHotkeys } from '../ui/hotkeys.ts'
import { KeyboardHelp } from './keyboard-help.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { destinations, groups } from './navigation.tsx'

const narrowKey = 'huilian.menu-narrow'

export function Shell() {
  const [help, setHelp] = useState(false)
  useHotkeys({ '/': focusSearch, '?': () => setHelp(true) })
  return (
    <div className="shell">
      <Side />
      <div className="shell-main">
        <Top onHelp={() => setHelp(true)} />
        <main className="shell-content" id="content">
          <Outlet />
        </main>
      </div>
      <KeyboardHelp open={help} onClose={() => setHelp(false)} />
    </div>
  )
}

function Side() {
  const { t } = useTranslation()
  const may = useRights()
  const [narrow, setNarrow] = useState(localStorage.getItem(narrowKey) === 'yes')
  const toggle = () => {
    localStorage.setItem(narrowKey, narrow ? 'no' : 'yes')
    setNarrow(!narrow)
  }
  return (
    <nav className={narrow ? 'shell-side narrow' : 'shell-side'} aria-label={t('app.menu')}>
      <div className="shell-brand">
        <img src="/icon.svg" alt="" />
        {!narrow && (
          <span>
            汇联 <small>Huilian</small>
          </span>
        )}
      </div>
      {groups.map(group => {
        const visible = destinations.filter(each => each.group === group && may(each.right))
        if (visible.length === 0) return null
        return (
          <div key={group}>
            <div className="shell-group">{t(`navigation.groups.${group}`)}</div>
            {visible.map(({ name, path, icon: Icon }) => (
              <Tooltip key={name} title={narrow ? t(`navigation.${name}`) : undefined} placement="right">
                <NavLink
                  to={path}
                  className={({ isActive }) => (isActive ? 'shell-link active' : 'shell-link')}
                  aria-label={t(`navigation.${name}`)}
                >
                  <Icon />
                  {!narrow && t(`navigation.${name}`)}
                </NavLink>
              </Tooltip>
            ))}
          </div>
        )
      })}
      <div className="shell-foot">
        <button type="button" onClick={toggle} aria-label={t('app.toggleMenu')}>
          {narrow ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        </button>
      </div>
    </nav>
  )
}

function Top({ onHelp }: { readonly onHelp: () => void }) {
  const { t } = useTranslation()
  const session = useSession().data
  const signOut = useSignOut()
  const navigate = useNavigate()
  return (
    <header className="shell-top">
      <span className="faint cut">
        {session && t('app.sees', { tenants: session.tenants.filter(tenant => tenant !== 'SYSTEM').join(' · ') })}
      </span>
      <span className="grow" />
      <Tooltip title={t('app.keyboard')}>
        <Button type="text" icon={<QuestionCircleOutlined />} onClick={onHelp} aria-label={t('app.keyboard')} />
      </Tooltip>
      <LanguageSwitch />
      <Dropdown
        trigger={['click']}
        menu={{
          items: [{ key: 'out', icon: <LogoutOutlined />, label: t('app.signOut') }],
          onClick: () => void signOut().then(() => navigate('/login')),
        }}
      >
        <Button type="text">{session?.name}</Button>
      </Dropdown>
    </header>
  )
}
