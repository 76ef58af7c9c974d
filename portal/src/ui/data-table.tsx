// The table of the portal: dense rows, a header that stays, j/k marking, selection, and long lists drawn only where they are seen.
import { type ReactNode, type UIEvent, useLayoutEffect, useRef, useState } from 'react'
import './data-table.css'

export type Column<T> = {
  readonly key: string
  readonly title: ReactNode
  /** Pixels, or a share of what is left (`30%`); the rest share the remainder. */
  readonly width?: number | string
  readonly align?: 'right' | 'center'
  readonly cell: (row: T, index: number) => ReactNode
}

export type Selection = {
  readonly keys: ReadonlySet<string>
  readonly change: (keys: ReadonlySet<string>) => void
  readonly label: string
}

export type DataTableProps<T> = {
  readonly label: string
  readonly columns: readonly Column<T>[]
  readonly rows: readonly T[]
  readonly rowKey: (row: T) => string
  readonly marked?: number
  readonly onOpen?: (row: T, index: number) => void
  readonly rowClass?: (row: T) => string
  readonly selection?: Selection
  /** Fills its container and draws only the rows in sight; every row is one line. */
  readonly fill?: boolean
  /** The last rows have come into sight: time for the next page. */
  readonly onEnd?: () => void
  readonly foot?: ReactNode
}

export const rowHeight = 30
/** Rows drawn beyond the edges, so that scrolling shows no holes. */
const overscan = 12

export function DataTable<T>(props: DataTableProps<T>) {
  const { label, columns, rows, fill = false, foot, onEnd, selection } = props
  const box = useRef<HTMLDivElement>(null)
  const [window, setWindow] = useState({ first: 0, last: fill ? 60 : rows.length })
  const look = () => {
    const element = box.current
    if (!fill || !element) return
    const first = Math.max(0, Math.floor(element.scrollTop / rowHeight) - overscan)
    const last = Math.ceil((element.scrollTop + element.clientHeight) / rowHeight) + overscan
    setWindow(before => (before.first === first && before.last === last ? before : { first, last }))
    if (onEnd && last >= rows.length) onEnd()
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is in sight changes with the rows; scrolling looks by itself
  useLayoutEffect(look, [rows.length, fill])
  const first = fill ? Math.min(window.first, rows.length) : 0
  const last = fill ? Math.min(window.last, rows.length) : rows.length
  return (
    <div className={fill ? 'table-box fill' : 'table-box'} ref={box} onScroll={fill ? (_event: UIEvent) => look() : undefined}>
      <table className={fill ? 'table one-line' : 'table'} aria-label={label} aria-rowcount={rows.length}>
        <colgroup>
          {selection && <col style={{ width: 34 }} />}
          {columns.map(({ key, width }) => (
            <col key={key} style={width === undefined ? undefined : { width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {selection && <SelectAll rows={rows} rowKey={props.rowKey} selection={selection} />}
            {columns.map(({ key, title, align }) => (
              <th key={key} className={align} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Space rows={first} />
          {rows.slice(first, last).map((row, i) => (
            <Row key={props.rowKey(row)} row={row} index={first + i} {...props} />
          ))}
          <Space rows={rows.length - last} />
        </tbody>
        {foot && <tfoot>{foot}</tfoot>}
      </table>
    </div>
  )
}

function Space({ rows }: { readonly rows: number }) {
  return rows > 0 ? <tr style={{ height: rows * rowHeight }} /> : null
}

function Row<T>({
  row,
  index,
  columns,
  rowKey,
  marked,
  onOpen,
  rowClass,
  selection,
}: DataTableProps<T> & { readonly row: T; readonly index: number }) {
  const key = rowKey(row)
  const names = [marked === index ? 'row-marked' : '', onOpen ? 'clickable' : '', rowClass?.(row) ?? ''].filter(Boolean).join(' ')
  return (
    <tr className={names || undefined} aria-rowindex={index + 1} onClick={onOpen && (event => isPlain(event.target) && onOpen(row, index))}>
      {selection && (
        <td className="center">
          <input
            type="checkbox"
            aria-label={`${selection.label} ${key}`}
            checked={selection.keys.has(key)}
            onChange={event => selection.change(toggled(selection.keys, key, event.target.checked))}
          />
        </td>
      )}
      {columns.map(({ key: column, align, cell }) => (
        <td key={column} className={align}>
          {cell(row, index)}
        </td>
      ))}
    </tr>
  )
}

/** A click on a link, button or field inside the row is its own; so is selecting text. */
function isPlain(target: EventTarget): boolean {
  return !(target as HTMLElement).closest('a,button,input,label') && getSelection()?.type !== 'Range'
}

function SelectAll<T>({
  rows,
  rowKey,
  selection,
}: {
  readonly rows: readonly T[]
  readonly rowKey: (row: T) => string
  readonly selection: Selection
}) {
  const all = rows.length > 0 && rows.every(row => selection.keys.has(rowKey(row)))
  return (
    <th className="center" scope="col">
      <input
        type="checkbox"
        aria-label={selection.label}
        checked={all}
        onChange={event => selection.change(new Set(event.target.checked ? rows.map(rowKey) : []))}
      />
    </th>
  )
}

function toggled(keys: ReadonlySet<string>, key: string, on: boolean): ReadonlySet<string> {
  const next = new Set(keys)
  on ? next.add(key) : next.delete(key)
  return next
}
