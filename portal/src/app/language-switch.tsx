// 中文 / English.
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { speak } from '../i18n/index.ts'

export function LanguageSwitch() {
  const { i18n } = useTranslation()
  const queries = useQueryClient()
  const other = i18n.language === 'en' ? 'zh-CN' : 'en'
  // Faults and hints come from the server in the language that was asked for: they are asked for again.
  const change = () => void speak(other).then(() => queries.invalidateQueries())
  return (
    <Button type="text" onClick={change} lang={other}>
      {other === 'en' ? 'English' : '中文'}
    </Button>
  )
}
