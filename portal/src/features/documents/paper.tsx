// The document as it is read: header, sections, the narrative its author stands for; or the data elements under it.
import { useTranslation } from 'react-i18next'
import { Narrative } from './narrative.tsx'
import type { Bilingual, DocumentPage, PageFact, PageFlag, PageSection, PageTable } from './page-model.ts'

export function Paper({ page, view }: { readonly page: DocumentPage; readonly view: 'page' | 'elements' }) {
  const { i18n } = useTranslation()
  const say = (words: Bilingual) => (i18n.language === 'en' ? words.en : words.zh)
  const custodian = page.header.flatMap(group => group.facts).find(fact => fact.key === 'document.custodian')?.value
  return (
    <article className="paper" aria-label={page.title} lang="zh-CN">
      <header>
        {custodian && <div className="paper-house">{custodian}</div>}
        <h2>{page.title}</h2>
        <span className="mono faint paper-code">{page.code}</span>
      </header>
      <div className="paper-head">
        {page.header.map(group => (
          <section key={group.name.zh}>
            <h3>{say(group.name)}</h3>
            <dl>
              {group.facts.map(fact => (
                <div key={`${fact.key} ${fact.value}`} className={fact.value.length > 24 ? 'long' : undefined}>
                  <dt>{say(fact.name)}</dt>
                  <dd>{fact.value}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      {page.sections.map((section, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sections have no other name that is unique
        <Section key={i} section={section} view={view} />
      ))}
    </article>
  )
}

function Section({ section, view }: { readonly section: PageSection; readonly view: 'page' | 'elements' }) {
  const { t } = useTranslation()
  const isEmpty = view === 'page' ? section.narrative.length === 0 : section.facts.length + section.tables.length === 0
  return (
    <section className="paper-section">
      <h3>
        {section.title} <span className="mono faint">{section.code}</span>
      </h3>
      {isEmpty && <p className="faint">{t('documents.empty')}</p>}
      {view === 'page' && <Narrative nodes={section.narrative} />}
      {view === 'elements' && <Facts facts={section.facts} />}
      {view === 'elements' &&
        section.tables.map((table, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a table is its place
          <Table key={i} table={table} />
        ))}
    </section>
  )
}

function Facts({ facts }: { readonly facts: readonly PageFact[] }) {
  if (facts.length === 0) return null
  return (
    <ul className="paper-facts">
      {facts.map((fact, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a statement is its place
        <li key={i}>
          <span className="mono faint">{fact.code}</span> {fact.name}：<b>{fact.value ?? '—'}</b> <FlagOf flag={fact.flag} />{' '}
          <span className="faint">{[fact.range, fact.time].filter(Boolean).join(' · ')}</span>
          {fact.facts && <Facts facts={fact.facts} />}
        </li>
      ))}
    </ul>
  )
}

function Table({ table }: { readonly table: PageTable }) {
  return (
    <div className="narrative-table">
      <table>
        <thead>
          <tr>
            {table.columns.map(column => (
              <th key={`${column.code} ${column.name}`} scope="col">
                {column.name}
                {column.code && <small className="mono">{column.code}</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
            <tr key={i}>
              {row.map((cell, j) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
                <td key={j}>
                  {cell.text} <FlagOf flag={cell.flag} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function FlagOf({ flag }: { readonly flag: PageFlag | undefined }) {
  return flag && flag.code !== 'N' ? <b className="bad">{flag.text ?? flag.code}</b> : null
}
