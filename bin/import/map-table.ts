// The table of concept maps in terminology/README.md, written from the seeds so that it is never behind them.
import { readFileSync, writeFileSync } from 'node:fs'
import { must } from '../../kernel/result.ts'
import { buildTerminology, readExceptions, readSeeds } from '../../terminology/load.ts'

const readme = new URL('../../terminology/README.md', import.meta.url)
const marks = ['<!-- maps: written by bin/import-terminology.ts -->', '<!-- end of maps -->'] as const

export function writeMapTable(): void {
  writeFileSync(readme, withMapTable(readFileSync(readme, 'utf8')))
}

/** The text with the table between the marks made anew. */
export function withMapTable(text: string): string {
  const [before, rest = ''] = text.split(marks[0])
  const after = rest.split(marks[1])[1] ?? '\n'
  return `${before}${marks[0]}\n\n${mapTable()}\n\n${marks[1]}${after}`
}

function mapTable(): string {
  const { maps, dictionary } = must(buildTerminology(readSeeds(), readExceptions()))
  const short = (url: string) => dictionary.system(url)?.seed.id ?? url
  const lines = maps.maps().map(map => {
    const { name, title, source, target, guide = '', status, beside } = map.seed
    const none = [...map.entries()].filter(entry => entry.target === undefined).length
    const codes = none === 0 ? `${map.size}` : `${map.size} (${none} without target)`
    return `| \`${name}\` | ${title.zh} | ${short(source)} | ${short(target)} | ${codes} | ${status}${beside ? ', beside' : ''} | ${guide} |`
  })
  return ['| name | what | from | to | codes | status | table of the guide |', '|---|---|---|---|---|---|---|', ...lines].join('\n')
}
