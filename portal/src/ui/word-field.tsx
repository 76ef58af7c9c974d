// A field for words that take effect on Enter or when it is left, so that a list is not asked for with every letter.
import { SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { useEffect, useState } from 'react'

export function WordField({
  label,
  value = '',
  onChange,
  width,
  search = false,
}: {
  readonly label: string
  readonly value?: string | undefined
  readonly onChange: (value: string | undefined) => void
  readonly width: number
  /** The field that `/` leads to. */
  readonly search?: boolean
}) {
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  const commit = () => typed.trim() !== value && onChange(typed.trim() || undefined)
  return (
    <span {...(search ? { 'data-search': '' } : {})} style={{ width }}>
      <Input
        allowClear
        prefix={search ? <SearchOutlined /> : undefined}
        placeholder={label}
        aria-label={label}
        value={typed}
        onChange={event => {
          setTyped(event.target.value)
          if (event.target.value === '') onChange(undefined)
        }}
        onPressEnter={commit}
        onBlur={commit}
      />
    </span>
  )
}
