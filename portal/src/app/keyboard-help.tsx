// What the keys do.
import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'

const keys = ['/', 'j', 'k', 'Enter', 'r', 'Esc', '?'] as const

export function KeyboardHelp({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('app.keyboard')} width={380}>
      {keys.map(key => (
        <div className="row" key={key} style={{ padding: '4px 0' }}>
          <span style={{ width: 64 }}>
            <kbd>{key}</kbd>
          </span>
          {t(`keys.${key}`)}
        </div>
      ))}
    </Modal>
  )
}
