// Sixty minutes as sixty bars: a rate at a glance, the numbers on hover. Heights grow with the square root, so that a burst does not hide the rest.
import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'

/** Drawn in these units, stretched to the column. */
const height = 22
const width = 120

function tall(value: number, max: number): number {
  return Math.max(1.5, Math.sqrt(value / max) * (height - 3))
}

export function Sparkline({ values }: { readonly values: readonly number[] }) {
  const { t } = useTranslation()
  const max = Math.max(1, ...values)
  const step = width / Math.max(1, values.length)
  const total = values.reduce((sum, value) => sum + value, 0)
  const label = t('ui.perMinute', { total, max: Math.max(0, ...values), last: values.at(-2) ?? 0 })
  return (
    <Tooltip title={label}>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" className="sparkline" role="img" aria-label={label}>
        <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} className="sparkline-ground" />
        {values.map((value, i) =>
          value === 0 ? null : (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its minute
              key={i}
              x={i * step}
              width={Math.max(1, step - 0.8)}
              y={height - 1 - tall(value, max)}
              height={tall(value, max)}
            />
          ),
        )}
      </svg>
    </Tooltip>
  )
}
