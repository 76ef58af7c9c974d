// The result of a preview by what one asks of it: resources, the trace of their elements, fields nobody reads, unknown codes, faults.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextView } from '../../code/lazy.tsx'
import { printJson } from '../../json/print.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/state.tsx'
import { Tag } from '../../ui/tags.tsx'
import { chineseName } from '../message/field-names.ts'
import type { Preview } from './use-preview.ts'

export const resultTabs = ['resources', 'trace', 'unmapped', 'gaps', 'faults'] as const

export function Result({ preview, tab }: { readonly preview: Preview; readonly tab: (typeof resultTabs)[number] }) {
  const { t } = useTranslation()
  const empty = {
    resources: 'mapping.noResources',
    trace: 'mapping.noResources',
    unmapped: 'mapping.noUnmapped',
    gaps: 'mapping.noGaps',
    faults: 'mapping.noFaults',
  } as const
  if (preview[tab].length === 0) return <Empty words={t(empty[tab])} />
  const views = { resources: Resources, trace: Trace, unmapped: Unmapped, gaps: Gaps, faults: Faults }
  const View = views[tab]
  return <View preview={preview} />
}

type View = { readonly preview: Preview }
type Titled = { readonly resourceType: string; readonly id?: string }

function Resources({ preview: { resources } }: View) {
  const { t } = useTranslation()
  const [at, setAt] = useState(0)
  const chosen = resources[at] ?? resources[0]!
  return (
    <div className="resources">
      <ul className="resource-list" aria-label={t('message.resources')}>
        {resources.map((resource, i) => (
          <li key={(resource as unknown as Titled).id ?? i}>
            <button
              type="button"
              className={resource === chosen ? 'chosen' : ''}
              aria-current={resource === chosen}
              onClick={() => setAt(i)}
            >
              <b>{(resource as unknown as Titled).resourceType}</b>
            </button>
          </li>
        ))}
      </ul>
      <div className="resource">
        <div className="resource-text">
          <TextView label={(chosen as unknown as Titled).resourceType} syntax="json" text={printJson(chosen)} />
        </div>
      </div>
    </div>
  )
}

function Trace({ preview: { trace, resources } }: View) {
  const { t, i18n } = useTranslation()
  const typeOf = (index: number) => (resources[index] as unknown as Titled | undefined)?.resourceType ?? ''
  const named = (source: string) => [source, i18n.language === 'en' ? undefined : chineseName(source)].filter(Boolean).join(' ')
  return (
    <DataTable
      fill
      label={t('mapping.tabs.trace')}
      rows={trace}
      rowKey={({ resource, path, rule }) => `${resource} ${path} ${rule}`}
      columns={[
        {
          key: 'element',
          title: t('mapping.element'),
          cell: entry => <span className="mono">{`${typeOf(entry.resource)}.${entry.path}`}</span>,
        },
        {
          key: 'from',
          title: t('mapping.from'),
          width: '34%',
          cell: ({ sources }) =>
            sources.length > 0 ? (
              <span className="mono">{sources.map(named).join('  ')}</span>
            ) : (
              <span className="faint">{t('mapping.constant')}</span>
            ),
        },
        { key: 'rule', title: t('mapping.rule'), width: '26%', cell: entry => <span className="mono faint">{entry.rule}</span> },
      ]}
    />
  )
}

function Unmapped({ preview: { unmapped } }: View) {
  const { i18n } = useTranslation()
  return (
    <ul className="preview-list">
      {unmapped.map(path => (
        <li key={path}>
          <b className="mono">{path}</b> <span className="faint">{i18n.language === 'en' ? '' : chineseName(path)}</span>
        </li>
      ))}
    </ul>
  )
}

function Gaps({ preview: { gaps } }: View) {
  return (
    <ul className="preview-list">
      {gaps.map(gap => (
        <li key={`${gap.map} ${gap.code}`}>
          <b className="mono">{gap.code}</b> {gap.display} <span className="mono faint">{gap.map}</span>
        </li>
      ))}
    </ul>
  )
}

function Faults({ preview: { faults } }: View) {
  return (
    <ul className="preview-list">
      {faults.map(fault => (
        <li key={`${fault.code} ${fault.at ?? ''}`}>
          <Tag tone="bad" sign="✕">
            {fault.code}
          </Tag>{' '}
          {fault.at && <b className="mono">{fault.at}</b>} {fault.text} <span className="faint">{fault.hint}</span>
        </li>
      ))}
    </ul>
  )
}
