// A bug of the portal in words; after an update the old page's parts are gone, then loading it anew helps.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRouteError } from 'react-router'

export function CrashView() {
  const { t } = useTranslation()
  const error = useRouteError()
  return (
    <div className="state" role="alert" style={{ height: '100%' }}>
      <div className="state-title">{t('app.crashed')}</div>
      <div className="mono faint">{error instanceof Error ? error.message : String(error)}</div>
      <Button onClick={() => location.reload()}>{t('app.reload')}</Button>
    </div>
  )
}
