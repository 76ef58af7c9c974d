// Work that goes on when its page is left: a button with a dot while it runs, its tasks below; it opens by itself when a new task begins.
import { Badge, Button, Popover } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'

export function TaskButton({
  label,
  newest,
  active,
  onSettled,
  children,
}: {
  readonly label: string
  /** Id of the newest task, `''` for none; undefined until the server has answered. */
  readonly newest: string | undefined
  readonly active: boolean
  /** The last running task has ended, or a new one was over before it was seen running. */
  readonly onSettled: () => void
  readonly children: ReactNode
}) {
  const [open, setOpen] = useState(false)
  const before = useRef({ newest, active })
  const settled = useRef(onSettled)
  settled.current = onSettled
  useEffect(() => {
    const { newest: known, active: wasActive } = before.current
    const isNew = known !== undefined && newest !== known
    before.current = { newest, active }
    if (isNew) setOpen(true)
    if (!active && (isNew || wasActive)) settled.current()
  }, [active, newest])
  if (!newest) return null
  return (
    <Popover open={open} onOpenChange={setOpen} trigger="click" placement="bottomRight" content={<div className="tasks">{children}</div>}>
      <Badge dot={active}>
        <Button>{label}</Button>
      </Badge>
    </Popover>
  )
}
