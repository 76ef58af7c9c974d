// A page: its title, what can be done on it, and a body that fills the window.
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'

export function Page({
  title,
  sub,
  extra,
  children,
  fill = false,
}: {
  readonly title: string
  readonly sub?: ReactNode
  readonly extra?: ReactNode
  readonly children: ReactNode
  /** The body is as high as the window and its parts scroll by themselves. */
  readonly fill?: boolean
}) {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title, t])
  return (
    <div className={fill ? 'page page-fill' : 'page'}>
      <header className="page-head">
        <h1>{title}</h1>
        <div className="page-sub">{sub}</div>
        <div className="page-extra">{extra}</div>
      </header>
      {children}
    </div>
  )
}
