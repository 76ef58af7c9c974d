// The field of the patient search: the list follows the typing; arrows choose and Enter opens without leaving the field.
import { SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** One question behind the typing. */
const pauseMs = 250

export function SearchField({
  value,
  onChange,
  onStep,
  onOpen,
}: {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onStep: (by: number) => void
  /** Enter when the words have already been asked for. */
  readonly onOpen: () => void
}) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    const timer = setTimeout(() => typed.trim() !== value && onChange(typed.trim()), pauseMs)
    return () => clearTimeout(timer)
  }, [typed, value, onChange])
  const onKeyDown = (event: KeyboardEvent) => {
    // Keys that choose a candidate of the input method are not ours.
    if (event.nativeEvent.isComposing) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      onStep(step)
    }
    if (event.key === 'Enter') typed.trim() === value ? onOpen() : onChange(typed.trim())
  }
  return (
    <div className="patient-search" data-search="">
      <Input
        size="large"
        allowClear
        autoFocus
        prefix={<SearchOutlined />}
        placeholder={t('patients.placeholder')}
        aria-label={t('patients.placeholder')}
        maxLength={64}
        value={typed}
        onChange={event => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
      />
    </div>
  )
}
