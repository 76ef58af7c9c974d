// From line and column to stretches of the text. Pure.
import type { Mark } from '../../code/marks.ts'
import type { Finding } from './use-validation.ts'

export type Place = { readonly from: number; readonly to: number }

/** Where each line begins, lines ended by LF, CR or both, as places are counted. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (const end of text.matchAll(/\r\n?|\n/g)) starts.push(end.index + end[0].length)
  return starts
}

/** Without a length the finding means what stands there up to the end of the line, but for a comma. */
export function placeOf(
  { line, column = 1, length }: Pick<Finding, 'line' | 'column' | 'length'>,
  text: string,
  starts: readonly number[],
): Place | undefined {
  const start = line === undefined ? undefined : starts[line - 1]
  if (start === undefined) return undefined
  const from = Math.min(start + column - 1, text.length)
  if (length !== undefined && length > 0) return { from, to: Math.min(text.length, from + length) }
  const rest = /^[^\r\n]*/
    .exec(text.slice(from))![0]
    .trimEnd()
    .replace(/(?<=.),$/, '')
  return { from, to: from + Math.max(1, rest.length) }
}

const classes = { fatal: 'mark-error', error: 'mark-error', warning: 'mark-warning', information: 'mark-information' } as const

export function marksOf(findings: readonly Finding[], text: string, chosen: Finding | undefined): readonly Mark[] {
  const starts = lineStarts(text)
  const mark = (finding: Finding, className: string): Mark[] => {
    const place = placeOf(finding, text, starts)
    return place ? [{ ...place, className, title: finding.text }] : []
  }
  return [...findings.flatMap(finding => mark(finding, classes[finding.severity])), ...(chosen ? mark(chosen, 'mark-picked') : [])]
}
