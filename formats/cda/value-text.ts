// Values of a document as people read them.
import type { CdaBound, CdaCode, CdaRange, CdaTime, CdaValue } from './model.ts'
import { shownTime } from './time.ts'
import { isEmptyWord } from './tolerance.ts'

/** The words of a code where the document has none: by OID and code. */
export type DisplayOf = (system: string, code: string) => string | undefined

/** Undefined where the document says that it is not known, or puts an empty word. */
export function valueText(value: CdaValue | undefined, displayOf?: DisplayOf): string | undefined {
  if (!value) return undefined
  if (value.code) return codeText({ ...value.code, ...(value.nullFlavor && { nullFlavor: value.nullFlavor }) }, displayOf)
  if (value.low || value.high) return rangeText(value)
  return known(value.text) ?? numberText(value)
}

function numberText({ type, value, unit }: CdaValue): string | undefined {
  if (value === undefined || isEmptyWord(value)) return undefined
  if (type === 'TS') return shownTime(value)
  if (type === 'BL') return value === 'true' ? '是' : value === 'false' ? '否' : value
  return unit === undefined || unit === '1' ? value : `${value} ${unit}`
}

/** Display, else code; the words that were coded beside it where they are others. */
export function codeText(code: CdaCode | undefined, displayOf?: DisplayOf): string | undefined {
  if (!code) return undefined
  const named = known(code.display) ?? (code.system && code.code ? displayOf?.(code.system, code.code) : undefined) ?? known(code.code)
  const original = known(code.original)
  if (named === undefined || named === original) return original
  return original === undefined ? named : `${original}（${named}）`
}

export function rangeText({ text, low, high }: CdaRange): string | undefined {
  if (text !== undefined) return text
  if (low && high) return `${low.value}-${boundText(high)}`
  return low ? `≥${boundText(low)}` : high && `≤${boundText(high)}`
}

export function timeText(time: CdaTime | undefined): string | undefined {
  if (time?.value) return shownTime(time.value)
  if (!time?.low && !time?.high) return undefined
  return [time.low, time.high].map(end => (end ? shownTime(end) : '')).join(' ～ ')
}

function boundText({ value, unit }: CdaBound): string {
  return unit === undefined ? value : `${value} ${unit}`
}

function known(text: string | undefined): string | undefined {
  return text === undefined || isEmptyWord(text) ? undefined : text
}
